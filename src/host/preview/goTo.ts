import * as vscode from "vscode";
import { cellOf } from "../notebooks.ts";

/** Puts the cursor on a place in the code, in the editor that shows it already if there is one. */
export async function goTo(document: vscode.TextDocument, offset: number): Promise<void> {
  const position = document.positionAt(offset);
  const selection = new vscode.Range(position, position);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const cell = cellOf(document);
  if (cell) {
    // A cell shown as a text document would open outside its notebook.
    const cells = new vscode.NotebookRange(cell.index, cell.index + 1);
    const editor = await vscode.window.showNotebookDocument(cell.notebook, { selections: [cells] });
    editor.revealRange(cells, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
    if (visible) visible.selection = new vscode.Selection(position, position);
    return;
  }
  await vscode.window.showTextDocument(document, {
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    selection,
  });
}
