/**
 * Offsets to lines and columns. A line ends at `\n`, `\r\n` or a lone `\r`, as CPython's tokenizer and VS Code's
 * text model have it; a form feed, U+2028 or U+0085 ends none, whatever `String.split` habits suggest.
 */

/** Both count from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offsets at which the lines of a text begin; the first is 0. */
export type LineStarts = readonly number[];

const lineFeed = 10;
const carriageReturn = 13;

export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) {
      starts.push(at + 1);
    }
  }
  return starts;
}

/** The position of an offset: binary search, since one file is asked for many. Offsets below 0 count as 0. */
export function positionAt(starts: LineStarts, offset: number): Position {
  const target = Math.max(0, offset);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= target) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: target - (starts[low] ?? 0) + 1 };
}
