/** Where a class of modules can be given one more: its `__init__`. */

import { callMethodOf } from "../../frameworks/index.ts";
import type { Span } from "../../model.ts";
import { isWithin } from "../../spans.ts";
import type { Scope } from "../../syntax/scopes.ts";
import type { ClassDefinition, FunctionDefinition, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { blocksOf, type CodeIndex, indentOf } from "../codeIndex.ts";
import { endOfLine } from "../edits.ts";
import { lineEnding } from "../names/imports.ts";

export interface Home {
  /** What methods call the object. */
  readonly self: string;
  readonly at: number;
  /** A statement as it has to be inserted there. */
  line(statement: string): string;
}

type Kind = "pytorch" | "nnx";

const BASES: Readonly<Record<Kind, RegExp>> = {
  pytorch: /^(?:torch|pytorch_lightning|lightning)\./,
  nnx: /^flax\.nnx\./,
};

/**
 * The `__init__` of the module class whose method a place stands in. PyTorch takes modules behind
 * `super().__init__()`, nnx from the first line on.
 */
export function homeOf(place: Span, scope: Scope, kind: Kind, unit: Unit): Home | undefined {
  const owner = classesOf(unit.program.body).findLast((one) => isWithin(place, one));
  const methods = owner?.body.filter((one) => one.type === "function") ?? [];
  const method = methods.find((one) => isWithin(place, one));
  const [init, ...others] = methods.filter(({ name }) => name === "__init__");
  const self = method?.parameters[0]?.name;
  if (!owner || !method || !init || others.length > 0 || self === undefined) return undefined;
  // A function inside the method, or a static one, may have another `self`.
  const [meant, ...more] = scope.lookup(self) ?? [];
  const isSelf = meant?.kind === "parameter" && meant.owner === method && more.length === 0;
  if (method === init || !isSelf || method.decorators.length > 0) return undefined;
  if (init.parameters[0]?.name !== self || !isModule(owner, kind, unit)) return undefined;
  const start = init.body.find((one) => isSuper(one, unit));
  return start ? behind(start, self, unit) : kind === "nnx" ? before(init.body[0], self, unit) : undefined;
}

function behind(statement: Statement, self: string, unit: Unit): Home | undefined {
  const { text } = unit;
  const indent = indentOf(statement, text);
  const end = endOfLine(statement.to, unit);
  if (indent === undefined || end === undefined) return undefined;
  const line = (written: string): string => `${lineEnding(text)}${indent}${written}`;
  return { self, at: end, line };
}

function before(statement: Statement | undefined, self: string, { text }: Unit): Home | undefined {
  const indent = statement && indentOf(statement, text);
  // A docstring comes first.
  if (!statement || indent === undefined || statement.type === "expression") return undefined;
  const line = (written: string): string => `${written}${lineEnding(text)}${indent}`;
  return { self, at: statement.from, line };
}

export const innermost = ({ functions }: CodeIndex, place: Span): FunctionDefinition | undefined =>
  functions.findLast((one) => isWithin(place, one));

/** A class of the framework's modules, or of one of the file's own. */
function isModule({ bases, from }: ClassDefinition, kind: Kind, unit: Unit): boolean {
  const { names, module, program } = unit;
  return bases.some(({ value }) => {
    const symbol = names.resolve(value, module)?.symbol ?? "";
    if (callMethodOf(symbol) !== undefined && BASES[kind].test(symbol)) return true;
    const base = value.type === "name" ? value.name : undefined;
    const [own, ...others] = program.body.filter((one) => one.type === "class" && one.name === base);
    // Above it: so that two classes that name each other end.
    return own?.type === "class" && own.to <= from && others.length === 0 && isModule(own, kind, unit);
  });
}

function isSuper(statement: Statement, { text }: Unit): boolean {
  if (statement.type !== "expression" || statement.expression.type !== "call") return false;
  const { callee } = statement.expression;
  return (
    callee.type === "attribute" &&
    callee.name === "__init__" &&
    /^(?:super\s*\(|(?:\w+\.)*Module\.__init__\s*\()/.test(text.slice(statement.from, statement.to))
  );
}

function classesOf(body: readonly Statement[]): readonly ClassDefinition[] {
  return body.flatMap((one) => [
    ...(one.type === "class" ? [one] : []),
    ...blocksOf(one).flatMap((block) => classesOf(block)),
  ]);
}

/** `prelu`, else `prelu2` and so on: a name that neither the class nor another new attribute has. */
export function freeAttribute(known: Scope | undefined, taken: Map<Scope | undefined, Set<string>>): string {
  const own = taken.get(known) ?? new Set();
  taken.set(known, own);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? "prelu" : `prelu${count}`;
    if (known?.attribute(name) || own.has(name)) continue;
    own.add(name);
    return name;
  }
}
