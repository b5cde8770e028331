/**
 * What a cell has beyond Python (magics, shell lines, help, odd spaces) made harmless at the same length, so that every
 * offset of the rest stays true. A line is only taken for a magic where a statement may begin: `%` and `!` inside
 * brackets and strings are Python's.
 */

/** Cell magics whose text is no Python of this program: other languages, files, other processes. */
const FOREIGN = new Set(
  (
    "! bash sh zsh fish cmd powershell pwsh script system sx perl ruby pypy python python2 python3 " +
    "html javascript js latex markdown md svg css mermaid writefile writetemplate file bigquery sql kql r rust " +
    "julia octave matlab cython cpp cuda cu fortran scala spark sparksql conda pip"
  ).split(" "),
);

const CELL_MAGIC = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*%%([\w!]*)/;

/** Line magics that run the statement behind them, with their options. */
const RUNS_CODE = /^%(?:time|timeit|prun|memit)(?:[ \t]+-(?:[nrpltsDT][ \t]*\S+|\w+))*[ \t]+(?![!%?])(?=\S)/;

/** No Python statement begins with one of these; `foo?` asks for help. */
const IPYTHON_LINE = /^(?:[%!?,;/]|[^'"#\n]*\?[ \t\r]*$)/;

/** `files = !ls`, `result = %timeit -o f()`. */
const IPYTHON_VALUE = /^(?:[^=#'"([\n]|\[[^\]\n]*\])*=[ \t]*(?=[!%])/;

const ODD_SPACES = /[\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u0085]/g;

const BLANK = /[\s\u200b-\u200d\u2060]*/y;
const PLAIN = /[^\n#'"()[\]{}\\]+/y;
const ANY = /\\\r?\n|[\s\S]/y;
const QUOTES = /"""|'''|"|'/y;

/** The text of a cell as Python, of the same length and with the same lines. */
export function maskCell(text: string): string {
  const [start, magic] = CELL_MAGIC.exec(text) ?? [];
  if (magic !== undefined && FOREIGN.has(magic.toLowerCase())) return text.replace(/[^\r\n]/g, " ");
  // Most cells: nothing of a kind that needs a look.
  if (start === undefined && !/[%!?]|[^\0-\u007f]/.test(text)) return text;
  return new Masker(text).run();
}

class Masker {
  private out = "";
  private at = 0;

  constructor(private readonly text: string) {}

  run(): string {
    while (this.at < this.text.length) {
      this.statementStart();
      this.logicalLine();
    }
    return this.out;
  }

  /** Where a line of IPython's own would begin. */
  private statementStart(): void {
    this.copy(BLANK);
    const end = this.endOfLine(this.at);
    const line = this.text.slice(this.at, end);
    const runs = RUNS_CODE.exec(line)?.[0];
    const before = IPYTHON_VALUE.exec(line)?.[0];
    if (runs !== undefined) this.fill(this.at + runs.length, ";");
    else if (IPYTHON_LINE.test(line)) this.fill(this.continued(end));
    else if (before !== undefined) {
      this.out += before.replace(ODD_SPACES, " ");
      this.at += before.length;
      this.fill(this.continued(end));
    }
  }

  /** Copies up to the next line that begins a statement. */
  private logicalLine(): void {
    let depth = 0;
    while (this.at < this.text.length) {
      this.copy(PLAIN);
      const character = this.text[this.at] ?? "";
      if (character === "\n" && depth === 0) return;
      if (character === "#") this.copyTo(this.endOfLine(this.at));
      else if (character === '"' || character === "'") this.string();
      else {
        if ("([{".includes(character)) depth++;
        else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
        // A backslash takes the line break behind it along.
        this.copy(ANY);
      }
    }
  }

  /** Text in quotes stays as it is. A string of one line that is not closed ends with its line. */
  private string(): void {
    QUOTES.lastIndex = this.at;
    const quote = QUOTES.exec(this.text)?.[0] ?? "";
    const inside = quote.length === 3 ? /[^\\]|\\[\s\S]/y : /[^\\\n]|\\[\s\S]/y;
    let end = this.at + quote.length;
    while (end < this.text.length && !this.text.startsWith(quote, end)) {
      inside.lastIndex = end;
      if (!inside.test(this.text)) break;
      end = inside.lastIndex;
    }
    this.copyTo(this.text.startsWith(quote, end) ? end + quote.length : end);
  }

  /** An empty string in the place of what goes up to `end`, so that a block that has only a magic has a statement. */
  private fill(end: number, last = ""): void {
    const masked = this.text.slice(this.at, end).replace(/[^\r\n]/g, " ");
    this.out += masked.length < 2 ? "0" : `''${masked.slice(2, masked.length - last.length)}${last}`;
    this.at = end;
  }

  private copy(what: RegExp): void {
    what.lastIndex = this.at;
    const found = what.exec(this.text)?.[0] ?? "";
    this.out += found.replace(ODD_SPACES, " ");
    this.at += found.length;
  }

  private copyTo(end: number): void {
    this.out += this.text.slice(this.at, end);
    this.at = end;
  }

  /** Behind the lines that a backslash at the end of each adds. */
  private continued(end: number): number {
    let last = end;
    while (/\\\r?$/.test(this.text.slice(Math.max(0, last - 2), last)) && last < this.text.length) {
      last = this.endOfLine(last + 1);
    }
    return last;
  }

  /** The offset of the line break, `\r` included in the line. */
  private endOfLine(from: number): number {
    const end = this.text.indexOf("\n", from);
    return end < 0 ? this.text.length : end;
  }
}
