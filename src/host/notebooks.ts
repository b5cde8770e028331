/** Open notebooks: their Python cells are one program, and each cell is a document of its own. */
import * as vscode from "vscode";
import { type Cell, programOf } from "../engine/index.ts";

/** A cell's document and where its text starts in the program. */
export interface Part {
  readonly document: vscode.TextDocument;
  readonly start: number;
  /** 0-based, over all cells. */
  readonly index: number;
}

export interface OpenProgram {
  readonly cells: readonly Cell[];
  readonly parts: readonly Part[];
  readonly length: number;
}

/** The cell whose document this is. */
export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  // Most documents: no notebook is open, or one of another name.
  return vscode.workspace.notebookDocuments
    .filter(({ uri }) => uri.path === document.uri.path)
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}

/** The notebook that a document is a Python cell of. */
export const notebookOf = (document: vscode.TextDocument): vscode.NotebookDocument | undefined =>
  document.languageId === "python" ? cellOf(document)?.notebook : undefined;

export const pythonCells = (notebook: vscode.NotebookDocument): readonly vscode.NotebookCell[] =>
  notebook
    .getCells()
    .filter(
      ({ kind, document }) => kind === vscode.NotebookCellKind.Code && document.languageId === "python",
    );

/** What is analysed together: all Python cells of a notebook, or a document alone. */
export function withOtherCells(document: vscode.TextDocument): readonly vscode.TextDocument[] {
  const notebook = notebookOf(document);
  return notebook ? pythonCells(notebook).map((cell) => cell.document) : [document];
}

/** The same for the same cells in the same order and versions. */
export const stampOf = (cells: readonly vscode.NotebookCell[]): string =>
  cells.map(({ index, document }) => `${index}:${document.uri.fragment}@${document.version}`).join();

export function openProgram(open: readonly vscode.NotebookCell[]): OpenProgram {
  const cells = open.map(({ index, document }) => ({ index, text: document.getText() }));
  const { starts, text } = programOf(cells);
  const parts = open.map(({ document, index }, at) => ({ document, start: starts[at] ?? 0, index }));
  return { cells, parts, length: text.length };
}

/** The document that the user works in; in a notebook the cell, or the first one if none has the cursor. */
export function activeDocument(): vscode.TextDocument | undefined {
  const { activeTextEditor, activeNotebookEditor } = vscode.window;
  if (activeTextEditor) return activeTextEditor.document;
  return activeNotebookEditor && pythonCells(activeNotebookEditor.notebook)[0]?.document;
}
