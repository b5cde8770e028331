/** A file after edits. */
import type { Edit, NotebookProgram, SourceFile } from "../model.ts";
import { placeIn } from "../notebook.ts";
import { applyEdits, inOrder, overlap } from "./apply/edits.ts";

/** Undefined where edits overlap, or reach over the end of a notebook's cell. */
export function applied(
  file: SourceFile,
  edits: readonly Edit[],
  notebook: NotebookProgram | undefined,
): SourceFile | undefined {
  if (!notebook) {
    const text = edited(file.text, edits);
    return text === undefined ? undefined : { ...file, text };
  }
  const places = edits.map((edit) => ({ edit, place: placeIn(notebook, edit.span.from) }));
  const cells = notebook.cells.map((cell) => {
    const own = places.flatMap(({ edit: { span, text }, place }) => {
      if (place?.cell !== cell) return [];
      return [{ span: { from: place.offset, to: place.offset + span.to - span.from }, text }];
    });
    if (own.some(({ span }) => span.to > cell.text.length)) return undefined;
    const text = edited(cell.text, own);
    return text === undefined ? undefined : { ...cell, text };
  });
  return cells.includes(undefined)
    ? undefined
    : { ...file, language: "notebook", cells: cells.filter((cell) => cell !== undefined) };
}

function edited(text: string, edits: readonly Edit[]): string | undefined {
  const ordered = inOrder(edits);
  return overlap(ordered) ? undefined : applyEdits(text, ordered);
}
