/** The files of the workspace that are worth reading, found as the command line finds them. */
import * as vscode from "vscode";
import { ENVIRONMENT, isLeftOut, joined, type Place, searchFrom } from "../settings/index.ts";
import { hiddenBy } from "./hiddenFiles.ts";
import { Places } from "./places.ts";

/** Not JSON: few of those files are networks, and there may be thousands of them. Nor what a machine has written. */
const worthReading = /^(?!.*\.(?:min\.[cm]?js|d\.[cm]?ts)$).+\.(?:py|ipynb|[cm]?[jt]s|[jt]sx|cfg|prototxt)$/i;

export const mostFiles = 5000;

/** Folders that are read at once: on a remote machine, waiting is most of the time. */
const atOnce = 16;

interface Folder {
  readonly uri: vscode.Uri;
  readonly above: Place;
  readonly isStart: boolean;
}

/** By address. What `files.exclude` hides is left out as well; links to folders are not followed. */
export async function sources(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const isHidden = hiddenBy(uri.path, vscode.workspace.getConfiguration("files", uri).get("exclude"));
    const places = new Places({ gitignore: true });
    const waiting: Folder[] = [{ uri, above: searchFrom(await places.above(uri), uri.path), isStart: true }];
    while (waiting.length > 0 && found.length < mostFiles && !token.isCancellationRequested) {
      const read = await Promise.all(waiting.splice(0, atOnce).map((folder) => entriesOf(folder, places)));
      for (const { folder, place, entries } of read)
        for (const [name, type] of entries) {
          const inner = folder.uri.with({ path: joined(folder.uri.path, name) });
          const isFolder = (type & vscode.FileType.Directory) !== 0;
          const isWorth = isFolder ? type === vscode.FileType.Directory : worthReading.test(name);
          if (!isWorth || isHidden(inner.path, isFolder) || isLeftOut(place, inner.path, isFolder)) continue;
          if (isFolder) waiting.push({ uri: inner, above: place, isStart: false });
          else found.push(inner);
        }
    }
  }
  // Read side by side, they come as they please.
  const byPath = new Map(found.map((uri) => [uri.toString(), uri]));
  return [...byPath.keys()]
    .sort()
    .slice(0, mostFiles)
    .map((key) => byPath.get(key) as vscode.Uri);
}

async function entriesOf(folder: Folder, places: Places) {
  const nothing = { folder, place: folder.above, entries: [] };
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder.uri);
    const names = new Set(entries.map(([name]) => name));
    // A virtual environment is told by a file of its own, whatever it is called.
    if (names.has(ENVIRONMENT) && !folder.isStart) return nothing;
    const place = await places.enter(folder.above, folder.uri, names);
    return { folder, place, entries };
  } catch {
    return nothing;
  }
}
