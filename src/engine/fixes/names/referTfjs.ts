/** How to name a member of TensorFlow.js in the place of its neighbour, `tf.leakyRelu` for `tf.relu`. */
import { canonicalSymbol } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import { isTakenOut } from "../../syntax/javascriptPatterns.ts";
import { isCertain } from "../../syntax/names.ts";
import type { Binding, Scope } from "../../syntax/scopes.ts";
import type { Expression, Import } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { addToImport } from "./imports.ts";

export interface Renaming {
  readonly text: string;
  /** The edit of the name itself, then that of an import if one is needed. */
  readonly edits: readonly Edit[];
}

/** Modules that have every member; files deeper in a package have one each. */
const WHOLE_PACKAGE = /@tensorflow\/tfjs[a-z-]*(?:@[^/]*)?(?:\/\+esm)?$/;

/**
 * @param symbol canonical name, below the same module as the neighbour's
 * @param neighbour the name that it takes the place of
 */
export function referTfjs(
  symbol: string,
  neighbour: Expression,
  scope: Scope,
  unit: Unit,
): Renaming | undefined {
  const member = lastPart(symbol);
  if (neighbour.type === "attribute") {
    const text = `${unit.text.slice(neighbour.from, neighbour.nameSpan.from)}${member}`;
    return { text, edits: [{ span: neighbour.nameSpan, text: member }] };
  }
  if (neighbour.type !== "name") return undefined;
  const named = (text: string, imports: readonly Edit[] = []): Renaming => ({
    text,
    edits: [{ span: { from: neighbour.from, to: neighbour.to }, text }, ...imports],
  });
  const known = knownName(symbol, scope, unit);
  if (known !== undefined) return named(known);
  const [binding, ...others] = scope.lookup(neighbour.name) ?? [];
  if (!binding || others.length > 0) return undefined;
  const path = pathBeside(binding, scope);
  if (path !== undefined) return named(`${path}.${member}`);
  if (binding.kind !== "import" || scope.lookup(member)) return undefined;
  const edit = addedTo(binding.statement, symbol, unit);
  return edit && named(member, [edit]);
}

/** A name of the file that stands for the symbol already. */
function knownName(symbol: string, scope: Scope, unit: Unit): string | undefined {
  for (const [name, bindings] of unit.module.bindings) {
    if (scope.lookup(name) !== bindings) continue;
    const resolved = unit.names.resolve({ type: "name", name, from: 0, to: 0 }, scope);
    if (resolved?.symbol === symbol && isCertain(resolved)) return name;
  }
  return undefined;
}

/** Whether a name is bound to what it is by a pattern, as an import would: `const { relu } = tf`. */
export function isTakenOutOf(name: Expression, scope: Scope): boolean {
  const [binding, ...others] = name.type === "name" ? (scope.lookup(name.name) ?? []) : [];
  return binding !== undefined && others.length === 0 && pathBeside(binding, scope) !== undefined;
}

/** Beside `const { relu } = tf` stands `tf`. */
function pathBeside(binding: Binding, scope: Scope): string | undefined {
  if (binding.kind !== "value" || binding.value.type !== "attribute" || !isTakenOut(binding.value))
    return undefined;
  const names: string[] = [];
  let owner: Expression = binding.value.object;
  while (owner.type === "attribute") {
    names.unshift(owner.name);
    owner = owner.object;
  }
  if (owner.type !== "name" || scope.lookup(owner.name) !== binding.scope.lookup(owner.name))
    return undefined;
  return [owner.name, ...names].join(".");
}

function addedTo(statement: Import, symbol: string, unit: Unit): Edit | undefined {
  const last = statement.names.at(-1);
  const isBeside = last && moduleOf(canonicalSymbol(last.symbol)) === moduleOf(symbol);
  if (!isBeside || !WHOLE_PACKAGE.test(statement.module?.replaceAll("%2E", ".") ?? "")) return undefined;
  return addToImport(statement, lastPart(symbol), unit.text);
}

const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);
const moduleOf = (symbol: string): string => symbol.slice(0, symbol.lastIndexOf("."));
