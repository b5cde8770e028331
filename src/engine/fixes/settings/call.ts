/** Edits of one call's arguments, in the style of the call. */
import type { Edit, Span } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import { type Argument, type Call, lastName } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { indentOf } from "../codeIndex.ts";
import { distinct, endOfLine, insert, replace } from "../edits.ts";
import { lineEnding } from "../names/imports.ts";

export type Edits = readonly Edit[] | undefined;

export const textOf = (span: Span, { text }: Unit): string => text.slice(span.from, span.to);

export const symbolOf = (call: Call, scope: Scope, unit: Unit): string =>
  unit.names.resolve(call.callee, scope)?.symbol ?? "";

export const calleeName = ({ callee }: Call): string => lastName(callee) ?? "";

/** `name=value`, or `name: value` where arguments are an object. */
export const named = (name: string, value: string, { language }: Unit): string =>
  language === "javascript" ? `${name}: ${value}` : `${name}=${value}`;

/**
 * Arguments behind the last one, a line for each where the call has one for each.
 * Undefined where others may hold the same argument: `**kwargs`, an object that is made elsewhere.
 */
export function adding(call: Call, written: readonly string[], unit: Unit): Edits {
  const { arguments: given, closed } = call;
  const last = given.at(-1);
  if (!closed || written.length === 0 || given.some(({ spread }) => spread)) return undefined;
  if (unit.language === "javascript" && (!last || given.some(({ name }) => name === undefined)))
    return undefined;
  if (last?.value.type === "comprehension" && last.value.form === "generator") return undefined;
  if (!last) {
    const at = call.argumentsSpan.from + 1;
    return [{ span: { from: at, to: at }, text: written.join(", ") }];
  }
  const between = separator(given, unit);
  return [{ span: { from: last.to, to: last.to }, text: written.map((one) => between + one).join("") }];
}

/** What stands between the items of a list that is written with one item a line, or all of them in one. */
export function separator(items: readonly Argument[], { text }: Unit): string {
  const last = items.at(-1);
  const indent = last && indentOf(last, text);
  return indent === undefined ? ", " : `,${lineEnding(text)}${indent}`;
}

/** The argument with another value, or added. */
export function setting(
  call: Call,
  given: Argument | undefined,
  name: string,
  value: string,
  unit: Unit,
): Edits {
  return given ? revalued(given, value, unit) : adding(call, [named(name, value, unit)], unit);
}

/** Strings, so that what looks like a comment in them is none; comments to the end of their line. */
const COMMENTS = {
  python: /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(#[^\r\n]*(?:\r?\n|$))/g,
  javascript: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|(\/\/[^\r\n]*(?:\r?\n|$)|\/\*[\s\S]*?\*\/)/g,
};

/** Another value for an argument. JavaScript's `{ units }` says its name again. */
export function revalued({ name, value, from }: Argument, written: string, unit: Unit): readonly Edit[] {
  const isShort = name !== undefined && from === value.from;
  return replacing(value, isShort ? named(name, written, unit) : written, unit);
}

/** Another value in the place of one, whose comments stay: what was written for people is not lost. */
export function replacing(span: Span, written: string, unit: Unit): readonly Edit[] {
  const pattern = unit.language === "javascript" ? COMMENTS.javascript : COMMENTS.python;
  const edits: Edit[] = [];
  let from = span.from;
  for (const match of textOf(span, unit).matchAll(pattern)) {
    if (match[1] === undefined) continue;
    const to = span.from + match.index;
    edits.push(replace({ from, to }, edits.length === 0 ? `${written} ` : ""));
    from = to + match[1].length;
  }
  return [...edits, replace({ from, to: span.to }, edits.length === 0 ? written : "")];
}

/** A word in the quotes that the place uses, if one is meant, else those of most of the file. */
export function quoted(word: string, near: Span | undefined, unit: Unit): string {
  const quote = (near && /["']/.exec(textOf(near, unit))?.[0]) ?? usualQuote(unit.text);
  return `${quote}${word}${quote}`;
}

const usualQuote = (text: string): string =>
  (text.match(/'/g)?.length ?? 0) > (text.match(/"/g)?.length ?? 0) ? "'" : '"';

/** Behind a node's line: for a statement of its own with the same indent. Undefined where more stands on the line. */
export function lineAfter(statement: Span, lines: readonly string[], unit: Unit): Edit | undefined {
  const { text } = unit;
  const indent = indentOf(statement, text);
  const at = endOfLine(statement.to, unit);
  if (indent === undefined || at === undefined) return undefined;
  return insert(at, lines.map((line) => `${lineEnding(text)}${indent}${line}`).join(""));
}

/** Before a statement that stands alone at the start of its line. */
export function lineBefore(statement: Span, lines: readonly string[], unit: Unit): Edit | undefined {
  const { text } = unit;
  const indent = indentOf(statement, text);
  if (indent === undefined) return undefined;
  const written = lines.map((line) => `${line}${lineEnding(text)}${indent}`).join("");
  return { span: { from: statement.from, to: statement.from }, text: written };
}

/** One step of indentation, as the file has it. */
export const indentStep = ({ text }: Unit): string => /\n(\t| +)\S/.exec(text)?.[1] ?? "    ";

/** One list of several; undefined where one of them can't be made, or there is none. Each edit once. */
export function all(list: readonly Edits[]): Edits {
  if (list.length === 0 || list.includes(undefined)) return undefined;
  return distinct(list.flatMap((one) => one ?? []));
}
