/** Makes the edits of fixes in their document, and says what was done. */
import * as vscode from "vscode";
import type { Edit, Fix, RefusedFix } from "../engine/index.ts";
import type { DocumentAnalysis } from "./analyses.ts";
import { addEdits } from "./convert.ts";
import { doneWords } from "./fixing.ts";

export const say = (message: string): void => void vscode.window.showInformationMessage(message);
export const warn = (message: string): void => void vscode.window.showWarningMessage(message);

/** Edits in offsets of what was read as a whole, with the fixes that they make. */
interface Made {
  readonly edits: readonly Edit[];
  readonly fixes: readonly Fix[];
  readonly refused: readonly RefusedFix[];
}

/** At once after the analysis: nothing can have changed in between, and the editor holds the versions against its own. */
export async function applyMade(source: DocumentAnalysis, { edits, fixes, refused }: Made): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  addEdits(edit, source, edits);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return warn("Nothing was changed: the editor refused the edit. Is the file read-only?");
  }
  const done = doneWords(fixes, refused);
  const notes = new Set(fixes.flatMap(({ note }) => note ?? []));
  if (refused.length > 0) say(done);
  else if (notes.size > 0) say(`${done}. ${[...notes].join(" ")}`);
  else vscode.window.setStatusBarMessage(`$(check) ${done}`, 5000);
}
