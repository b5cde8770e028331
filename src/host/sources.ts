/** The files of the workspace that fixes may be made in, found as the command line finds them. */
import * as vscode from "vscode";
import { Slices } from "./scan/slices.ts";
import { foldersOf } from "./scan/tasks.ts";

/** Not JSON: few of those files are networks, and there may be thousands of them. Nor what a machine has written. */
const worthReading = /^(?!.*\.(?:min\.[cm]?js|d\.[cm]?ts)$).+\.(?:py|ipynb|[cm]?[jt]s|[jt]sx|cfg|prototxt)$/i;

/** By address, sorted. What `files.exclude` hides is left out as well; links to folders are not followed. */
export async function sources(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const slices = new Slices();
  const stopping = token.onCancellationRequested(() => slices.dispose());
  try {
    const found = new Map<string, vscode.Uri>();
    for (const { uri, task } of foldersOf((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)))
      await slices.readerOf(uri, task).findFiles((paths) => {
        for (const path of paths.filter((one) => worthReading.test(one))) {
          const file = uri.with({ path });
          found.set(file.toString(), file);
        }
      });
    return [...found.keys()].sort().map((key) => found.get(key) as vscode.Uri);
  } catch (error) {
    if (token.isCancellationRequested) return [];
    throw error;
  } finally {
    stopping.dispose();
    slices.dispose();
  }
}
