import * as vscode from "vscode";
import { languageOf } from "../../engine/index.ts";
import { ENVIRONMENT } from "../../settings/index.ts";

/** In ms. A change of branches brings thousands of changes within seconds: they are read when it is over. */
const delay = 500;
/** In ms. Where something is written all the time, it is read now and then. */
const longest = 5000;

/** What decides which files are read; configurations are watched by whoever reads them for open files too. */
const deciding: ReadonlySet<string> = new Set([".gitignore", ENVIRONMENT]);

export interface Changed {
  /** Files and folders of which something may be other than before. */
  readonly uris: readonly vscode.Uri[];
  /** Other files may be worth reading than before. */
  readonly isAll: boolean;
}

/** Collects the changes of files in some folders, and tells of them when they come to rest. */
export class Changes implements vscode.Disposable {
  private readonly told = new vscode.EventEmitter<Changed>();
  private readonly subscriptions: vscode.Disposable;
  private readonly waiting = new Map<string, vscode.Uri>();
  private isAll = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since = 0;
  readonly onDidChange = this.told.event;

  constructor(folders: readonly vscode.Uri[]) {
    const { workspace } = vscode;
    const add = (uri: vscode.Uri) => this.add(uri);
    const watchers = folders.flatMap((folder) => {
      const watcher = workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"));
      return [
        watcher,
        watcher.onDidCreate(add),
        watcher.onDidDelete(add),
        watcher.onDidChange((uri) => this.edited(uri)),
      ];
    });
    this.subscriptions = vscode.Disposable.from(
      this.told,
      ...watchers,
      // File systems that tell of nothing tell at least of this.
      workspace.onDidSaveTextDocument(({ uri }) => this.edited(uri)),
      workspace.onDidSaveNotebookDocument(({ uri }) => this.edited(uri)),
      workspace.onDidCreateFiles(({ files }) => files.forEach(add)),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(add)),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) [oldUri, newUri].forEach(add);
      }),
    );
  }

  /** Of a folder this says that something was made or deleted in it, which is told by itself. */
  private edited(uri: vscode.Uri): void {
    if (languageOf(uri.path) !== undefined || deciding.has(nameOf(uri))) this.add(uri);
  }

  /** What was made or deleted may be a folder, whatever it is called. */
  private add(uri: vscode.Uri): void {
    if (uri.path.includes("/.git/")) return;
    if (deciding.has(nameOf(uri))) this.isAll = true;
    else this.waiting.set(uri.toString(), uri);
    const now = performance.now();
    if (this.timer === undefined) this.since = now;
    else if (now - this.since > longest) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), delay);
  }

  private tell(): void {
    this.timer = undefined;
    const changed: Changed = { uris: [...this.waiting.values()], isAll: this.isAll };
    this.waiting.clear();
    this.isAll = false;
    this.told.fire(changed);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf("/") + 1);
