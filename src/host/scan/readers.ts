/** Who reads which folder: a thread what lies on the disk, the editor's process all else. */
import type * as vscode from "vscode";
import type { Reader } from "./messages.ts";
import { Slices } from "./slices.ts";
import { type Folder, foldersOf, isBelow } from "./tasks.ts";
import { hasThreads, Thread } from "./threads.ts";

export interface OpenFolder {
  readonly uri: vscode.Uri;
  readonly reader: Reader;
}

export class Readers implements vscode.Disposable {
  readonly folders: readonly OpenFolder[];
  private readonly thread: Thread | undefined;
  private readonly slices = new Slices();
  private readonly stamp: string;

  /** @param script of the thread */
  constructor(uris: readonly vscode.Uri[], script: vscode.Uri) {
    const all = foldersOf(uris);
    this.stamp = JSON.stringify(all);
    const local = all.filter(({ uri }) => isOnDisk(uri));
    if (script.scheme === "file" && hasThreads() && local.length > 0)
      this.thread = new Thread(
        script.fsPath,
        local.map(({ task }) => task),
      );
    const readerOf = (folder: Folder) =>
      this.thread && local.includes(folder)
        ? this.thread.readerOf(local.indexOf(folder))
        : this.slices.readerOf(folder.uri, folder.task);
    this.folders = all.map((folder) => ({ uri: folder.uri, reader: readerOf(folder) }));
  }

  /** Whether the settings are still as they were. */
  areFor(uris: readonly vscode.Uri[]): boolean {
    return JSON.stringify(foldersOf(uris)) === this.stamp;
  }

  /** The innermost folder that a file is in. */
  folderOf(uri: vscode.Uri): OpenFolder | undefined {
    const around = this.folders.filter((folder) => isBelow(uri, folder.uri));
    return around.sort((a, b) => b.uri.path.length - a.uri.path.length)[0];
  }

  dispose(): void {
    this.thread?.dispose();
    this.slices.dispose();
  }
}

/** A share of another machine has an authority. */
const isOnDisk = ({ scheme, authority }: vscode.Uri): boolean => scheme === "file" && authority === "";
