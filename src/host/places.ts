/** What holds in the folders of a file system, read once: the editor's way to the settings. */
import * as vscode from "vscode";
import {
  awaitSteps,
  type Content,
  enter,
  folderOf,
  isRoot,
  nowhere,
  type Place,
  type PlaceOptions,
} from "../settings/index.ts";

export class Places {
  /** By the address of the folder. */
  private readonly known = new Map<string, Promise<Place>>();
  private readonly options: PlaceOptions;
  /** The addresses of all files that were read. */
  readonly files = new Set<string>();

  constructor({ gitignore }: Pick<PlaceOptions, "gitignore">) {
    this.options = { gitignore, root: "/" };
  }

  /** Of a folder, by all that lies above it. */
  of(folder: vscode.Uri): Promise<Place> {
    const key = folder.toString();
    const known = this.known.get(key);
    if (known) return known;
    const made = this.above(folder).then((above) => this.enter(above, folder, undefined));
    this.known.set(key, made);
    return made;
  }

  above(folder: vscode.Uri): Promise<Place> {
    return isRoot(folder.path) ? Promise.resolve(nowhere(this.options)) : this.of(parentOf(folder));
  }

  enter(above: Place, folder: vscode.Uri, entries: ReadonlySet<string> | undefined): Promise<Place> {
    const steps = enter(above, folder.path, entries, this.options);
    return awaitSteps(steps, (path) => this.read(folder.with({ path })));
  }

  /** What can't be read is not there: file systems differ in how they say so. */
  private async read(uri: vscode.Uri): Promise<Content> {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      this.files.add(uri.toString());
      return new TextDecoder().decode(bytes);
    } catch {
      return undefined;
    }
  }
}

/** Without query and fragment, which belong to a document. */
export const parentOf = (uri: vscode.Uri): vscode.Uri =>
  uri.with({ path: folderOf(uri.path), query: "", fragment: "" });
