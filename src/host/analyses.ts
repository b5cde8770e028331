import * as vscode from "vscode";
import { type Analysis, analyze } from "../engine/index.ts";

/** An analysis and the version of the document that it is true for. */
export interface DocumentAnalysis {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly analysis: Analysis;
}

/** Documents that the extension reads. Without a scheme: notebook cells and virtual files count too. */
export const selector: vscode.DocumentSelector = [{ language: "python" }];

/** Keeps one analysis for each open document, made anew when its version has changed. */
export class Analyses implements vscode.Disposable {
  private readonly byUri = new Map<string, DocumentAnalysis>();
  private readonly changed = new vscode.EventEmitter<DocumentAnalysis>();
  readonly onDidAnalyse = this.changed.event;

  /** The analysis of the document as it is now. */
  of(document: vscode.TextDocument): DocumentAnalysis {
    const key = document.uri.toString();
    const known = this.byUri.get(key);
    if (known?.version === document.version) return known;
    const analysis = analyze({ path: document.uri.path, text: document.getText(), language: "python" });
    const made: DocumentAnalysis = { document, version: document.version, analysis };
    this.byUri.set(key, made);
    this.changed.fire(made);
    return made;
  }

  dispose(): void {
    this.changed.dispose();
    this.byUri.clear();
  }
}
