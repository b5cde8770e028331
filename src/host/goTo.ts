import * as vscode from "vscode";
import type { PlaceTarget } from "./commandIds.ts";
import { cellOf } from "./notebooks.ts";

/** Puts the cursor on a place in the code, in the editor that shows it already if there is one. */
export async function goTo(
  document: vscode.TextDocument,
  offset: number,
  preserveFocus = false,
): Promise<void> {
  const position = document.positionAt(offset);
  const cell = cellOf(document);
  if (cell) return goToCell(cell, position, preserveFocus);
  const visible = editorOf(document);
  await vscode.window.showTextDocument(document, {
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(position, position),
    preserveFocus,
  });
}

const editorOf = (document: vscode.TextDocument) =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document);

/** A cell shown as a text document would open outside its notebook. */
async function goToCell(
  { notebook, index, document }: vscode.NotebookCell,
  position: vscode.Position,
  preserveFocus: boolean,
): Promise<void> {
  const visible = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const cells = new vscode.NotebookRange(index, index + 1);
  const editor = await vscode.window.showNotebookDocument(notebook, {
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    selections: [cells],
    preserveFocus,
  });
  editor.revealRange(cells, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  const inside = editorOf(document);
  if (inside) inside.selection = new vscode.Selection(position, position);
}

/** The document of a place; a notebook's file that is not open yet is opened as one. */
export async function openPlace({ uri, offset, cell }: PlaceTarget) {
  const parsed = vscode.Uri.parse(uri);
  if (cell === undefined) return { document: await vscode.workspace.openTextDocument(parsed), offset };
  const notebook = await vscode.workspace.openNotebookDocument(parsed);
  return { document: notebook.cellAt(cell).document, offset };
}
