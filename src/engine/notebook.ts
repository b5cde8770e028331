/** Notebooks: all code cells as one program, and back from the program to the cells. */
import type { Cell, NotebookProgram } from "./model.ts";

export { maskCell } from "./ipython.ts";
export { cellsOf } from "./notebookJson.ts";

/** All cells as one program; each starts on a line of its own, at `starts`. */
export function programOf(cells: readonly Cell[]): NotebookProgram {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of cells) {
    starts.push(length);
    length += text.length + 1;
  }
  return { text: cells.map(({ text }) => `${text}\n`).join(""), cells, starts };
}

/** The cell that an offset of the program lies in, and the offset in that cell's text. */
export function placeIn(
  program: NotebookProgram,
  offset: number,
): { readonly cell: Cell; readonly offset: number } | undefined {
  const at = program.starts.findLastIndex((start) => start <= offset);
  const cell = program.cells[at];
  return cell && { cell, offset: offset - (program.starts[at] ?? 0) };
}
