import * as vscode from "vscode";
import type { Analyses } from "./analyses.ts";
import { contextKeys } from "./commandIds.ts";
import { activeDocument } from "./notebooks.ts";

/** Keeps `activationLens.hasSites` true to the active editor: the title button only shows where it has a use. */
export function registerContextKeys(analyses: Analyses): vscode.Disposable {
  let shown: boolean | undefined;
  const update = () => {
    const document = activeDocument();
    const has = document !== undefined && analyses.of(document).analysis.sites.length > 0;
    if (has === shown) return;
    shown = has;
    void vscode.commands.executeCommand("setContext", contextKeys.hasSites, has);
  };
  // Not during activation, and not in the middle of a switch of editors.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 100);
  };
  later();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.window.onDidChangeActiveNotebookEditor(later),
    analyses.onDidAnalyse(later),
    analyses.onDidInvalidate(later),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
