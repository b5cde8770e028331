import * as vscode from "vscode";
import { type Analysis, placeIn } from "../../engine/index.ts";
import type { Analyses, DocumentAnalysis } from "../analyses.ts";
import type { PlaceTarget } from "../commandIds.ts";
import { isHistoric } from "../languages.ts";
import { notebookOf } from "../notebooks.ts";
import { setting } from "../settings.ts";
import type { KnownFile } from "./nodes.ts";

interface Entry extends KnownFile {
  /** Of the open document that it was read from; null: read by a scan. */
  readonly version: number | null;
}

/** Every file in which a network is known: those that are open, and those that a scan has read. */
export class KnownNetworks implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(analyses: Analyses) {
    const { workspace } = vscode;
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      analyses.onDidAnalyse((source) => this.take(source)),
      analyses.onDidInvalidate(() => this.forgetIf(({ version }) => version !== null || !setting("enabled"))),
      workspace.onDidCloseTextDocument((document) => this.close(document.uri)),
      workspace.onDidCloseNotebookDocument((notebook) => this.close(notebook.uri)),
      workspace.onDidDeleteFiles(({ files }) => this.forgetBelow(files)),
      workspace.onDidRenameFiles(({ files }) => this.forgetBelow(files.map(({ oldUri }) => oldUri))),
      workspace.onDidChangeWorkspaceFolders(() =>
        this.forgetIf(({ uri }) => !isInWorkspace(vscode.Uri.parse(uri))),
      ),
    );
  }

  get files(): readonly KnownFile[] {
    return [...this.entries.values()];
  }

  has(uri: vscode.Uri): boolean {
    return this.entries.has(uri.toString());
  }

  /** What a scan has read; an open document knows better. */
  add(uri: vscode.Uri, analysis: Analysis): void {
    if (this.entries.get(uri.toString())?.version != null) return;
    const { notebook } = analysis;
    const key = uri.toString();
    this.set(uri, analysis, null, (offset) => {
      const place = notebook && placeIn(notebook, offset);
      return place ? { uri: key, offset: place.offset, cell: place.cell.index } : { uri: key, offset };
    });
  }

  private take({ document, version, analysis, locate }: DocumentAnalysis): void {
    const uri = fileOf(document);
    // All cells of a notebook tell the same.
    if (isHistoric(uri) || this.entries.get(uri.toString())?.version === version) return;
    this.set(uri, analysis, version, (offset) => {
      const place = locate(offset);
      return { uri: place.document.uri.toString(), offset: place.offset };
    });
  }

  private set(
    uri: vscode.Uri,
    analysis: Analysis,
    version: number | null,
    place: (offset: number) => PlaceTarget,
  ): void {
    const key = uri.toString();
    const had = this.entries.delete(key);
    if (analysis.networks.length > 0) {
      const path = vscode.workspace.asRelativePath(uri);
      const cut = path.lastIndexOf("/");
      // A place outside of the workspace would be a long path from the root: the name has to do.
      const folder = isInWorkspace(uri) && cut > 0 ? path.slice(0, cut) : "";
      this.entries.set(key, { uri: key, name: path.slice(cut + 1), folder, analysis, version, place });
    }
    if (had || analysis.networks.length > 0) this.changed.fire();
  }

  /** A file of the workspace stays known; its places are found again when it is opened. */
  private close(uri: vscode.Uri): void {
    const key = uri.toString();
    const entry = this.entries.get(key);
    if (!entry) return;
    if (isInWorkspace(uri) && uri.scheme !== "untitled" && !/\.ipynb$/i.test(uri.path)) {
      this.entries.set(key, { ...entry, version: null, place: (offset) => ({ uri: key, offset }) });
    } else this.forgetIf((other) => other === entry);
  }

  private forgetBelow(gone: readonly vscode.Uri[]): void {
    const keys = gone.map(String);
    this.forgetIf(({ uri }) => keys.some((key) => uri === key || uri.startsWith(`${key}/`)));
  }

  private forgetIf(isGone: (entry: Entry) => boolean): void {
    for (const [key, entry] of this.entries) if (isGone(entry)) this.entries.delete(key);
    this.changed.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.entries.clear();
  }
}

/** The file that a document is, or is a cell of. */
export const fileOf = (document: vscode.TextDocument): vscode.Uri =>
  notebookOf(document)?.uri ?? document.uri;

const isInWorkspace = (uri: vscode.Uri): boolean => vscode.workspace.getWorkspaceFolder(uri) !== undefined;
