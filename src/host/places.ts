/** What holds in the folders of the editor's file systems, read once: the editor's way to the settings. */
import * as vscode from "vscode";
import { type Content, folderOf, type Place, type PlaceOptions } from "../settings/index.ts";
import { PathPlaces } from "./pathPlaces.ts";

export class Places {
  /** By the address of the root. */
  private readonly systems = new Map<string, PathPlaces>();
  /** The addresses of all files that were read. */
  readonly files = new Set<string>();

  constructor(private readonly options: Pick<PlaceOptions, "gitignore">) {}

  /** Of a folder, by all that lies above it. */
  of(folder: vscode.Uri): Promise<Place> {
    const root = folder.with({ path: "/" });
    const key = root.toString();
    const known = this.systems.get(key);
    const system = known ?? new PathPlaces((path) => this.read(root.with({ path })), this.options);
    this.systems.set(key, system);
    return system.of(folder.path);
  }

  private async read(uri: vscode.Uri): Promise<Content> {
    const text = await textOf(uri);
    if (text !== undefined) this.files.add(uri.toString());
    return text;
  }
}

/** What can't be read is not there: file systems differ in how they say so. */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** Without query and fragment, which belong to a document. */
export const parentOf = (uri: vscode.Uri): vscode.Uri =>
  uri.with({ path: folderOf(uri.path), query: "", fragment: "" });
