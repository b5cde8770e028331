import * as vscode from "vscode";
import { languageOf } from "../engine/index.ts";
import type { Analyses } from "./analyses.ts";
import { setting } from "./settings.ts";

/** A notebook holds its pictures too. */
const mostBytes = 10_000_000;

/** An open document as it is now, with edits that were not saved; of any other file the text. null: too large. */
export async function loadFile(
  uri: vscode.Uri,
  { configs }: Pick<Analyses, "configs">,
): Promise<string | vscode.TextDocument | null> {
  await configs.load(uri);
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  if (open) return open;
  if (!setting("enabled", uri)) return "";
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) return null;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const isNotebook = languageOf(uri.path) === "notebook";
  return isNotebook || text.length <= setting("maximumFileSize", uri) * 1000 ? text : null;
}
