/** The lines of a file, one after the other, with where they are: so that they can be read again instead of being kept. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

const CHUNK = 1024 * 1024;
const LINE_FEED = 10;

export interface Line {
  readonly text: string;
  /** Bytes of the file. */
  readonly from: number;
  readonly to: number;
}

export class LineFile {
  private handle: number | undefined;
  /** Of what can be read only once. */
  private whole: Buffer | undefined;

  constructor(readonly name: string) {
    this.handle = openSync(name, "r");
    const stats = fstatSync(this.handle);
    if (!stats.isFile()) this.whole = readFileSync(this.handle);
  }

  *lines(): Generator<Line> {
    let rest = Buffer.alloc(0);
    let start = 0;
    for (let at = 0; ; ) {
      const chunk = this.read(at, CHUNK);
      at += chunk.length;
      const buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let from = 0;
      for (let end = buffer.indexOf(LINE_FEED); end >= 0; end = buffer.indexOf(LINE_FEED, from)) {
        yield { text: buffer.toString("utf8", from, end), from: start + from, to: start + end };
        from = end + 1;
      }
      rest = Buffer.from(buffer.subarray(from));
      start += from;
      if (chunk.length === 0) break;
    }
    if (rest.length > 0) yield { text: rest.toString("utf8"), from: start, to: start + rest.length };
  }

  text(from = 0, to = Number.MAX_SAFE_INTEGER): string {
    if (to !== Number.MAX_SAFE_INTEGER) return this.read(from, to - from).toString("utf8");
    return (this.whole ?? readFileSync(this.name)).toString("utf8");
  }

  private read(from: number, length: number): Buffer {
    if (this.whole) return this.whole.subarray(from, from + length);
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.handle as number, buffer, filled, length - filled, from + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }

  close(): void {
    if (this.handle !== undefined) closeSync(this.handle);
    this.handle = undefined;
  }
}
