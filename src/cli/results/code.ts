/** The lines of code round a place. */
import type { LineStarts } from "../../engine/index.ts";
import type { CodeLine, Place } from "./records.ts";

/** Lines before and behind the place, and lines of the place itself: what is longer is known by its beginning. */
const CONTEXT = 2;
const LONGEST_PLACE = 4;
/** UTF-16 units of a line: more than a terminal shows; configurations may have all of their text in one. */
const LONGEST_LINE = 400;
const BEFORE = 150;

export function codeLines(text: string, starts: LineStarts, place: Place): readonly CodeLine[] {
  const last = Math.min(place.endLine, place.line + LONGEST_PLACE - 1);
  const end = last < place.endLine ? last : Math.min(last + CONTEXT, starts.length);
  const lines: CodeLine[] = [];
  for (let line = Math.max(1, place.line - CONTEXT); line <= end; line++) {
    const from = starts[line - 1] ?? 0;
    const whole = lineAt(text, from, starts[line] ?? text.length);
    const cut =
      whole.length <= LONGEST_LINE || line !== place.line ? 0 : Math.max(0, place.column - 1 - BEFORE);
    lines.push({ line, text: whole.slice(cut, cut + LONGEST_LINE), ...(cut > 0 && { cut }) });
  }
  return withoutBlankEnds(lines, place);
}

const lineAt = (text: string, from: number, to: number): string =>
  text.slice(from, to).replace(/[\r\n]+$/, "");

function withoutBlankEnds(lines: readonly CodeLine[], { line, endLine }: Place): readonly CodeLine[] {
  const isKept = (each: CodeLine): boolean =>
    each.text.trim() !== "" || (each.line >= line && each.line <= endLine);
  const first = lines.findIndex(isKept);
  const last = lines.findLastIndex(isKept);
  return lines.slice(Math.max(0, first), last + 1);
}
