/** Edits of several rewrites as one fix: what they share once, nothing half applied. */
import type { Edit } from "../model.ts";
import type { Rewrite } from "./activations/proposal.ts";
import { joined } from "./activations/rewriteCall.ts";

/** @returns undefined where two of them would change the same text */
export function merged(rewrites: readonly Pick<Rewrite, "edits" | "imports">[]): readonly Edit[] | undefined {
  const imports = distinct(rewrites.flatMap((one) => one.imports ?? []));
  const edits = joined([...imports, ...rewrites.flatMap((one) => one.edits)]);
  return edits.every(({ span }, at) => at === 0 || (edits[at - 1]?.span.to ?? 0) <= span.from)
    ? edits
    : undefined;
}

export const distinct = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.span.from} ${edit.span.to} ${edit.text}`, edit])).values(),
];
