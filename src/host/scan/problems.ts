import * as vscode from "vscode";
import { diagnosticOf } from "../convert.ts";
import type { Lines, Problem } from "./record.ts";
import type { ScanResults } from "./results.ts";

const mostAtOnce = 1000;

/** Shows the findings of files that are not open: those that are have analyses of their own. */
export class ScannedProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("activation-lens-workspace");
  /** The addresses of files that are shown as they stand in the editor. */
  private readonly open = new Set<string>();
  private readonly subscriptions: vscode.Disposable;

  /** @param onDidPublish tells of open files, when what is known of them is shown */
  constructor(
    private readonly results: ScanResults,
    onDidPublish: vscode.Event<vscode.Uri>,
  ) {
    const { workspace } = vscode;
    const close = ({ uri }: { readonly uri: vscode.Uri }) => {
      if (this.open.delete(uri.toString())) this.show([uri.toString()]);
    };
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      results.onDidChange((keys) => this.show(keys)),
      // At that very moment, so that no problem is there twice, and none is gone and comes again.
      onDidPublish((uri) => {
        this.open.add(uri.toString());
        this.collection.delete(uri);
      }),
      workspace.onDidCloseTextDocument(close),
      workspace.onDidCloseNotebookDocument(close),
    );
  }

  private show(keys: readonly string[]): void {
    const entries: [vscode.Uri, vscode.Diagnostic[] | undefined][] = [];
    for (const key of keys) {
      if (this.open.has(key)) continue;
      const uri = vscode.Uri.parse(key);
      const problems = this.results.get(key)?.problems ?? [];
      if (problems.length > 0) entries.push([uri, problems.map((problem) => toDiagnostic(uri, problem))]);
      else if (this.collection.has(uri)) entries.push([uri, undefined]);
    }
    // What is set at once is told the editor at once, but of more than a thousand it takes the first.
    const count = entries.reduce((sum, [, problems]) => sum + (problems?.length ?? 0), 0);
    if (count < mostAtOnce) this.collection.set(entries);
    else for (const [uri, problems] of entries) this.collection.set(uri, problems);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}

const rangeOf = (lines: Lines): vscode.Range => new vscode.Range(...lines);

function toDiagnostic(uri: vscode.Uri, problem: Problem): vscode.Diagnostic {
  const related = problem.related.map(
    ({ lines, text }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, rangeOf(lines)), text),
  );
  return diagnosticOf(problem, rangeOf(problem.lines), related);
}
