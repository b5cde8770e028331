/** Notebooks: .ipynb -> code cells -> one program, and back from the program to the cells. */
import type { Cell, NotebookProgram } from "./model.ts";

/** The code cells of a notebook's JSON (nbformat 3 and 4). Outputs are not looked at. */
export function cellsOf(json: string): readonly Cell[] | { readonly skipped: string } {
  let notebook: unknown;
  try {
    notebook = JSON.parse(json);
  } catch {
    return { skipped: "not a notebook: its JSON does not parse" };
  }
  const list = (notebook as { cells?: unknown } | null)?.cells;
  if (!Array.isArray(list)) return { skipped: "not a notebook: it has no list of cells" };
  return list.flatMap((cell: { cell_type?: unknown; source?: unknown } | null, index) => {
    if (cell?.cell_type !== "code") return [];
    const { source } = cell;
    const text = Array.isArray(source) ? source.join("") : source;
    return typeof text === "string" ? [{ index, text }] : [];
  });
}

/** All cells as one program; each starts on a line of its own, at `starts`. */
export function programOf(cells: readonly Cell[]): NotebookProgram {
  const starts: number[] = [];
  let text = "";
  for (const cell of cells) {
    starts.push(text.length);
    text += `${cell.text}\n`;
  }
  return { text, cells, starts };
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
