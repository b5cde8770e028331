/** Where else a module's class is named: types, `self.act: nn.ReLU = nn.ReLU()`, and checks of them. */
import type { FoundSite } from "../../detect.ts";
import type { Edit } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import { replace } from "../edits.ts";
import type { Around } from "./proposal.ts";

/** @param name what stands in the place of the call's callee */
export function annotated(
  call: Call,
  name: string,
  { unit, index }: Pick<Around, "unit" | "index">,
): readonly Edit[] {
  const { text } = unit;
  const line = text.slice(text.lastIndexOf("\n", call.from) + 1, call.from);
  if (!/:[^=]*=\s*$/.test(line) && !/^[^\n]*#\s*type:/.test(text.slice(call.to))) return [];
  const statement = index().statementAt(call);
  if (statement?.type !== "assignment" || statement.value !== call) return [];
  const written = text.slice(call.callee.from, call.callee.to);
  const { annotation } = statement;
  if (annotation)
    return text.slice(annotation.from, annotation.to) === written ? [replace(annotation, name)] : [];
  const comment = /^([ \t]*#[ \t]*type:[ \t]*)([\w.]+)[ \t]*(?=\r|\n|$)/.exec(text.slice(statement.to));
  if (!comment || comment[2] !== written) return [];
  const from = statement.to + (comment[1]?.length ?? 0);
  return [replace({ from, to: from + written.length }, name)];
}

/** What `isinstance(module, nn.ReLU)` finds is no longer there. */
export function typeChecks(
  { site }: FoundSite,
  { unit, index }: Pick<Around, "unit" | "index">,
): readonly string[] {
  if (!/\bisinstance\s*\([^()]*,[^)]*ReLU/.test(unit.text)) return [];
  const isChecked = index().calls.some(({ node: { callee, arguments: given }, scope }) => {
    const asked = given[1]?.value;
    if (callee.type !== "name" || callee.name !== "isinstance" || !asked) return false;
    const classes = asked.type === "sequence" ? asked.items.map(({ value }) => value) : [asked];
    return classes.some((one) => unit.names.resolve(one, scope)?.symbol === site.symbol);
  });
  return isChecked ? ["This file asks whether modules are of its class: isinstance finds it no longer."] : [];
}
