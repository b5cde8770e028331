/** What is wrong with a configuration is shown in its file, once, not in all the files that it holds for. */
import * as vscode from "vscode";
import type { Configs } from "./configs.ts";
import { diagnosticSource } from "./convert.ts";

export function registerConfigProblems(configs: Configs): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("activation-lens-configuration");
  const show = () => {
    collection.clear();
    for (const { uri, problems } of configs.broken)
      collection.set(
        uri,
        problems.map(({ line = 1, message }) => {
          // To the end of the line, wherever that is.
          const range = new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
          const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
          diagnostic.source = diagnosticSource;
          return diagnostic;
        }),
      );
  };
  show();
  return vscode.Disposable.from(configs.onDidChange(show), collection);
}
