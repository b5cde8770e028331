/**
 * JSON -> Data, and with it what people write where JSON is expected: comments, trailing commas, bare keys, single
 * quotes, files cut off in the middle. Jsonnet is read by the same reader as far as its JSON goes: expressions become
 * `Parts`. Own code, since @lezer/json knows none of these.
 */
import { type Data, type DataList, type DataMap, DEEPEST, type Entry, type Scalar } from "./data.ts";
import { DataScanner } from "./dataScanner.ts";

/** The values of a file: one in JSON; in Jsonnet also those of `local` definitions. */
export function readJson(text: string): Data | undefined {
  const reader = new Reader(text);
  const parts: Data[] = [];
  for (;;) {
    const value = reader.expression(0);
    if (value) parts.push(value);
    if (!reader.skipOne()) break;
  }
  return parts.length > 1 ? { type: "parts", from: 0, to: text.length, parts } : parts[0];
}

const SPACE = /(?:[\s\ufeff]+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$))*/y;
const BLANK = /[\s\ufeff]*/y;
/** Words, numbers, and what leads through an object: `std.extVar`. */
const WORD = /[-+]?[\w$][\w$.]*(?:(?<=[eE])[-+]\d+)?/y;

class Reader extends DataScanner {
  constructor(text: string) {
    super(text, WORD);
  }

  /** What stands up to the next comma, colon or closing bracket. */
  expression(depth: number): Data | undefined {
    const parts: Data[] = [];
    let isPlain = true;
    for (;;) {
      const sign = this.peek();
      if (sign === "" || ",:;]})".includes(sign)) break;
      if (sign === "{" || sign === "[" || sign === "(") parts.push(this.bracket(sign, depth + 1));
      else if (sign === '"' || sign === "'") parts.push(this.string(sign));
      else if (this.text.startsWith("|||", this.at)) this.textBlock();
      else {
        const word = this.word();
        if (word) parts.push(word);
        else {
          this.at++;
          isPlain = false;
        }
      }
    }
    const [first] = parts;
    const last = parts.at(-1);
    if (!first || !last) return undefined;
    return parts.length === 1 && isPlain ? first : { type: "parts", from: first.from, to: last.to, parts };
  }

  /** Steps over a sign that nothing expected; false at the end of the text. */
  skipOne(): boolean {
    if (this.peek() === "") return false;
    this.at++;
    return true;
  }

  private bracket(open: "{" | "[" | "(", depth: number): Data {
    if (depth > DEEPEST) return this.unread();
    return open === "{" ? this.map(depth) : this.list(open, depth);
  }

  private map(depth: number): DataMap {
    const from = this.at++;
    const entries: Entry[] = [];
    // Where a comma is missing, the next key was read as a part of the value.
    let stray: Data | undefined;
    for (;;) {
      const written: Data | undefined = stray ?? this.expression(depth);
      stray = undefined;
      const sign = this.peek();
      if (sign === ":") {
        while (this.peek() === ":") this.at++;
        let value = this.expression(depth);
        if (this.peek() === ":" && value?.type === "parts") {
          stray = value.parts.at(-1);
          value = value.parts[0];
        }
        entries.push({ key: keyFrom(written, this.at), ...(value ? { value } : {}) });
      } else if (written && written.type !== "scalar") entries.push({ key: NO_KEY, value: written });
      if (stray) continue;
      if (this.peek() === "," || this.peek() === ";" || this.peek() === ":") this.at++;
      else break;
    }
    return { type: "map", from, to: this.close("}"), entries, flow: true };
  }

  private list(open: "[" | "(", depth: number): DataList {
    const from = this.at++;
    const items: Data[] = [];
    for (;;) {
      const item = this.expression(depth);
      if (item) items.push(item);
      const sign = this.peek();
      if (sign === "," || sign === ":" || sign === ";") this.at++;
      else break;
    }
    return { type: "list", from, to: this.close(open === "[" ? "]" : ")"), items, flow: true };
  }

  /** A bracket of another kind closes what is around this one. */
  private close(sign: string): number {
    if (this.peek() === sign) this.at++;
    return this.at;
  }

  /** Jsonnet's `||| ... |||`. */
  private textBlock(): void {
    const end = this.text.indexOf("|||", this.at + 3);
    this.at = end < 0 ? this.text.length : end + 3;
  }

  /** What is nested too deep: stepped over bracket by bracket, without a call for each. */
  private unread(): Scalar {
    const from = this.at;
    let open = 0;
    do {
      const sign = this.peek();
      if (sign === "") break;
      if (sign === '"' || sign === "'") this.string(sign);
      else {
        if ("{[(".includes(sign)) open++;
        else if (")]}".includes(sign)) open--;
        this.at++;
      }
    } while (open > 0);
    return { type: "scalar", from, to: this.at, value: "", quoted: true };
  }

  /** The next sign behind space and comments; empty at the end. */
  private peek(): string {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    this.at = BLANK.lastIndex;
    const sign = this.text[this.at];
    if (sign !== "/" && sign !== "#") return sign ?? "";
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
    return this.text[this.at] ?? "";
  }
}

const NO_KEY: Scalar = { type: "scalar", from: 0, to: 0, value: "", quoted: false };

/** `"key"`, and Jsonnet's `key+`; a computed key has no name. */
function keyFrom(written: Data | undefined, at: number): Scalar {
  const only = written?.type === "parts" && written.parts.length === 1 ? written.parts[0] : written;
  return only?.type === "scalar" ? only : { ...NO_KEY, from: at, to: at };
}
