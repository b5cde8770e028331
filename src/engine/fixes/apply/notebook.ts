/**
 * Edits of the program that a notebook's cells make -> edits of its JSON. Nothing but the strings of changed lines is
 * touched: indents, escapes and the list of lines stay as they are.
 */
import type { Cell, Edit, NotebookProgram, Span } from "../../model.ts";
import { programOf } from "../../notebook.ts";
import { type CellSource, sourcesOf } from "../../notebookJson.ts";
import { applyEdits } from "./edits.ts";

type Refused = { readonly reason: string };

/** The edits of each cell, in its own offsets; undefined where one goes over the border of a cell. */
function editsOfCells(
  { cells, starts }: NotebookProgram,
  edits: readonly Edit[],
): readonly (readonly Edit[])[] | undefined {
  const each: Edit[][] = cells.map(() => []);
  for (const { span, text } of edits) {
    const at = starts.findLastIndex((start) => start <= span.from);
    const start = starts[at] ?? 0;
    const length = cells[at]?.text.length ?? 0;
    // The line break behind a cell is the program's, not the cell's.
    const isWhole = span.to - start === length + 1 && (text === "" || text.endsWith("\n"));
    const to = isWhole ? length : span.to - start;
    if (to > length) return undefined;
    each[at]?.push({
      span: { from: span.from - start, to },
      text: isWhole ? text.replace(/\r?\n$/, "") : text,
    });
  }
  return each;
}

/** The program after edits that don't go over the borders of cells. */
export function editedProgram(program: NotebookProgram, edits: readonly Edit[]): NotebookProgram | undefined {
  const each = editsOfCells(program, edits);
  return (
    each &&
    programOf(
      program.cells.map(({ index, text }, at): Cell => ({ index, text: applyEdits(text, each[at] ?? []) })),
    )
  );
}

export function editsOfJson(
  json: string,
  program: NotebookProgram,
  edits: readonly Edit[],
): readonly Edit[] | Refused {
  const sources = sourcesOf(json);
  const each = editsOfCells(program, edits);
  if ("skipped" in sources || !each) return { reason: "its cells can't be told apart" };
  const isAscii = !/[^\0-\x7f]/.test(json);
  const made: Edit[] = [];
  for (const [at, own] of each.entries()) {
    const source = sources[at];
    if (own.length === 0) continue;
    const raw = source && rawPlaces(json, source);
    if (!source || !raw) return { reason: "the JSON of a cell is not written as it should be" };
    for (const edit of own) made.push(editOfJson(json, source, raw, edit, isAscii));
  }
  return made;
}

/** For each string the offset in the JSON of each character of its text, and of its end. */
type RawPlaces = readonly (readonly number[])[];

function rawPlaces(json: string, { strings, text }: CellSource): RawPlaces | undefined {
  const places = strings.map(({ from, to }) => placesInString(json, from + 1, to - 1));
  const length = places.reduce((sum, { length }) => sum + length - 1, 0);
  return strings.length > 0 && length === text.length ? places : undefined;
}

function placesInString(json: string, from: number, to: number): number[] {
  const places: number[] = [];
  for (let at = from; at < to; ) {
    places.push(at);
    const isEscape = json[at] === "\\";
    if (isEscape && /^u[0-9a-fA-F]{4}/.test(json.slice(at + 1, at + 6))) at += 6;
    else at += isEscape && /["\\/bfnrt]/.test(json[at + 1] ?? "") ? 2 : 1;
  }
  return [...places, to];
}

/**
 * The list has a string for each line: so a line that is written gets one of its own, and lines that become one share
 * a string.
 */
function editOfJson(
  json: string,
  { strings, text }: CellSource,
  raw: RawPlaces,
  { span, text: written }: Edit,
  isAscii: boolean,
): Edit {
  const from = placeOf(raw, span.from);
  const to = placeOf(raw, span.to);
  const isToTheEnd = span.to === text.length;
  const before = strings[from.string - 1];
  const last = strings.at(-1);
  // The last lines go whole, with the comma in front of them.
  if (written === "" && isToTheEnd && span.from < span.to && from.isStart && before && last)
    return { span: { from: before.to, to: last.to }, text: "" };
  const between = separator(json, strings);
  const encoded = written.split(/(?<=\n)/).map((line) => encode(line, isAscii));
  if (between === undefined) return { span: { from: from.at, to: to.at }, text: encoded.join("") };
  const isOpen = written.endsWith("\n") && !isToTheEnd;
  return { span: { from: from.at, to: to.at }, text: encoded.join(between) + (isOpen ? between : "") };
}

/** Where an offset of a cell's text is in the JSON. Between two strings: at the start of the second. */
function placeOf(raw: RawPlaces, offset: number): { at: number; string: number; isStart: boolean } {
  let rest = offset;
  for (const [string, places] of raw.entries()) {
    const length = places.length - 1;
    const isLast = string === raw.length - 1;
    if (rest < length || isLast)
      return { at: places[Math.min(rest, length)] ?? 0, string, isStart: rest === 0 };
    rest -= length;
  }
  return { at: 0, string: 0, isStart: true };
}

/** What ends a string of a list and begins the next one; undefined where the text is a single string. */
function separator(json: string, strings: readonly Span[]): string | undefined {
  const [first, second] = strings;
  if (!first) return undefined;
  if (second) return json.slice(first.to - 1, second.from + 1);
  const [before] = /\[\s*$/.exec(json.slice(0, first.from)) ?? [];
  return before === undefined ? undefined : `",${before.slice(1)}"`;
}

/** As Python's json writes it, which leaves nothing but ASCII in most notebooks. */
function encode(text: string, isAscii: boolean): string {
  const encoded = JSON.stringify(text).slice(1, -1);
  return isAscii
    ? encoded.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    : encoded;
}
