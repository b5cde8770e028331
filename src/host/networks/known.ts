import * as vscode from "vscode";
import type { Analyses, DocumentAnalysis } from "../analyses.ts";
import { isHistoric } from "../languages.ts";
import { notebookOf } from "../notebooks.ts";
import { itemsIn } from "../scan/record.ts";
import type { ScanResults } from "../scan/results.ts";
import { setting } from "../settings.ts";
import { type Item, itemsOf, type KnownFile } from "./nodes.ts";

interface Entry extends KnownFile {
  /** Of the open document that it was read from; null: it is not open. */
  readonly version: number | null;
}

/** Every file in which a network is known: those that are open, and those that a scan has read. */
export class KnownNetworks implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    analyses: Analyses,
    private readonly results: ScanResults,
  ) {
    const { workspace } = vscode;
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      results.onDidChange((keys) => this.takeResults(keys)),
      analyses.onDidAnalyse((source) => this.take(source)),
      analyses.onDidInvalidate(() => {
        // Asked once: of a scan there may be thousands of entries.
        const isOff = !setting("enabled");
        this.forgetIf(({ version }) => isOff || version !== null);
      }),
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
  private takeResults(keys: readonly string[]): void {
    let isOther = false;
    for (const key of keys) {
      const entry = this.entries.get(key);
      if (entry && entry.version !== null) continue;
      const file = this.results.get(key);
      isOther = this.entries.delete(key) || isOther;
      if (!file || file.networks === 0) continue;
      const { networks } = file;
      const items = () => itemsIn(file);
      this.entries.set(key, { ...this.named(vscode.Uri.parse(key)), networks, version: null, items });
      isOther = true;
    }
    if (isOther) this.changed.fire();
  }

  private take({ document, version, analysis, locate }: DocumentAnalysis): void {
    const uri = fileOf(document);
    const key = uri.toString();
    // All cells of a notebook tell the same.
    if (isHistoric(uri) || this.entries.get(key)?.version === version) return;
    const had = this.entries.delete(key);
    const networks = analysis.networks.length;
    if (networks > 0) {
      const items = once(() =>
        itemsOf(analysis, (offset) => {
          const place = locate(offset);
          return { uri: place.document.uri.toString(), offset: place.offset };
        }),
      );
      this.entries.set(key, { ...this.named(uri), networks, version, items });
    }
    if (had || networks > 0) this.changed.fire();
  }

  private named(uri: vscode.Uri): Pick<KnownFile, "uri" | "name" | "folder"> {
    const path = vscode.workspace.asRelativePath(uri);
    const cut = path.lastIndexOf("/");
    // A place outside of the workspace would be a long path from the root: the name has to do.
    const folder = isInWorkspace(uri) && cut > 0 ? path.slice(0, cut) : "";
    return { uri: uri.toString(), name: path.slice(cut + 1), folder };
  }

  /** A file of the workspace stays known: by the scan, or by what was shown of it. */
  private close(uri: vscode.Uri): void {
    const key = uri.toString();
    const entry = this.entries.get(key);
    if (this.results.get(key)) {
      this.entries.delete(key);
      this.takeResults([key]);
    } else if (!entry) return;
    else if (isInWorkspace(uri) && uri.scheme !== "untitled" && !/\.ipynb$/i.test(uri.path)) {
      // Without what it was made from.
      const items = entry.items();
      this.entries.set(key, { ...entry, version: null, items: () => items });
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

function once(make: () => readonly Item[]): () => readonly Item[] {
  let made: readonly Item[] | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The file that a document is, or is a cell of. */
export const fileOf = (document: vscode.TextDocument): vscode.Uri =>
  notebookOf(document)?.uri ?? document.uri;

const isInWorkspace = (uri: vscode.Uri): boolean => vscode.workspace.getWorkspaceFolder(uri) !== undefined;
