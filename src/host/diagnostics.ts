import * as vscode from "vscode";
import type { Analyses } from "./analyses.ts";
import { toDiagnostic } from "./convert.ts";
import { isHistoric, isRead } from "./languages.ts";
import { notebookOf, withOtherCells } from "./notebooks.ts";
import { setting } from "./settings.ts";

/** Long enough not to flicker under a word that is being typed, short enough to feel immediate. */
const delay = 300;

/** Shows the findings of files that are open. */
export class Publisher implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("activation-lens");
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable;
  private readonly published = new vscode.EventEmitter<vscode.Uri>();
  /** The address of a file, also of a notebook, when what is known of it is shown. */
  readonly onDidPublish = this.published.event;

  constructor(private readonly analyses: Analyses) {
    this.subscriptions = vscode.Disposable.from(
      analyses.onDidChange((documents) => this.schedule(documents)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
      analyses.onDidInvalidate(() => this.scheduleAll()),
    );
    this.scheduleAll();
  }

  private scheduleAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isRead(document)) this.schedule(withOtherCells(document));
    }
  }

  /** @param documents one, or all cells of a notebook: they are analysed together, so they are reported together */
  private schedule(documents: readonly vscode.TextDocument[]): void {
    const uri = documents[0]?.uri;
    if (!uri || isHistoric(uri)) return;
    // What differs between the cells of a notebook is the fragment.
    const key = (documents.length > 1 ? uri.with({ fragment: "" }) : uri).toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        this.publish(documents.filter(({ isClosed }) => !isClosed));
      }, delay),
    );
  }

  private publish(documents: readonly vscode.TextDocument[]): void {
    const [first] = documents;
    if (!first) return;
    const wanted = documents.filter((document) => setting("diagnostics.enabled", document));
    const found = new Map(wanted.map((document): [unknown, vscode.Diagnostic[]] => [document, []]));
    if (wanted.length > 0) {
      const source = this.analyses.of(first);
      for (const finding of source.analysis.findings) {
        const { document } = source.locate(finding.span.from);
        found.get(document)?.push(toDiagnostic(source, finding));
      }
    }
    for (const document of documents) this.collection.set(document.uri, found.get(document));
    this.published.fire(notebookOf(first)?.uri ?? first.uri);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.subscriptions.dispose();
    this.published.dispose();
    this.collection.dispose();
  }
}
