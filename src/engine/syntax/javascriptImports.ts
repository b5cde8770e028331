/** `import`, `require` and `await import` -> Import. */
import type { Span } from "../model.ts";
import { stringValue } from "./javascriptLiterals.ts";
import type { Part } from "./javascriptParts.ts";
import { boundBy, pieces } from "./javascriptPatterns.ts";
import type { Expression, Import, ImportedName } from "./tree.ts";

/** A module's path as the first part of a qualified name, whose parts are split at dots. */
const symbolOf = (path: string): string => path.replaceAll(".", "%2E");

/** `import a, * as b from "m"`, `import { c as d } from "m"`; `import "m"` binds nothing. */
export function importFrom(node: Span, parts: readonly Part[], text: string): Import[] {
  const { from, to } = node;
  const source = parts.findLast((part) => part.type === "String");
  const path = source && stringValue(text.slice(source.from, source.to));
  if (path === undefined) return [];
  const module = symbolOf(path);
  const names = pieces(
    parts.slice(1).filter(({ type }) => !/^(?:from|type|defer|String)$/.test(type)),
  ).flatMap((piece) => {
    const [first] = piece;
    if (first?.type !== "ImportGroup") return named(piece, module, "default", text);
    return pieces(first.list ?? []).flatMap((inner) => named(inner, module, undefined, text));
  });
  return [{ type: "import", module, names, from, to }];
}

/** @param member what a name alone stands for, where it isn't the module's member of that name */
function named(
  piece: readonly Part[],
  module: string,
  member: string | undefined,
  text: string,
): ImportedName[] {
  const binds = piece.findLast((part) => part.type === "VariableDefinition");
  const first = piece.find((part) => part.type !== "type");
  if (!binds || !first) return [];
  const name = text.slice(binds.from, binds.to);
  const own = first === binds ? (member ?? name) : text.slice(first.from, first.to);
  const symbol = first.type === "Star" ? module : `${module}.${own}`;
  return [{ symbol, binds: name, from: first.from, to: binds.to }];
}

/** The module that an expression loads, with the path to the member taken: `require("m").layers`. */
export function loadedBy(value: Expression | undefined): string | undefined {
  if (value?.type === "attribute") {
    const module = loadedBy(value.object);
    return module === undefined ? undefined : `${module}.${value.name}`;
  }
  // Both packages of `gpu ? require("tfjs-node-gpu") : require("tfjs-node")` have the same members.
  if (value?.type === "conditional") return loadedBy(value.whenTrue) ?? loadedBy(value.whenFalse);
  if (value?.type !== "call" || value.callee.type !== "name") return undefined;
  const [path] = value.arguments;
  if (!/^(?:require|import)$/.test(value.callee.name) || path?.value.type !== "string") return undefined;
  return path.value.value === undefined ? undefined : symbolOf(path.value.value);
}

/** `const { layers, relu: f } = require("m")`. */
export function importInto(pattern: Part, module: string, node: Span, text: string): Import {
  const { from, to } = node;
  return { type: "import", module, names: namesIn(pattern, module, text), from, to };
}

function namesIn(pattern: Part, module: string, text: string): ImportedName[] {
  const { expression, from, to } = pattern;
  if (expression)
    return expression.type === "name" ? [{ symbol: module, binds: expression.name, from, to }] : [];
  return boundBy(pattern, text).flatMap((bound) =>
    bound.key === undefined
      ? []
      : namesIn(bound.pattern, `${module}.${bound.key}`, text).map((name) => ({
          ...name,
          from: bound.keySpan.from,
        })),
  );
}
