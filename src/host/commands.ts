import * as vscode from "vscode";
import { commands, internalCommands, isPlaceTarget } from "./commandIds.ts";
import { activeDocument, cellOf } from "./notebooks.ts";
import { toggle } from "./settings.ts";

export function registerCommands(log: vscode.LogOutputChannel): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.toggleCodeLens, toggleCodeLens),
    register(commands.showOutput, () => log.show(true)),
    register(internalCommands.showDetails, showDetails),
  );
}

async function toggleCodeLens(): Promise<void> {
  try {
    const on = await toggle("codeLens.enabled", activeDocument());
    vscode.window.setStatusBarMessage(`Activation Lens: code lens ${on ? "on" : "off"}`, 5000);
  } catch (error) {
    void vscode.window.showWarningMessage(
      `The setting could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A lens has no place for a plot: its text leads to the hover, which has. */
async function showDetails(target: unknown): Promise<void> {
  if (!isPlaceTarget(target)) return;
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === target.uri,
  );
  if (!editor) return;
  const position = editor.document.positionAt(target.offset);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  // A click into a cell makes the notebook move the focus in its own time, and that would close the hover at once.
  if (cellOf(editor.document)) await new Promise((resolve) => setTimeout(resolve, 200));
  await vscode.commands.executeCommand("editor.action.showHover");
}
