/**
 * The code cells of a notebook's JSON. Outputs hold pictures of many megabytes, so they are stepped over by counting
 * brackets and strings; only the few values that matter are parsed, each by itself. Depth costs no call stack, and
 * what JSON forbids but files have is survived: comments, keys given twice, commas at the end, raw line breaks.
 */
import type { Cell, Span } from "./model.ts";

/** A cell with the strings of the JSON that its text is made of, quotes included: one, or one for each line. */
export interface CellSource extends Cell {
  readonly strings: readonly Span[];
}

type Skipped = { readonly skipped: string };

/** Languages of kernels whose cells are Python. */
const PYTHON = /^(?:i?python|sage)/i;

/** The code cells of nbformat 3 and 4, or why there are none. */
export function cellsOf(json: string): readonly Cell[] | Skipped {
  const cells = sourcesOf(json);
  return "skipped" in cells ? cells : cells.map(({ index, text }) => ({ index, text }));
}

/** The same cells, and where their texts stand. */
export function sourcesOf(json: string): readonly CellSource[] | Skipped {
  if (/^\s*$/.test(json.slice(0, 1000)) && json.trim() === "")
    return { skipped: "not a notebook: it is empty" };
  try {
    return read(new Scanner(json));
  } catch (error) {
    if (error instanceof Truncated) return { skipped: "not a whole notebook: its JSON ends too early" };
    if (error instanceof Malformed) return { skipped: "not a notebook: its JSON does not parse" };
    throw error;
  }
}

function read(scanner: Scanner): readonly CellSource[] | Skipped {
  let cells: CellSource[] | undefined;
  let language: string | undefined;
  scanner.members((key) => {
    // A key that is given twice counts as JSON.parse has it: the last one.
    if (key === "cells" && scanner.is("[")) cells = readCells(scanner, 0).cells;
    else if (key === "worksheets" && scanner.is("[")) cells = readWorksheets(scanner);
    else if (key === "metadata" && scanner.is("{")) language = readLanguage(scanner);
    else scanner.skip();
  });
  if (!cells) return { skipped: "not a notebook: it has no list of cells" };
  if (language !== undefined && !PYTHON.test(language)) {
    return { skipped: `a notebook in ${language.slice(0, 40)}, not in Python` };
  }
  return cells;
}

/** nbformat 3: a list of worksheets, each with cells; in practice one. */
function readWorksheets(scanner: Scanner): CellSource[] {
  const cells: CellSource[] = [];
  let count = 0;
  scanner.elements(() => {
    if (!scanner.is("{")) return scanner.skip();
    scanner.members((key) => {
      if (key !== "cells" || !scanner.is("[")) return scanner.skip();
      const sheet = readCells(scanner, count);
      cells.push(...sheet.cells);
      count = sheet.count;
    });
  });
  return cells;
}

function readCells(
  scanner: Scanner,
  before: number,
): { readonly cells: CellSource[]; readonly count: number } {
  const cells: CellSource[] = [];
  let count = before;
  scanner.elements(() => {
    const code = scanner.is("{") ? readCode(scanner) : scanner.skip();
    if (code) cells.push({ index: count, ...code });
    count++;
  });
  return { cells, count };
}

/** The text of a code cell; undefined for any other. */
function readCode(scanner: Scanner): Text | undefined {
  let type: string | undefined;
  let code: Text | undefined;
  let language: string | undefined;
  scanner.members((key) => {
    if (key === "cell_type") type = scanner.text()?.text;
    // `input` and `language` are nbformat 3's.
    else if (key === "source" || key === "input") code = scanner.text();
    else if (key === "language") language = scanner.text()?.text;
    else scanner.skip();
  });
  const isPython = language === undefined || PYTHON.test(language);
  return type === "code" && isPython ? code : undefined;
}

function readLanguage(scanner: Scanner): string | undefined {
  let kernel: string | undefined;
  let info: string | undefined;
  const member = (wanted: string): string | undefined => {
    let value: string | undefined;
    scanner.members((key) => {
      if (key === wanted) value = scanner.text()?.text;
      else scanner.skip();
    });
    return value;
  };
  scanner.members((key) => {
    if (key === "kernelspec" && scanner.is("{")) kernel = member("language");
    else if (key === "language_info" && scanner.is("{")) info = member("name");
    else scanner.skip();
  });
  return kernel || info || undefined;
}

type Text = Pick<CellSource, "text" | "strings">;

class Truncated extends Error {}
class Malformed extends Error {}

/** Goes once through the text. Each method begins at a value, and ends behind it. */
class Scanner {
  private at = 0;

  constructor(private readonly json: string) {}

  /** Whether the next value begins with this character. */
  is(start: string): boolean {
    this.blank();
    return this.json.startsWith(start, this.at);
  }

  /** `take` is called for each key, at its value, and has to go behind it. */
  members(take: (key: string) => void): void {
    this.expect("{");
    while (!this.ends("}")) {
      const key = this.string();
      this.expect(":");
      take(key);
    }
  }

  elements(take: () => void): void {
    this.expect("[");
    while (!this.ends("]")) take();
  }

  /** A string, or a list of strings, which are the lines of one text; undefined for anything else. */
  text(): Text | undefined {
    const strings: Span[] = [];
    const line = (): string => {
      const from = this.at;
      const text = this.string();
      strings.push({ from, to: this.at });
      return text;
    };
    if (this.is('"')) return { text: line(), strings };
    if (!this.is("[")) return this.skip();
    const lines: string[] = [];
    this.elements(() => {
      if (this.is('"')) lines.push(line());
      else this.skip();
    });
    return { text: lines.join(""), strings };
  }

  /** Steps over a value of any kind and depth. */
  skip(): undefined {
    this.blank();
    let depth = 0;
    do {
      if (depth > 0) this.toMark();
      const start = this.json[this.at];
      if (start === undefined) throw new Truncated();
      if (start === '"') this.at = this.endOfString();
      else if (start === "{" || start === "[") {
        depth++;
        this.at++;
      } else if (depth > 0) {
        depth--;
        this.at++;
      } else this.at = this.endOfWord();
    } while (depth > 0);
  }

  /** To the next bracket or string inside a value: numbers and commas are of no interest there. */
  private toMark(): void {
    for (;;) {
      mark.lastIndex = this.at;
      this.at = mark.exec(this.json)?.index ?? this.json.length;
      if (this.json[this.at] !== "/") return;
      const slash = this.at;
      this.blank();
      if (this.at === slash) this.at++;
    }
  }

  /** Whether an object or a list ends here; steps over the comma if not. */
  private ends(bracket: string): boolean {
    while (this.is(",")) this.at++;
    if (!this.is(bracket)) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.is(character)) throw this.at >= this.json.length ? new Truncated() : new Malformed();
    this.at++;
  }

  private string(): string {
    if (!this.is('"')) throw this.at >= this.json.length ? new Truncated() : new Malformed();
    const from = this.at;
    this.at = this.endOfString();
    const written = this.json.slice(from, this.at);
    try {
      return JSON.parse(written) as string;
    } catch {
      return repaired(written);
    }
  }

  private endOfString(): number {
    for (let end = this.at; ; ) {
      end = this.json.indexOf('"', end + 1);
      if (end < 0) throw new Truncated();
      let before = end - 1;
      while (this.json[before] === "\\") before--;
      if ((end - before) % 2 === 1) return end + 1;
    }
  }

  /** Behind a number, `true`, `false` or `null`. */
  private endOfWord(): number {
    word.lastIndex = this.at;
    if (!word.test(this.json)) throw new Malformed();
    return word.lastIndex;
  }

  private blank(): void {
    for (;;) {
      space.lastIndex = this.at;
      space.test(this.json);
      this.at = space.lastIndex;
      if (this.json.startsWith("//", this.at)) this.after("\n");
      else if (this.json.startsWith("/*", this.at)) this.after("*/");
      else return;
    }
  }

  private after(mark: string): void {
    const found = this.json.indexOf(mark, this.at + 2);
    this.at = found < 0 ? this.json.length : found + mark.length;
  }
}

const space = /[\s\ufeff]*/y;
const word = /[\w.+-]+/y;
const mark = /["[\]{}/]/g;

/** Raw line breaks and tabs stand for themselves; an escape that JSON does not know is left as it is. */
function repaired(written: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const plain = written.replace(/[\u0000-\u001f]/g, (control) => JSON.stringify(control).slice(1, -1));
  try {
    return JSON.parse(
      plain.replace(/\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})|(\\.)/g, (_, known) => known ?? "\\\\"),
    );
  } catch {
    throw new Malformed();
  }
}
