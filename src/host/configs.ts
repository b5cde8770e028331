/** The configuration of each document, the same one as on the command line. */
import * as vscode from "vscode";
import { type Config, configNames, type FileProblem } from "../settings/index.ts";
import { isHistoric } from "./languages.ts";
import { notebookOf } from "./notebooks.ts";
import { Places, parentOf } from "./places.ts";
import { usable } from "./ruleOptions.ts";

/** A configuration file that is broken, and what is wrong in it. */
export interface BrokenFile {
  readonly uri: vscode.Uri;
  readonly problems: readonly FileProblem[];
}

/** Of a folder, what was read last; undefined: it is still being read. */
interface Known {
  readonly folder: vscode.Uri;
  config: Config | undefined;
  /** Somebody was told that nothing holds, before it was read. */
  isAwaited: boolean;
}

/** In ms. */
const delay = 100;

export class Configs implements vscode.Disposable {
  private places = new Places({ gitignore: false });
  private readonly known = new Map<string, Known>();
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  /** Something else may hold for any document. */
  readonly onDidChange = this.changed.event;
  private readonly refreshed = new vscode.EventEmitter<void>();
  /** A configuration file was changed, made or deleted: something else may hold for any file. */
  readonly onDidRefresh = this.refreshed.event;

  constructor() {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(`**/{${configNames.join()}}`);
    // Of a change of branches many files come at once.
    const again = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.refresh(), delay);
    };
    const look = ({ uri }: vscode.TextDocument) => {
      if (configNames.some((name) => uri.path.endsWith(`/${name}`))) void this.load(uri);
    };
    this.subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      // One that is extended may have any name, and lie outside of the workspace.
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.places.files.has(uri.toString())) again();
      }),
      // What is wrong in it is shown while it is written, whether or not a file that it holds for is open.
      workspace.onDidOpenTextDocument(look),
      this.changed,
      this.refreshed,
    );
    workspace.textDocuments.forEach(look);
  }

  /**
   * What holds for a document as far as it was read; undefined: nothing does, or it is broken. The first question in
   * a folder has it read, and when that finds something, it is told.
   */
  of(document: vscode.TextDocument | vscode.Uri): Config | undefined {
    const folder = folderOfDocument(document);
    if (!folder) return undefined;
    const known = this.knownOf(folder);
    if (known.config) return usable(known.config);
    if (!known.isAwaited) {
      known.isAwaited = true;
      void this.read(known);
    }
    return undefined;
  }

  /** For whoever can wait: afterwards `of` knows. */
  async load(document: vscode.TextDocument | vscode.Uri): Promise<void> {
    const folder = folderOfDocument(document);
    if (folder && !this.knownOf(folder).config) await this.read(this.knownOf(folder));
  }

  private knownOf(folder: vscode.Uri): Known {
    const key = folder.toString();
    const known = this.known.get(key) ?? { folder, config: undefined, isAwaited: false };
    this.known.set(key, known);
    return known;
  }

  /** All broken files that hold somewhere. */
  get broken(): readonly BrokenFile[] {
    const files = new Map<string, BrokenFile>();
    for (const { folder, config } of this.known.values())
      for (const problem of config?.problems ?? []) {
        const uri = folder.with({ path: problem.file });
        const all = config?.problems.filter(({ file }) => file === problem.file) ?? [];
        files.set(uri.toString(), { uri, problems: all });
      }
    return [...files.values()];
  }

  private async read(known: Known): Promise<void> {
    const { generation } = this;
    const { config } = await this.places.of(known.folder);
    // Else it is read anew already, or was read for somebody else.
    if (generation !== this.generation || known.config) return;
    known.config = config;
    if (config.problems.length > 0 || (known.isAwaited && config.file !== undefined)) this.changed.fire();
  }

  /** Until all is read again, what was read before holds: so nothing flickers. */
  private async refresh(): Promise<void> {
    const generation = ++this.generation;
    this.places = new Places({ gitignore: false });
    const { places } = this;
    const all = [...this.known.values()];
    const read = await Promise.all(all.map(async (known) => (await places.of(known.folder)).config));
    if (generation !== this.generation) return;
    for (const [at, known] of all.entries()) known.config = read[at];
    this.changed.fire();
    this.refreshed.fire();
  }

  dispose(): void {
    this.generation++;
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }
}

/** undefined: it lies in no folder, or is not what is there now. */
function folderOfDocument(document: vscode.TextDocument | vscode.Uri): vscode.Uri | undefined {
  const uri = "uri" in document ? (notebookOf(document)?.uri ?? document.uri) : document;
  return uri.scheme === "untitled" || isHistoric(uri) || !uri.path.startsWith("/")
    ? undefined
    : parentOf(uri);
}
