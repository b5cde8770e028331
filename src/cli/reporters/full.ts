/** The concise text with the code of each finding: its lines, and what of them is meant. */
import type { Command } from "../options.ts";
import type { CodeLine, FindingResult } from "../results/records.ts";
import { concise, type Style } from "./concise.ts";
import type { Reporter } from "./reporter.ts";
import { type Glyph, glyphsOf } from "./width.ts";

/** Columns of code that are shown, the rest of the line is cut off on both sides: beside the numbers a terminal has 80. */
const WIDTH = 72;
/** Of a line that is cut, so much stays in front of what is meant. */
const BEFORE = 20;

export const full = (command: Command, colour: boolean): Reporter => concise(command, colour, frame);

/** Empty where the code did not come with the finding. */
export function frame(finding: FindingResult, style: Style): string {
  const { code, line, endLine, severity } = finding;
  const last = code.at(-1);
  if (!last) return "";
  const margin = String(last.line).length;
  const bar = (label: string): string => style.faint(`  ${label.padStart(margin)} |`);
  const rows = code.flatMap((each) => {
    const shown = shownOf(each, rangeIn(finding, each));
    const row = `${bar(String(each.line))} ${shown.text}`.trimEnd();
    const isMeant = each.line >= line && each.line <= endLine && shown.marks > 0;
    return isMeant
      ? [row, `${bar("")} ${" ".repeat(shown.before)}${style.severity[severity]("^".repeat(shown.marks))}`]
      : [row];
  });
  if (last.line < endLine) rows.push(bar("..."));
  return [bar(""), ...rows, bar(""), ""].join("\n");
}

/** What of a line is meant, in UTF-16 units of its text; of a line in the middle all but its indent. */
function rangeIn(
  { line, column, endLine, endColumn }: FindingResult,
  each: CodeLine,
): readonly [number, number] {
  const { text, cut = 0 } = each;
  const from = each.line === line ? column - 1 - cut : text.length - text.trimStart().length;
  const to = each.line === endLine ? endColumn - 1 - cut : text.trimEnd().length;
  return [Math.max(0, from), Math.min(text.length, to)];
}

interface Shown {
  readonly text: string;
  /** Columns in front of the marks, and how many marks. */
  readonly before: number;
  readonly marks: number;
}

function shownOf({ text, cut = 0 }: CodeLine, [from, to]: readonly [number, number]): Shown {
  const glyphs = glyphsOf(text);
  const starts: number[] = [];
  let columns = 0;
  let units = 0;
  let before = 0;
  let marks = 0;
  for (const { width, units: own } of glyphs) {
    starts.push(columns);
    if (units + own <= from) before = columns + width;
    else if (units < to) marks += width;
    columns += width;
    units += own;
  }
  // An empty place still has one.
  if (from === to || marks === 0) marks = 1;
  const start = columns <= WIDTH ? 0 : Math.max(0, Math.min(before - BEFORE, columns - WIDTH));
  const isCutBefore = start > 0 || cut > 0;
  const isCutBehind = columns > start + WIDTH;
  const inside = glyphs.filter((_, at) => isInside(glyphs[at], starts[at] ?? 0, start));
  const first = starts.find((at, index) => isInside(glyphs[index], at, start)) ?? start;
  const left = isCutBefore ? "..." : "";
  return {
    text: left + inside.map((each) => each.text).join("") + (isCutBehind ? "..." : ""),
    before: left.length + before - first,
    marks: Math.max(1, Math.min(marks, first + WIDTH - before)),
  };
}

const isInside = (glyph: Glyph | undefined, at: number, start: number): boolean =>
  glyph !== undefined && at >= start && at + glyph.width <= start + WIDTH;
