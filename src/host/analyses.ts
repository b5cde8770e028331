import * as vscode from "vscode";
import { type Analysis, analyze } from "../engine/index.ts";
import { withRuleSettings } from "./findings.ts";
import { onDidChangeSettings, setting } from "./settings.ts";

/** An analysis and the version of the document that it is true for. */
export interface DocumentAnalysis {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly analysis: Analysis;
}

/** Documents that the extension reads. Without a scheme: notebook cells and virtual files count too. */
export const selector: vscode.DocumentSelector = [{ language: "python" }];

export const isRead = (document: vscode.TextDocument): boolean =>
  vscode.languages.match(selector, document) > 0;

/** Keeps one analysis for each open document, made anew when its version has changed. */
export class Analyses implements vscode.Disposable {
  private readonly byUri = new Map<string, DocumentAnalysis>();
  private readonly analysed = new vscode.EventEmitter<DocumentAnalysis>();
  private readonly invalidated = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  readonly onDidAnalyse = this.analysed.event;
  /** All analyses are out of date at once: a setting has changed. */
  readonly onDidInvalidate = this.invalidated.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidCloseTextDocument((document) => this.byUri.delete(document.uri.toString())),
      onDidChangeSettings(() => {
        this.byUri.clear();
        this.invalidated.fire();
      }),
      this.analysed,
      this.invalidated,
    );
  }

  /** The analysis of the document as it is now; at once, and without exceptions. */
  of(document: vscode.TextDocument): DocumentAnalysis {
    const key = document.uri.toString();
    const known = this.byUri.get(key);
    if (known?.document === document && known.version === document.version) return known;
    const made = { document, version: document.version, analysis: this.make(document) };
    // A closed document tells nobody when to forget it, and its version counts from 1 again when it is reopened.
    if (!document.isClosed) this.byUri.set(key, made);
    this.analysed.fire(made);
    return made;
  }

  private make(document: vscode.TextDocument): Analysis {
    const path = document.uri.path;
    const empty: Analysis = { path, sites: [], networks: [], findings: [] };
    if (!setting("enabled", document) || !isRead(document)) return empty;
    try {
      const text = document.getText();
      const limit = setting("maximumFileSize", document);
      const analysis =
        text.length > limit * 1000
          ? { ...empty, skipped: `it is larger than ${limit} kB (activationLens.maximumFileSize)` }
          : analyze({ path, text, language: "python" });
      if (analysis.skipped !== undefined) this.log.info(`${path} was skipped: ${analysis.skipped}`);
      return withRuleSettings(analysis, setting("rules", document));
    } catch (error) {
      this.log.error(`${path} could not be analysed`, error instanceof Error ? error : String(error));
      return empty;
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.byUri.clear();
  }
}
