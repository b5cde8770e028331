/** A file -> what the engine reads in it. The one place that knows languages, sizes, and what is not worth a parse. */
import { canonicalSymbol, knowledgeOf, PASSED_MODULES, PYTHON_CONVENTIONS } from "./frameworks/index.ts";
import type { ConfigLanguage, Language, NotebookProgram, SourceFile } from "./model.ts";
import { cellsOf, maskCell, programOf } from "./notebook.ts";
import { readJavaScript } from "./syntax/javascript.ts";
import { Names } from "./syntax/names.ts";
import { readPython } from "./syntax/python.ts";
import type { KnownTrees } from "./syntax/pythonTrees.ts";
import { type Scope, type Scopes, scopesOf } from "./syntax/scopes.ts";
import type { Program } from "./syntax/tree.ts";
import { isWorthReading } from "./worth.ts";

/** A program: its text, tree, scopes and names. */
export interface Unit {
  readonly kind: "code";
  readonly language: "python" | "javascript";
  readonly text: string;
  readonly program: Program;
  readonly scopes: Scopes;
  readonly module: Scope;
  readonly names: Names;
  readonly notebook?: NotebookProgram;
}

/** A configuration: names of activations as values, read by src/engine/config. */
export interface ConfigUnit {
  readonly kind: "config";
  readonly language: ConfigLanguage;
  readonly path: string;
  readonly text: string;
}

/**
 * Longest text that is read, in UTF-16 units. The longest of 2,759 model files that were measured has under 1 MB;
 * what is longer is data or generated, and would block the editor for seconds.
 */
export const LONGEST_TEXT = 2_000_000;

const ENDINGS: Readonly<Record<string, Language>> = {
  py: "python",
  pyi: "python",
  pyw: "python",
  ipynb: "notebook",
  json: "json",
  jsonc: "json",
  jsonnet: "jsonnet",
  libsonnet: "jsonnet",
  yaml: "yaml",
  yml: "yaml",
  cfg: "darknet",
  prototxt: "prototxt",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  ts: "javascript",
  mts: "javascript",
  cts: "javascript",
  tsx: "javascript",
};

/** The language that a file's name says; undefined for what is not read. */
export function languageOf(path: string): Language | undefined {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return ending !== undefined && Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

const pythonNames = new Names({
  canonical: canonicalSymbol,
  isKnown: knowledgeOf,
  conventions: PYTHON_CONVENTIONS,
  passed: PASSED_MODULES,
});

/** The global object, as the module that a script imports everything from: TensorFlow.js adds `tf` to it. */
const GLOBALS = "globalThis";

const javascriptNames = new Names({
  canonical: canonicalSymbol,
  isKnown: knowledgeOf,
  conventions: { tf: `${GLOBALS}.tf`, window: GLOBALS, globalThis: GLOBALS },
});

/**
 * The unit, `undefined` where nothing in the text can be an activation, or the reason why the file is not read.
 *
 * @param known from the reading of an earlier text of the file
 */
export function readUnit(
  file: SourceFile,
  known?: KnownTrees,
): Unit | ConfigUnit | { readonly skipped: string } | undefined {
  const { path } = file;
  known?.next();
  const language = file.language ?? languageOf(path);
  if (language === undefined) return { skipped: "not a language that is read" };
  if (language === "notebook") return notebookUnit(file, known);
  const refused = refusal(file.text);
  if (refused) return refused;
  if (!isWorthReading(language, file.text)) return undefined;
  switch (language) {
    case "python":
      return pythonUnit(file.text, readPython(file.text, undefined, known));
    case "javascript":
      return javascriptUnit(file);
    case "json":
    case "jsonnet":
    case "yaml":
    case "darknet":
    case "prototxt":
      return { kind: "config", language, path, text: file.text };
  }
}

function notebookUnit(
  file: SourceFile,
  known: KnownTrees | undefined,
): Unit | { readonly skipped: string } | undefined {
  const cells = file.cells ?? cellsOf(file.text);
  if ("skipped" in cells) return cells;
  const notebook = programOf(cells);
  const refused = refusal(notebook.text);
  if (refused) return refused;
  if (!isWorthReading("python", notebook.text)) return undefined;
  const masked = notebook.cells.map((cell) => `${maskCell(cell.text)}\n`).join("");
  // Each cell is parsed by itself: what one leaves open must not swallow the next.
  const body = notebook.cells.flatMap((cell, index) => {
    const from = notebook.starts[index] ?? 0;
    return readPython(masked, { from, to: from + cell.text.length }, known).body;
  });
  return { ...pythonUnit(notebook.text, { from: 0, to: notebook.text.length, body }), notebook };
}

function pythonUnit(text: string, program: Program): Unit {
  const scopes = scopesOf(program);
  // scopesOf always has the program's own scope.
  const module = scopes.get(program) as Scope;
  return { kind: "code", language: "python", text, program, scopes, module, names: pythonNames };
}

function javascriptUnit({ path, text }: SourceFile): Unit | { readonly skipped: string } | undefined {
  if (isMinified(text)) return { skipped: "made by a program: its lines are too long to be read" };
  const program = readJavaScript(text, path);
  const scopes = scopesOf(program);
  const module = scopes.get(program) as Scope;
  module.stars.push(GLOBALS);
  return { kind: "code", language: "javascript", text, program, scopes, module, names: javascriptNames };
}

/** Bundles have all of a library in a few lines; nobody looks at their activations. */
function isMinified(text: string): boolean {
  if (text.length < 20_000) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return text.length / lines > 400;
}

function refusal(text: string): { readonly skipped: string } | undefined {
  if (text.length > LONGEST_TEXT) {
    const millions = (text.length / 1e6).toFixed(1);
    return { skipped: `too large: ${millions} million characters, ${LONGEST_TEXT / 1e6} million are read` };
  }
  return text.includes("\0") ? { skipped: "binary: it contains NUL characters" } : undefined;
}
