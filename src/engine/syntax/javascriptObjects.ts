/** Lists in brackets: arguments, items of arrays, properties of objects. */
import type { Span } from "../model.ts";
import { stringValue } from "./javascriptLiterals.ts";
import { expressionsOf, find, keyOf, opaque, type Part } from "./javascriptParts.ts";
import { pieces } from "./javascriptPatterns.ts";
import type { Argument, Dictionary, Expression } from "./tree.ts";

export function itemsFrom(parts: readonly Part[]): Argument[] {
  return pieces(parts).flatMap((piece) => {
    const value = one(piece);
    if (!value) return [];
    const from = piece[0]?.from ?? value.from;
    const to = piece.at(-1)?.to ?? value.to;
    return find(piece, "Spread") ? [{ spread: "*", value, from, to }] : [{ value, from, to }];
  });
}

/**
 * Arguments of a call. An object as the last of them is JavaScript's way to give arguments by name: its properties
 * become named arguments, `...rest` in it becomes `**rest`.
 */
export function argumentsFrom(parts: readonly Part[]): Argument[] {
  const items = itemsFrom(parts);
  const last = items.at(-1);
  return last?.value.type === "dictionary" && !last.spread
    ? [...items.slice(0, -1), ...last.value.entries.map(keyword)]
    : items;
}

function keyword({ key, value }: Dictionary["entries"][number]): Argument {
  if (!key) return { spread: "**", value, from: value.from, to: value.to };
  const span = { from: Math.min(key.from, value.from), to: Math.max(key.to, value.to) };
  if (key.type !== "string" || key.value === undefined)
    return { spread: "**", value: opaque(span, [key, value]), ...span };
  return { name: key.value, nameSpan: { from: key.from, to: key.to }, value, ...span };
}

export function dictionaryFrom({ from, to }: Span, parts: readonly Part[], text: string): Dictionary {
  const entries = parts.flatMap((part) => {
    if (part.type === "Property") return entryFrom(part, text);
    return part.expression ? [{ value: part.expression }] : [];
  });
  return { type: "dictionary", entries, from, to };
}

/** `a: 1`, `a`, `"a": 1`, `[a]: 1`, `...a`, `a() {}`. */
function entryFrom(property: Part, text: string): { key?: Expression; value: Expression }[] {
  const { list = [], expression } = property;
  if (find(list, "Spread")) {
    const value = one(list);
    return value ? [{ value }] : [];
  }
  const key = keyFrom(list, text);
  const colon = list.findIndex((part) => part.type === ":");
  // A method has been given its place holder by the reader; `{ a }` is short for `{ a: a }`.
  const value = expression ?? (colon < 0 ? shorthand(list, text) : one(list.slice(colon + 1)));
  return value ? [{ ...(key ? { key } : {}), value }] : [];
}

function shorthand(list: readonly Part[], text: string): Expression | undefined {
  const name = find(list, "PropertyDefinition");
  if (!name) return undefined;
  const { from, to } = name;
  return { type: "name", name: text.slice(from, to), from, to };
}

function keyFrom(list: readonly Part[], text: string): Expression | undefined {
  const first = list.find(({ type }) => /^(?:PropertyDefinition|String|Number|\[)$/.test(type));
  if (!first) return undefined;
  if (first.type === "[") return list.find((part) => part.expression)?.expression;
  const written = text.slice(first.from, first.to);
  return keyOf(first, first.type === "String" ? (stringValue(written) ?? written) : written);
}

/** The single expression of a few parts, or all there is as opaque. */
function one(parts: readonly Part[]): Expression | undefined {
  const found = expressionsOf(parts);
  if (found.length <= 1) return found[0];
  return opaque({ from: parts[0]?.from ?? 0, to: parts.at(-1)?.to ?? 0 }, found);
}
