/** Rewrites the arguments of a call from one signature to another, touching only what has to change. */
import { parameterByArgument } from "../../activations/catalogue.ts";
import type { Spelling } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Argument, Call, Expression } from "../../syntax/tree.ts";
import { indentOf } from "../codeIndex.ts";
import { insert, joined, replace } from "../edits.ts";
import { lineEnding } from "../names/imports.ts";

export type Rewritten =
  | { readonly edits: readonly Edit[]; readonly dropsInPlace: boolean }
  | { readonly reason: string };

/**
 * @param from how the call is written now
 * @param to how it will be
 * @param added arguments to write out, `negative_slope=0.01`
 */
export function rewriteArguments(
  call: Call,
  from: Spelling,
  to: Spelling,
  added: readonly string[],
  text: string,
): Rewritten {
  const inputs = from.form === "function" ? 1 : 0;
  const edits: Edit[] = [];
  const dropped = new Set<Argument>();
  let missing = added;
  let dropsInPlace = false;
  let lastInput: Argument | undefined;
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.spread === "**") continue;
    if (argument.spread) return { reason: "its arguments come from a list that is not known here" };
    if (argument.name === undefined && index < inputs) {
      lastInput = argument;
      continue;
    }
    const parameter = argument.name ?? from.parameters[index]?.name;
    if (parameter === undefined) return { reason: "it has more arguments than its documentation knows" };
    const own = from.parameters.find(({ name }) => name === parameter);
    if (inputs > 0 && own?.position === 0 && argument.nameSpan) {
      // The input by its name, which other functions call something else.
      const name = to.parameters[0]?.name;
      if (name && name !== parameter) edits.push(replace(argument.nameSpan, name));
      continue;
    }
    const fresh = added.find((one) => one.startsWith(`${parameter}=`));
    if (fresh !== undefined) {
      if (argument.value.type !== "number") return { reason: `it has a ${parameter} of its own` };
      edits.push(replace(argument, fresh));
      missing = missing.filter((one) => one !== fresh);
      continue;
    }
    const isShared = to.parameters.some(({ name }) => name === parameter) && !isNumberOf(from, to, parameter);
    // What no signature names belongs to every layer: name=, dtype=.
    if (!own && argument.name !== undefined) continue;
    if (isShared) {
      if (argument.name === undefined) edits.push(insert(argument.from, `${parameter}=`));
      continue;
    }
    const isInPlace = parameter === "inplace";
    // A name in TensorFlow's or Paddle's graph, which not every function takes.
    const isLabel = parameter === "name" && inputs > 0;
    if (
      !isInPlace &&
      !isLabel &&
      !isNeutral(argument.value, own?.literal) &&
      !isNumberOf(from, to, parameter)
    )
      return { reason: `its argument ${parameter} has no counterpart in ${to.activation.name}` };
    if (isInPlace && !isFalse(argument.value)) dropsInPlace = true;
    dropped.add(argument);
  }
  const isEmpty = call.arguments.every((argument) => dropped.has(argument));
  const inside = { from: call.argumentsSpan.from + 1, to: call.argumentsSpan.to - 1 };
  // Nothing is left of what stood there, line breaks included.
  if (isEmpty && dropped.size > 0 && !text.slice(inside.from, inside.to).includes("#"))
    return { edits: [replace(inside, missing.join(", "))], dropsInPlace };
  for (const argument of dropped) edits.push(...removal(call, argument, dropped, text));
  const next = call.arguments
    .slice(lastInput ? call.arguments.indexOf(lastInput) + 1 : 0)
    .find((argument) => !dropped.has(argument));
  if (missing.length > 0) edits.unshift(insertion(call, lastInput, next, missing.join(", "), text));
  return { edits: joined(edits), dropsInPlace };
}

/** A number that shapes the activation which goes: the old slope is no ELU's alpha. ReLU's own numbers bound it. */
const isNumberOf = (from: Spelling, to: Spelling, argument: string): boolean =>
  from.activation.id !== "relu" &&
  from.activation !== to.activation &&
  parameterByArgument(from.activation, argument) !== undefined;

/** Whether an argument says what would hold without it. */
function isNeutral(value: Expression, usual: string | undefined): boolean {
  if (usual === undefined) return false;
  if (value.type === "constant")
    return usual === (value.value === null ? "None" : value.value ? "True" : "False");
  return value.type === "number" && Number(usual) === value.value;
}

const isFalse = (value: Expression): boolean => value.type === "constant" && value.value === false;

/**
 * Behind the input, or first in the brackets: there no comma, comment or line break can be in the way. On a line of its
 * own where the others have one.
 */
function insertion(
  call: Call,
  lastInput: Argument | undefined,
  next: Argument | undefined,
  written: string,
  text: string,
): Edit {
  const inputBreak = lastInput && breakBefore(lastInput, text);
  const nextBreak = next && breakBefore(next, text);
  if (next && nextBreak !== undefined && (!lastInput || inputBreak !== undefined))
    return insert(next.from, `${written},${nextBreak}`);
  if (lastInput) {
    const [rest] = /^[^\r\n]*/.exec(text.slice(lastInput.to)) ?? [""];
    const isApart = inputBreak !== undefined && !next && !rest.includes("#");
    return insert(lastInput.to, `,${isApart ? inputBreak : " "}${written}`);
  }
  return insert(call.argumentsSpan.from + 1, next ? `${written}, ` : written);
}

/** The line break and the indent that an argument begins a line with. */
function breakBefore({ from, to }: Argument, text: string): string | undefined {
  const indent = indentOf({ from, to }, text);
  if (indent === undefined) return undefined;
  const start = from - indent.length;
  const isContinued = /\\(?:\r\n|\r|\n)$/.test(text.slice(Math.max(0, start - 3), start));
  return isContinued ? undefined : lineEnding(text) + indent;
}

/**
 * Takes an argument out with one of the commas beside it, and the line that it had to itself. Comments stay where they are.
 * @param gone all arguments that are taken out of the call
 */
export function removal(
  call: Call,
  argument: Argument,
  gone: ReadonlySet<Argument>,
  text: string,
): readonly Edit[] {
  return withoutComma(call, argument, gone, text).map((edit) => {
    const { from, to } = edit.span;
    const isAtEnd = from < to && /^[ \t]*(?:\r|\n)/.test(text.slice(to, to + 200));
    if (!isAtEnd) return edit;
    // Neither a line of nothing nor spaces at the end of one are left.
    const spaces = /(?:\r\n|\r|\n)?[ \t]*$/.exec(text.slice(Math.max(0, from - 200), from))?.[0] ?? "";
    return replace({ from: from - spaces.length, to }, edit.text);
  });
}

function withoutComma(
  call: Call,
  argument: Argument,
  gone: ReadonlySet<Argument>,
  text: string,
): readonly Edit[] {
  const at = call.arguments.indexOf(argument);
  const previous = call.arguments[at - 1];
  const isLast = call.arguments.slice(at).every((other) => gone.has(other));
  const isBehind = previous !== undefined && !text.slice(previous.to, argument.from).includes("#");
  const isFollowed = at < call.arguments.length - 1;
  const isOnlyGone = call.arguments.every((other) => gone.has(other));
  const from = isLast && isBehind ? previous.to : argument.from;
  // A comma behind the last argument may stay, unless nothing is left in front of it.
  if (isLast && (isFollowed || (isBehind && !isOnlyGone))) return [replace({ from, to: argument.to }, "")];
  const next = call.arguments[at + 1]?.from ?? call.argumentsSpan.to - 1;
  const behind = text.slice(argument.to, next);
  const comma = /^(?:\s|\\|#[^\r\n]*)*,[ \t]*/.exec(behind)?.[0];
  if (comma === undefined) return [replace({ from, to: argument.to }, "")];
  if (!comma.includes("#")) return [replace({ from, to: argument.to + comma.length }, "")];
  const start = argument.to + comma.lastIndexOf(",");
  return [
    replace({ from, to: argument.to }, ""),
    replace({ from: start, to: argument.to + comma.length }, ""),
  ];
}
