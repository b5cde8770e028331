/** Rewrites the arguments of a call from one signature to another, touching only what has to change. */
import type { Spelling } from "../frameworks/index.ts";
import type { Edit } from "../model.ts";
import type { Argument, Call } from "../syntax/tree.ts";

export type Rewritten = { readonly edits: readonly Edit[] } | { readonly reason: string };

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
): Rewritten {
  const inputs = from.form === "function" ? 1 : 0;
  const edits: Edit[] = [];
  let lastInput: Argument | undefined;
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.spread === "**") continue;
    if (argument.spread) return { reason: "its arguments come from a list that is not known here" };
    const parameter = argument.name ?? from.parameters[index]?.name;
    if (argument.name === undefined && index < inputs) {
      lastInput = argument;
      continue;
    }
    if (added.some((text) => text.startsWith(`${parameter}=`)))
      return { reason: `it has a ${parameter} of its own` };
    const isOwn = from.parameters.some((own) => own.name === parameter);
    const isShared = to.parameters.some((other) => other.name === parameter);
    if (parameter === undefined) return { reason: "it has more arguments than its documentation knows" };
    // What no signature names belongs to every layer: name=, dtype=.
    if (!isOwn && argument.name !== undefined) continue;
    if (!isShared) return { reason: `its argument ${parameter} has no counterpart in ${to.activation.name}` };
    if (argument.name === undefined) {
      edits.push({ span: { from: argument.from, to: argument.from }, text: `${parameter}=` });
    }
  }
  if (added.length > 0) edits.unshift(insertion(call, lastInput, added.join(", ")));
  return { edits: joined(edits) };
}

/** Behind the input, or first in the brackets: there no comma, comment or line break can be in the way. */
function insertion(call: Call, lastInput: Argument | undefined, written: string): Edit {
  if (lastInput) return { span: { from: lastInput.to, to: lastInput.to }, text: `, ${written}` };
  const at = call.argumentsSpan.from + 1;
  return { span: { from: at, to: at }, text: call.arguments.length > 0 ? `${written}, ` : written };
}

/** Insertions at one place become one edit, so that nobody has to know their order. */
function joined(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const index = result.findIndex(
      (other) => other.span.from === edit.span.from && other.span.to === edit.span.to,
    );
    const same = result[index];
    if (same) result[index] = { span: same.span, text: same.text + edit.text };
    else result.push(edit);
  }
  return result;
}
