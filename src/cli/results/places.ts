/** Offsets of an analysis -> lines and columns of the file; in a notebook, those of a cell. */

import type { Span } from "../../engine/index.ts";
import {
  type LineStarts,
  lineStarts,
  type NotebookProgram,
  placeIn,
  positionAt,
} from "../../engine/index.ts";
import type { Line, Place } from "./records.ts";

export interface Places {
  of(span: Span): Place;
  line(span: Span): Line;
}

export function placesOf(text: string, notebook?: NotebookProgram): Places {
  return notebook ? inCells(notebook) : inText(text);
}

function inText(text: string): Places {
  const starts = lineStarts(text);
  return {
    of: (span) => place(starts, span),
    line: ({ from }) => ({ line: positionAt(starts, from).line }),
  };
}

function inCells(program: NotebookProgram): Places {
  const starts = new Map<number, LineStarts>();
  const find = (offset: number) => {
    const found = placeIn(program, offset);
    const { index, text } = found?.cell ?? { index: 0, text: "" };
    const known = starts.get(index) ?? lineStarts(text);
    starts.set(index, known);
    return { index, starts: known, at: found?.offset ?? 0, length: text.length };
  };
  return {
    of({ from, to }) {
      const { index, starts, at, length } = find(from);
      // What goes over several cells is shown to the end of the first.
      return { cell: index, ...place(starts, { from: at, to: Math.min(at + to - from, length) }) };
    },
    line({ from }) {
      const { index, starts, at } = find(from);
      return { cell: index, line: positionAt(starts, at).line };
    },
  };
}

function place(starts: LineStarts, span: Span): Place {
  const from = positionAt(starts, span.from);
  const to = positionAt(starts, span.to);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
