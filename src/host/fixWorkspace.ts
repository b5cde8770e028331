/** Fixes or rewrites in all files of the workspace: shown as VS Code's preview of changes, and made when that says so. */
import * as vscode from "vscode";
import { analyze, type SourceFile } from "../engine/index.ts";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";
import { say } from "./applyMade.ts";
import { commands } from "./commandIds.ts";
import { addEdits } from "./convert.ts";
import { fixed, hasWork, type Wanted } from "./fixing.ts";
import { loadFile } from "./loadFile.ts";
import { pythonCells } from "./notebooks.ts";
import { slice } from "./scan/slices.ts";
import { sources } from "./sources.ts";

export function registerWorkspaceFixes(analyses: Analyses, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.fixAllInWorkspace, () => inWorkspace(analyses, log, "findings")),
    register(commands.leakyReluInWorkspace, () => inWorkspace(analyses, log, "leaky-relu")),
  );
}

const titles: Readonly<Record<Wanted, string>> = {
  findings: "Fix all that is safe to fix",
  "leaky-relu": "Switch ReLU to Leaky ReLU",
};

/** What is to be changed in a file, and the state of the text that it is right for. */
export interface Planned {
  readonly source: DocumentAnalysis;
  readonly edit: ReturnType<typeof fixed>;
}

async function inWorkspace(analyses: Analyses, log: vscode.LogOutputChannel, wanted: Wanted): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) return say("Open a folder to change all of its files.");
  const planned = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: titles[wanted], cancellable: true },
    (progress, token) => plan(analyses, log, wanted, progress, token),
  );
  if (!planned) return;
  // Looking at many files takes a while: what was edited meanwhile is left out.
  const current = planned.filter(({ source }) => analyses.of(source.document).version === source.version);
  const left = planned.length - current.length;
  if (left > 0) say(`${left} ${left === 1 ? "file was" : "files were"} edited meanwhile and left out.`);
  if (current.length === 0) return say("Nothing to change in the files of this workspace.");
  await show(current, wanted);
}

/** Resolves when the user has accepted or discarded the changes. */
export async function show(planned: readonly Planned[], wanted: Wanted): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  askFor(edit, planned);
  const metadata = { label: titles[wanted], needsConfirmation: false };
  for (const { source, edit: made } of planned) addEdits(edit, source, made.edits, metadata);
  // A refactoring: files that were not open are saved, as the user has set that for refactorings.
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

/**
 * The editor shows its preview when an edit needs to be confirmed, but such edits are unticked there, and nobody ticks
 * a hundred files. So what has to be confirmed is an edit that changes nothing, and all others are ticked.
 */
function askFor(edit: vscode.WorkspaceEdit, [first]: readonly Planned[]): void {
  const label = "Untick what is to stay as it is, then apply";
  const start = new vscode.Position(0, 0);
  if (first)
    edit.replace(first.source.document.uri, new vscode.Range(start, start), "", {
      label,
      needsConfirmation: true,
    });
}

export async function plan(
  analyses: Analyses,
  log: vscode.LogOutputChannel,
  wanted: Wanted,
  progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>,
  token: vscode.CancellationToken,
): Promise<readonly Planned[] | undefined> {
  const files = await sources(token);
  const planned: Planned[] = [];
  let start = performance.now();
  let told = 0;
  for (const [done, uri] of files.entries()) {
    if (token.isCancellationRequested) return undefined;
    try {
      const source = await sourceOf(uri, analyses, wanted);
      const edit = source && fixed(source.whole, wanted, analyses.analyserFor(source.document));
      if (edit && edit.edits.length > 0) planned.push({ source, edit });
    } catch (error) {
      log.error(`${uri.path} could not be changed`, error instanceof Error ? error : String(error));
    }
    if (performance.now() - start < slice) continue;
    const message = `${done + 1} of ${files.length} files, ${planned.length} to change`;
    progress.report({ message, increment: (100 * (done + 1 - told)) / files.length });
    told = done + 1;
    await new Promise((resolve) => setTimeout(resolve, 0));
    start = performance.now();
  }
  // Also while the files were looked for: then there are none.
  return token.isCancellationRequested ? undefined : planned;
}

/** Only a file that has something to do is opened: the editor knows its encoding and its line ends. */
async function sourceOf(
  uri: vscode.Uri,
  analyses: Analyses,
  wanted: Wanted,
): Promise<DocumentAnalysis | undefined> {
  const loaded = await loadFile(uri, analyses);
  if (loaded === null) return undefined;
  if (typeof loaded === "string") {
    const file: SourceFile = { path: uri.path, text: loaded };
    const read = wanted === "findings" ? analyses.analyserFor(uri) : analyze;
    if (!hasWork({ analysis: read(file) }, wanted)) return undefined;
  }
  const document = await documentOf(uri);
  return document && analyses.of(document);
}

/** Of a notebook any cell: all of them are read together. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (!/\.ipynb$/i.test(uri.path)) return vscode.workspace.openTextDocument(uri);
  return pythonCells(await vscode.workspace.openNotebookDocument(uri))[0]?.document;
}
