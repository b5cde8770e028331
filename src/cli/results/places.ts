/** Offsets of an analysis -> lines, columns and code of the file; in a notebook, those of a cell. */
import {
  type FileLines,
  fileLines,
  type LineStarts,
  lineStarts,
  type NotebookProgram,
  placeIn,
  positionAt,
  type Span,
} from "../../engine/index.ts";
import { codeLines } from "./code.ts";
import type { CodeLine, Line, Place } from "./records.ts";

export interface Places {
  of(span: Span): Place;
  line(span: Span): Line;
  text(span: Span): string;
  /** In a notebook: the line of its file. */
  fileLine(span: Span): number | undefined;
  /** The lines round it. */
  code(span: Span): readonly CodeLine[];
}

/** @param text the file's; a notebook's JSON, or nothing where that is not at hand */
export function placesOf(text: string, notebook?: NotebookProgram): Places {
  return notebook ? inCells(text, notebook) : inText(text);
}

function inText(text: string): Places {
  const starts = lineStarts(text);
  return {
    of: (span) => place(starts, span),
    line: ({ from }) => ({ line: positionAt(starts, from).line }),
    text: ({ from, to }) => text.slice(from, to),
    fileLine: () => undefined,
    code: (span) => codeLines(text, starts, place(starts, span)),
  };
}

function inCells(json: string, program: NotebookProgram): Places {
  // Asked for findings only, which most notebooks have none of.
  let lines: FileLines | undefined;
  const starts = new Map<number, LineStarts>();
  const find = (offset: number) => {
    const found = placeIn(program, offset);
    const { index, text } = found?.cell ?? { index: 0, text: "" };
    const known = starts.get(index) ?? lineStarts(text);
    starts.set(index, known);
    return { index, text, starts: known, at: found?.offset ?? 0 };
  };
  const placeOf = ({ from, to }: Span): Place => {
    const { index, text, starts, at } = find(from);
    // What goes over several cells is shown to the end of the first.
    return { cell: index, ...place(starts, { from: at, to: Math.min(at + to - from, text.length) }) };
  };
  return {
    of: placeOf,
    line({ from }) {
      const { index, starts, at } = find(from);
      return { cell: index, line: positionAt(starts, at).line };
    },
    text: ({ from, to }) => program.text.slice(from, to),
    fileLine({ from }) {
      const { index, starts, at } = find(from);
      lines ??= fileLines(json);
      return lines(index, positionAt(starts, at).line);
    },
    code(span) {
      const { text, starts } = find(span.from);
      return codeLines(text, starts, placeOf(span));
    },
  };
}

function place(starts: LineStarts, span: Span): Place {
  const from = positionAt(starts, span.from);
  const to = positionAt(starts, span.to);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
