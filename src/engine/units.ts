/** A file -> what the engine reads in it: its text, tree, scopes and names. The seam for notebooks and other languages. */
import { canonicalSymbol, isFrameworkSymbol } from "./frameworks/index.ts";
import type { SourceFile } from "./model.ts";
import { Names } from "./syntax/names.ts";
import { readPython } from "./syntax/python.ts";
import { type Scope, type Scopes, scopesOf } from "./syntax/scopes.ts";
import type { Program } from "./syntax/tree.ts";

export interface Unit {
  readonly text: string;
  readonly program: Program;
  readonly scopes: Scopes;
  readonly module: Scope;
  readonly names: Names;
}

/**
 * Longest text that is read, in UTF-16 units. The longest of 2,759 model files that were measured has under 1 MB;
 * what is longer is data or generated, and would block the editor for seconds.
 */
export const LONGEST_TEXT = 2_000_000;

/** Part of every activation's name in some framework: a file without it is not worth a parse. */
const ANY_ACTIVATION =
  /elu|[sg]lu|swish|mish|soft|sigmoid|logistic|expit|tanh|shrink|threshold|hard|identity|linear|exponential|maxout|sparse|squareplus|activation/i;

const names = new Names(canonicalSymbol, isFrameworkSymbol);

/** The unit, `undefined` where nothing in the text can be an activation, or the reason why the file is not read. */
export function readUnit(file: SourceFile): Unit | { readonly skipped: string } | undefined {
  const { path, text } = file;
  if (file.language === undefined && !/\.pyi?$/i.test(path)) return { skipped: "not a Python file" };
  if (text.length > LONGEST_TEXT) {
    const millions = (text.length / 1e6).toFixed(1);
    return { skipped: `too large: ${millions} million characters, ${LONGEST_TEXT / 1e6} million are read` };
  }
  if (text.includes("\0")) return { skipped: "binary: it contains NUL characters" };
  if (!ANY_ACTIVATION.test(text)) return undefined;
  const program = readPython(text);
  const scopes = scopesOf(program);
  const module = scopes.get(program);
  return module && { text, program, scopes, module, names };
}
