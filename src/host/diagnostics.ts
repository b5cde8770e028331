import * as vscode from "vscode";
import { type Analyses, isOwn } from "./analyses.ts";
import { toDiagnostic } from "./convert.ts";
import { isRead } from "./languages.ts";
import { setting } from "./settings.ts";

/** Long enough not to flicker under a word that is being typed, short enough to feel immediate. */
const delay = 300;

/** Old revisions in a diff or in history: what is wrong there can't be repaired. */
const historicSchemes: ReadonlySet<string> = new Set(["git", "gitlens", "gitfs", "pr", "review", "scm"]);

export function registerDiagnostics(analyses: Analyses): vscode.Disposable {
  return new Publisher(analyses);
}

class Publisher implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("activation-lens");
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly analyses: Analyses) {
    this.subscriptions = vscode.Disposable.from(
      analyses.onDidChange((documents) => this.scheduleAll(documents)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      analyses.onDidInvalidate(() => this.scheduleAll(vscode.workspace.textDocuments)),
    );
    this.scheduleAll(vscode.workspace.textDocuments);
  }

  private scheduleAll(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) this.schedule(document);
  }

  private schedule(document: vscode.TextDocument): void {
    if (!isRead(document) || historicSchemes.has(document.uri.scheme)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        this.publish(document);
      }, delay),
    );
  }

  private publish(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    if (!setting("diagnostics.enabled", document)) {
      this.collection.delete(document.uri);
      return;
    }
    const source = this.analyses.of(document);
    const own = source.analysis.findings.filter(({ span }) => isOwn(source, span.from));
    this.collection.set(
      document.uri,
      own.map((finding) => toDiagnostic(source, finding)),
    );
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    this.collection.delete(document.uri);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.subscriptions.dispose();
    this.collection.dispose();
  }
}
