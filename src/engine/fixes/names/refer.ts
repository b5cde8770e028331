/** How to name a symbol at a place in a file: by what is imported there already, else by a new import in its style. */
import { canonicalSymbol } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Binding, Scope } from "../../syntax/scopes.ts";
import type { Expression, Import, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { addToImport, importAfter, importAtTop } from "./imports.ts";

export interface Reference {
  readonly text: string;
  /** The import that has to be added, if any. */
  readonly imports: readonly Edit[];
}

/**
 * @param symbol canonical qualified name to refer to
 * @param neighbour a name of the same library that stands at this place, whose style is followed
 * @param at where it will stand: what is imported further down is not known there yet
 * @returns undefined where the name can't be written without a clash
 */
export function refer(
  symbol: string,
  neighbour: Expression | undefined,
  scope: Scope,
  unit: Unit,
  at: number | undefined = neighbour?.from,
): Reference | undefined {
  return (
    imported(symbol, scope, unit, at) ??
    sibling(symbol, neighbour, scope, unit) ??
    addedToNeighbour(symbol, neighbour, scope, unit, at) ??
    throughModule(symbol, scope, unit, at) ??
    besideNeighbour(symbol, neighbour, scope, unit)
  );
}

/** A name of the standard library, imported at the top of the file where it isn't yet. */
export function referStandard(
  module: string,
  name: string,
  scope: Scope,
  unit: Unit,
  at?: number,
): Reference | undefined {
  const symbol = `${module}.${name}`;
  const known = imported(symbol, scope, unit, at) ?? throughModule(symbol, scope, unit, at);
  if (known) return known;
  if (scope.lookup(name)) return undefined;
  return { text: name, imports: [importAtTop(unit, module, name)] };
}

/** `from torch.nn import LeakyReLU` is there already, or `import *`. */
function imported(symbol: string, scope: Scope, unit: Unit, at?: number): Reference | undefined {
  for (const [name, binding] of visibleImports(scope, unit, at)) {
    if (canonicalSymbol(binding.symbol) === symbol) return { text: name, imports: [] };
  }
  const name = lastPart(symbol);
  const isStarred = unit.module.stars.some((module) => canonicalSymbol(`${module}.${name}`) === symbol);
  return isStarred && !scope.lookup(name) ? { text: name, imports: [] } : undefined;
}

/** Beside `nn.ReLU` stands `nn.LeakyReLU`. */
function sibling(
  symbol: string,
  neighbour: Expression | undefined,
  scope: Scope,
  unit: Unit,
): Reference | undefined {
  if (neighbour?.type !== "attribute") return undefined;
  const { object } = neighbour;
  const owner = unit.names.resolve(object, scope);
  const name = lastPart(symbol);
  if (
    !owner ||
    wholeModule(owner.written) !== owner.written ||
    canonicalSymbol(`${owner.written}.${name}`) !== symbol
  )
    return undefined;
  return { text: `${unit.text.slice(object.from, object.to)}.${name}`, imports: [] };
}

/** Beside `from torch.nn import ReLU`, LeakyReLU joins that import, or gets one of its own from its own module. */
function addedToNeighbour(
  symbol: string,
  neighbour: Expression | undefined,
  scope: Scope,
  unit: Unit,
  at?: number,
): Reference | undefined {
  if (neighbour?.type !== "name") return undefined;
  const binding = visibleImports(scope, unit).find(([name]) => name === neighbour.name)?.[1];
  const module = binding?.statement.module;
  const name = lastPart(symbol);
  if (!binding || module === undefined || scope.lookup(name)) return undefined;
  const whole = wholeModule(module);
  const statement = firstOf(binding.statement, module, unit);
  if (canonicalSymbol(`${whole}.${name}`) === symbol) {
    const own = firstOf(whole === module ? statement : undefined, whole, unit);
    const edit = own && addToImport(own, name, unit.text);
    if (own) return edit && { text: name, imports: [edit] };
    const line = `from ${whole} import ${name}`;
    return { text: name, imports: [importAfter(statement, line, unit.text)] };
  }
  const known = throughModule(symbol, scope, unit, at);
  if (known) return known;
  const line = `from ${asWritten(symbol, module).slice(0, -name.length - 1)} import ${name}`;
  return { text: name, imports: [importAfter(statement, line, unit.text)] };
}

/**
 * Of several imports from one module the first, so that a name that two places need is imported once.
 * @param statement one of them, which may stand in a block: then it is the one
 */
function firstOf(statement: Import, module: string, unit: Unit): Import;
function firstOf(statement: Import | undefined, module: string, unit: Unit): Import | undefined;
function firstOf(statement: Import | undefined, module: string, { program }: Unit): Import | undefined {
  const { body } = program;
  const isLike = (one: Statement): one is Import =>
    one.type === "import" && one.module === module && one.names.at(-1)?.binds !== undefined;
  return statement && !body.includes(statement) ? statement : (body.find(isLike) ?? statement);
}

/** The first versions of Keras kept layers in modules of their own, `keras.layers.core`; `keras.layers` has them all. */
const wholeModule = (module: string): string => module.replace(/(\bkeras\.layers)\.\w+$/, "$1");

/**
 * Beside `layers.Dense` of `from tensorflow.keras import layers` stands `initializers.Constant`: the module joins that
 * import.
 */
function besideNeighbour(
  symbol: string,
  neighbour: Expression | undefined,
  scope: Scope,
  unit: Unit,
): Reference | undefined {
  let root = neighbour;
  while (root?.type === "attribute") root = root.object;
  if (root?.type !== "name" || neighbour?.type !== "attribute") return undefined;
  const own = root.name;
  const statement = visibleImports(scope, unit).find(([name]) => name === own)?.[1].statement;
  const owner = symbol.slice(0, symbol.lastIndexOf("."));
  const name = lastPart(owner);
  if (statement?.module === undefined || scope.lookup(name)) return undefined;
  if (canonicalSymbol(`${statement.module}.${name}`) !== owner) return undefined;
  const edit = addToImport(firstOf(statement, statement.module, unit), name, unit.text);
  return edit && { text: `${name}.${lastPart(symbol)}`, imports: [edit] };
}

/** A canonical name by the road that a file's imports take: `tensorflow.keras.initializers.Constant`. */
function asWritten(symbol: string, module: string): string {
  for (let root = module; root !== ""; root = root.slice(0, Math.max(0, root.lastIndexOf(".")))) {
    const owner = canonicalSymbol(root);
    const written = `${root}.${symbol.slice(owner.length + 1)}`;
    if (symbol.startsWith(`${owner}.`) && canonicalSymbol(written) === symbol) return written;
  }
  return symbol;
}

/** `F.leaky_relu` where F is torch.nn.functional, `nn.functional.leaky_relu`, ... : the shortest. */
function throughModule(symbol: string, scope: Scope, unit: Unit, at?: number): Reference | undefined {
  const candidates: string[] = [];
  for (const [name, binding] of visibleImports(scope, unit, at)) {
    const owner = canonicalSymbol(binding.symbol);
    // tf.keras hangs below tensorflow, whose own canonical name doesn't lead there.
    const path = symbol.startsWith(`${owner}.`) ? symbol.slice(owner.length + 1) : symbol;
    if (canonicalSymbol(`${binding.symbol}.${path}`) === symbol) candidates.push(`${name}.${path}`);
  }
  candidates.sort((a, b) => a.split(".").length - b.split(".").length || a.length - b.length);
  return candidates[0] === undefined ? undefined : { text: candidates[0], imports: [] };
}

type ImportBinding = Binding & { kind: "import" };

type Imported = readonly [name: string, binding: ImportBinding, all: readonly Binding[]];

/** Names of a module that only imports bind; asked for each site, so they are looked through once. */
const importsOfModule = new WeakMap<Scope, readonly Imported[]>();

function importsOf(module: Scope): readonly Imported[] {
  const known = importsOfModule.get(module);
  if (known) return known;
  const imports: Imported[] = [];
  for (const [name, bindings] of module.bindings) {
    const [first] = bindings;
    if (first?.kind === "import" && bindings.every(({ kind }) => kind === "import"))
      imports.push([name, first, bindings]);
  }
  importsOfModule.set(module, imports);
  return imports;
}

/** Imports of the module that no inner name hides at this place, and that are made before it is reached. */
function visibleImports(scope: Scope, { module }: Unit, at?: number): readonly Imported[] {
  const isCalledLater = isInFunction(scope);
  return importsOf(module).filter(
    ([name, { statement }, bindings]) =>
      scope.lookup(name) === bindings && (at === undefined || isCalledLater || statement.from < at),
  );
}

const isInFunction = (scope: Scope | undefined): boolean =>
  scope !== undefined && (scope.kind === "function" || isInFunction(scope.parent));

const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);
