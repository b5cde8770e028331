/** What is to be read: the folders of the workspace, as their settings have it. */
import * as vscode from "vscode";
import { setting } from "../settings.ts";
import type { FolderTask } from "./folder.ts";

export interface Folder {
  readonly uri: vscode.Uri;
  readonly task: FolderTask;
}

/** Without those in which the extension is switched off. */
export function foldersOf(uris: readonly vscode.Uri[]): readonly Folder[] {
  return uris
    .filter((uri) => setting("enabled", uri))
    .map((uri) => {
      const others = uris.filter((other) => other !== uri && isBelow(other, uri)).map(({ path }) => path);
      const task: FolderTask = {
        root: uri.path,
        others,
        hidden: plain(vscode.workspace.getConfiguration("files", uri).get("exclude")),
        settings: {
          rules: plain(setting("rules", uri)),
          thresholds: plain(setting("thresholds", uri)),
          maximumFileSize: setting("maximumFileSize", uri),
          "diagnostics.enabled": setting("diagnostics.enabled", uri),
        },
      };
      return { uri, task };
    });
}

export const isBelow = (inner: vscode.Uri, outer: vscode.Uri): boolean =>
  inner.scheme === outer.scheme &&
  inner.authority === outer.authority &&
  inner.path.startsWith(outer.path.endsWith("/") ? outer.path : `${outer.path}/`);

/** Settings are proxies of the editor, which can't be sent to a thread. */
const plain = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
