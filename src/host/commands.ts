import * as vscode from "vscode";
import type { Analyses } from "./analyses.ts";
import { commands, internalCommands, isFixTarget, isPlaceTarget } from "./commandIds.ts";
import { toWorkspaceEdit } from "./convert.ts";
import { type Merged, mergeFixes, safeFixes } from "./edits.ts";
import { recommendedFix } from "./findings.ts";
import { toggle } from "./settings.ts";

export function registerCommands(analyses: Analyses, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.fixAllInFile, () => fixAllInFile(analyses)),
    register(commands.toggleCodeLens, toggleCodeLens),
    register(commands.showOutput, () => log.show(true)),
    register(internalCommands.applyFix, (target: unknown) => applyFix(analyses, target)),
    register(internalCommands.showDetails, showDetails),
  );
}

const say = (message: string): void => void vscode.window.showInformationMessage(message);
const warn = (message: string): void => void vscode.window.showWarningMessage(message);

async function fixAllInFile(analyses: Analyses): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return say("Open a Python file to fix its findings.");
  const { analysis, version } = analyses.of(document);
  const merged = mergeFixes(safeFixes(analysis.findings));
  if (merged.edits.length === 0) return say(nothingToFix(analysis.findings.length));
  await apply(document, version, merged);
}

const nothingToFix = (findings: number): string =>
  findings === 0
    ? "Nothing to fix: Activation Lens has no findings in this file."
    : "Nothing was changed: no finding here has a fix that is safe without a look at it. The light bulb at each shows its fixes.";

async function applyFix(analyses: Analyses, target: unknown): Promise<void> {
  if (!isFixTarget(target)) return;
  const document = openDocument(target.uri);
  if (!document) return warn("The file of this fix is no longer open.");
  if (document.version !== target.version) return warn(changed);
  const { analysis, version } = analyses.of(document);
  const fixes = target.offsets.flatMap((offset) => recommendedFix(analysis, offset) ?? []);
  if (fixes.length === 0) return say("There is no fix for this place.");
  // One fix of a network may serve several sites of a line.
  await apply(document, version, mergeFixes([...new Set(fixes)]));
}

const changed = "Nothing was changed: the file was edited after this fix was computed. Please try again.";

async function apply(document: vscode.TextDocument, version: number, merged: Merged): Promise<void> {
  const edit = toWorkspaceEdit(document, merged.edits);
  if (document.version !== version) return warn(changed);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return warn("Nothing was changed: the editor refused the edit. Is the file read-only?");
  }
  const titles = new Set(merged.applied.map(({ title }) => title));
  const done = titles.size === 1 ? [...titles].join() : `${merged.applied.length} fixes applied`;
  const notes = new Set(merged.applied.flatMap(({ note }) => note ?? []));
  if (merged.refused.length > 0) {
    say(`${done}. ${merged.refused.length} more touch the same code: run the command again for them.`);
  } else if (notes.size > 0) say(`${done}. ${[...notes].join(" ")}`);
  else vscode.window.setStatusBarMessage(`$(check) ${done}`, 5000);
}

async function toggleCodeLens(): Promise<void> {
  try {
    const on = await toggle("codeLens.enabled", vscode.window.activeTextEditor?.document);
    vscode.window.setStatusBarMessage(`Activation Lens: code lens ${on ? "on" : "off"}`, 5000);
  } catch (error) {
    warn(`The setting could not be written: ${error instanceof Error ? error.message : String(error)}`);
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
  await vscode.commands.executeCommand("editor.action.showHover");
}

const openDocument = (uri: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
