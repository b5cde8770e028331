/** Which documents are read, and as what. */
import * as vscode from "vscode";
import { type Language, languageOf } from "../engine/index.ts";

/** The editor's languages; what it calls a file counts for more than the file's name. */
const byId: Readonly<Record<string, Language>> = {
  python: "python",
  javascript: "javascript",
  javascriptreact: "javascript",
  typescript: "javascript",
  typescriptreact: "javascript",
  json: "json",
  jsonc: "json",
  yaml: "yaml",
};

/** Formats for which the editor has no language of its own. */
const byPattern = "**/*.{cfg,prototxt,jsonnet,libsonnet}";

/** Without a scheme: notebook cells and virtual files count too. */
export const selector: vscode.DocumentSelector = [
  ...Object.keys(byId).map((language) => ({ language })),
  { pattern: byPattern },
];

/** What a document is written in; undefined for what is not read. */
export function languageOfDocument(document: vscode.TextDocument): Language | undefined {
  const { languageId, uri } = document;
  // A notebook that is open as text: its code is inside of strings, where no lens could stand.
  if (languageId === "json" && /\.ipynb$/i.test(uri.path)) return undefined;
  const known = Object.hasOwn(byId, languageId) ? byId[languageId] : undefined;
  if (known !== undefined) return known;
  return vscode.languages.match({ pattern: byPattern }, document) > 0 ? languageOf(uri.path) : undefined;
}

export const isRead = (document: vscode.TextDocument): boolean => languageOfDocument(document) !== undefined;

/** A configuration: most files in these formats have nothing to do with networks. */
export const isCode = (language: Language): boolean =>
  language === "python" || language === "javascript" || language === "notebook";

/** Old revisions in a diff or in history: what is wrong there can't be repaired. */
const historicSchemes: ReadonlySet<string> = new Set(["git", "gitlens", "gitfs", "pr", "review", "scm"]);

export const isHistoric = ({ scheme }: vscode.Uri): boolean => historicSchemes.has(scheme);
