/** Text format of protocol buffers (Caffe's `.prototxt`) -> Data. */
import { type Data, type DataMap, DEEPEST, type Entry, type Scalar } from "./data.ts";
import { DataScanner } from "./dataScanner.ts";

export function readPrototxt(text: string): DataMap {
  return { type: "map", from: 0, to: text.length, entries: new Reader(text).message(0), flow: true };
}

const SPACE = /(?:[\s,;\ufeff]+|#[^\n]*)*/y;
const WORD = /[^\s,;:#"'{}<>[\]]+/y;

class Reader extends DataScanner {
  constructor(text: string) {
    super(text, WORD);
  }

  /** Fields up to the closing bracket, which is left; at the top level, up to the end. */
  message(depth: number): Entry[] {
    const entries: Entry[] = [];
    for (let sign = this.peek(); sign !== ""; sign = this.peek()) {
      const key = this.word();
      if (key) entries.push(this.field(key, depth));
      else if ("}>".includes(sign) && depth > 0) break;
      else this.at++;
    }
    return entries;
  }

  private field(key: Scalar, depth: number): Entry {
    const line = this.at;
    let sign = this.peek();
    if (sign === ":") {
      this.at++;
      sign = this.peek();
    } else if (sign !== "{" && sign !== "<") {
      // A name that is still being typed.
      this.at = line;
      return { key };
    }
    const value = this.value(sign, depth);
    return { key, ...(value ? { value } : {}) };
  }

  private value(sign: string, depth: number): Data | undefined {
    if (sign === '"' || sign === "'") return this.string(sign);
    if (sign === "{" || sign === "<") return this.block(depth + 1);
    if (sign === "[") return this.list(depth + 1);
    return this.word();
  }

  private block(depth: number): DataMap {
    const from = this.at++;
    const entries = depth > DEEPEST ? this.unread() : this.message(depth);
    if ("}>".includes(this.peek())) this.at = Math.min(this.at + 1, this.text.length);
    return { type: "map", from, to: this.at, entries, flow: true };
  }

  private list(depth: number): Data {
    const from = this.at++;
    const items: Data[] = [];
    for (let sign = this.peek(); sign !== "" && !"]}>".includes(sign); sign = this.peek()) {
      const item = depth > DEEPEST ? undefined : this.value(sign, depth);
      if (item) items.push(item);
      else this.at++;
    }
    if (this.peek() === "]") this.at++;
    return { type: "list", from, to: this.at, items, flow: true };
  }

  /** What is nested too deep: stepped over without a call for each bracket. */
  private unread(): Entry[] {
    let open = 1;
    for (let sign = this.peek(); sign !== ""; sign = this.peek()) {
      if ("{<".includes(sign)) open++;
      if ("}>".includes(sign) && --open === 0) break;
      if (sign === '"' || sign === "'") this.string(sign);
      else this.at++;
    }
    return [];
  }

  /** The next sign behind space, separators and comments; empty at the end. */
  private peek(): string {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
    return this.text[this.at] ?? "";
  }
}
