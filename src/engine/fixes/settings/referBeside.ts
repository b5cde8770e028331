/** How to name a symbol of a framework that the file uses, where nothing of its module needs to be imported yet. */
import { canonicalSymbol } from "../../frameworks/index.ts";
import { isCertain } from "../../syntax/names.ts";
import type { Scope } from "../../syntax/scopes.ts";
import type { Expression, Import, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { addToImport, importAfter } from "../names/imports.ts";
import { type Reference, refer } from "../names/refer.ts";

/**
 * @param symbol canonical name: `keras.optimizers.Adam`
 * @param neighbour a name of the same library at this place, whose style is followed
 */
export function referBeside(
  symbol: string,
  scope: Scope,
  unit: Unit,
  neighbour?: Expression,
): Reference | undefined {
  const isBeside = neighbour?.type === "attribute" && symbolAt(neighbour, scope, unit) === moduleOf(symbol);
  const name = symbol.slice(moduleOf(symbol).length + 1);
  if (isBeside)
    return { text: `${unit.text.slice(neighbour.object.from, neighbour.object.to)}.${name}`, imports: [] };
  if (unit.language === "javascript") return inScript(symbol, scope, unit);
  // Beside `Dense` of `from keras.layers import Dense`: in that import, though `keras` may have a name too.
  const [bound, ...others] = neighbour?.type === "name" ? (scope.lookup(neighbour.name) ?? []) : [];
  const isSister =
    bound?.kind === "import" &&
    others.length === 0 &&
    moduleOf(canonicalSymbol(bound.symbol)) === moduleOf(symbol);
  if (isSister) return refer(symbol, neighbour, scope, unit);
  return refer(symbol, undefined, scope, unit) ?? imported(symbol, scope, unit);
}

const moduleOf = (symbol: string): string => symbol.slice(0, symbol.lastIndexOf("."));

const symbolAt = (node: Expression & { type: "attribute" }, scope: Scope, unit: Unit): string =>
  moduleOf(unit.names.resolve(node, scope)?.symbol ?? "");

/** Through the longest part of its name that the script has a name for: `layers.dense`, `tf.train.adam`. */
function inScript(symbol: string, scope: Scope, unit: Unit): Reference | undefined {
  const parts = symbol.split(".");
  // Without an import `tf` is a global, where the script is one that uses it.
  const isGlobal = unit.module.lookup("tf") === undefined && /\btf\s*\./.test(unit.text);
  for (let length = parts.length; length > 0; length -= 1) {
    const owner = parts.slice(0, length).join(".");
    const names = [...unit.module.bindings.keys(), ...(isGlobal ? ["tf"] : [])].filter((name) => {
      if (scope.lookup(name) !== unit.module.lookup(name)) return false;
      const resolved = unit.names.resolve({ type: "name", name, from: 0, to: 0 }, scope);
      return resolved?.symbol === owner && (isCertain(resolved) || name === "tf");
    });
    const [name] = names;
    if (name !== undefined) return { text: [name, ...parts.slice(length)].join("."), imports: [] };
  }
  return undefined;
}

/** Beside `from tensorflow.keras.layers import Dense` stands `from tensorflow.keras.optimizers import Adam`. */
function imported(symbol: string, scope: Scope, unit: Unit): Reference | undefined {
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  const module = symbol.slice(0, -name.length - 1);
  if (scope.lookup(name)) return undefined;
  const beside = importsIn(unit.program.body).filter(
    (one) => one.module !== undefined && rootOf(one.module, symbol) !== undefined,
  );
  const last = beside.at(-1);
  const same = beside.find((one) => canonicalSymbol(one.module ?? "") === module);
  const edit = same && addToImport(same, name, unit.text);
  if (edit) return { text: name, imports: [edit] };
  const root = last && rootOf(last.module ?? "", symbol);
  if (!last || root === undefined) return undefined;
  const [, ...rest] = module.split(".");
  const line = `from ${[root, ...rest].join(".")} import ${name}`;
  return { text: name, imports: [importAfter(last, line, unit.text)] };
}

/** `tensorflow.keras` of `tensorflow.keras.layers`, where the symbol is one of Keras. */
function rootOf(module: string, symbol: string): string | undefined {
  const [root] = symbol.split(".");
  const parts = module.split(".");
  const length = parts.findIndex((_, at) => canonicalSymbol(parts.slice(0, at + 1).join(".")) === root);
  return length < 0 ? undefined : parts.slice(0, length + 1).join(".");
}

/** Imports of the module itself, those in `try` and `if` not among them. */
const importsIn = (body: readonly Statement[]): readonly Import[] =>
  body.filter((statement): statement is Import => statement.type === "import");
