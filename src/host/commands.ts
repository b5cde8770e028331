import * as vscode from "vscode";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";
import { commands, internalCommands, isFixTarget, isPlaceTarget } from "./commandIds.ts";
import { toWorkspaceEdit } from "./convert.ts";
import { type Merged, mergeFixes, safeFixes } from "./edits.ts";
import { recommendedFix } from "./findings.ts";
import { activeDocument, cellOf } from "./notebooks.ts";
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
  const document = activeDocument();
  if (!document) return say("Open a file with a model to fix its findings.");
  const source = analyses.of(document);
  const { findings } = source.analysis;
  const merged = mergeFixes(safeFixes(findings));
  if (merged.edits.length === 0) return say(nothingToFix(findings.length));
  await apply(source, merged);
}

const nothingToFix = (findings: number): string =>
  findings === 0
    ? "Nothing to fix: Activation Lens has no findings in this file."
    : "Nothing was changed: no finding here has a fix that is safe without a look at it. The light bulb at each shows its fixes.";

async function applyFix(analyses: Analyses, target: unknown): Promise<void> {
  if (!isFixTarget(target)) return;
  const document = openDocument(target.uri);
  if (!document) return warn("The file of this fix is no longer open.");
  const source = analyses.of(document);
  // In a notebook another cell counts too: its code may be what the fix was about.
  if (source.version !== target.version) return warn(changed);
  const fixes = target.offsets.flatMap((offset) => recommendedFix(source.analysis, offset) ?? []);
  if (fixes.length === 0) return say("There is no fix for this place.");
  // One fix of a network may serve several sites of a line.
  await apply(source, mergeFixes([...new Set(fixes)]));
}

const changed = "Nothing was changed: the file was edited after this fix was computed. Please try again.";

/** At once after the analysis: nothing can have changed in between, and the editor holds the versions against its own. */
async function apply(source: DocumentAnalysis, merged: Merged): Promise<void> {
  if (!(await vscode.workspace.applyEdit(toWorkspaceEdit(source, merged.edits)))) {
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
    const on = await toggle("codeLens.enabled", activeDocument());
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
  // A click into a cell makes the notebook move the focus in its own time, and that would close the hover at once.
  if (cellOf(editor.document)) await new Promise((resolve) => setTimeout(resolve, 200));
  await vscode.commands.executeCommand("editor.action.showHover");
}

const openDocument = (uri: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
