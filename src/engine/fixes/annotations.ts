/** Types that are written beside a module that is switched: `self.act: nn.ReLU = nn.ReLU()`. */
import type { Edit } from "../model.ts";
import type { Call } from "../syntax/tree.ts";
import { type Around, replace } from "./proposal.ts";

/** @param name what stands in the place of the call's callee */
export function annotated(
  call: Call,
  name: string,
  { unit, index }: Pick<Around, "unit" | "index">,
): readonly Edit[] {
  const statement = index().statementAt(call);
  if (statement?.type !== "assignment" || statement.value !== call) return [];
  const { text } = unit;
  const written = text.slice(call.callee.from, call.callee.to);
  const { annotation } = statement;
  if (annotation)
    return text.slice(annotation.from, annotation.to) === written ? [replace(annotation, name)] : [];
  const comment = /^([ \t]*#[ \t]*type:[ \t]*)([\w.]+)[ \t]*(?=\r|\n|$)/.exec(text.slice(statement.to));
  if (!comment || comment[2] !== written) return [];
  const from = statement.to + (comment[1]?.length ?? 0);
  return [replace({ from, to: from + written.length }, name)];
}
