/** What is found after a recommended fix: a network with several faults shows some only without the others. */
import type { Edit, Finding, Fix } from "../model.ts";
import { sameSpan } from "../spans.ts";

/** Findings of whole networks, fixes aside. */
export interface Afterwards {
  /** Of the text as it is. */
  readonly before: readonly Finding[];
  /** Of the text after edits; undefined where they can't be made. */
  after(edits: readonly Edit[]): readonly Finding[] | undefined;
}

/**
 * The findings, with a note at the first fix where it leaves its own or brings another to light. One that leaves its
 * finding and by the estimate does nothing against a failing training is none: the next one takes its place.
 */
export function withAfterwards(findings: readonly Finding[], afterwards: Afterwards): readonly Finding[] {
  return findings.map((finding) =>
    // Of a part of a network, which can't be read again, nothing is known.
    afterwards.before.some((one) => one.rule === finding.rule && sameSpan(one.span, finding.span))
      ? { ...finding, fixes: recommended(finding, finding.fixes, afterwards) }
      : finding,
  );
}

function recommended(finding: Finding, fixes: readonly Fix[], afterwards: Afterwards): readonly Fix[] {
  const [first, ...others] = fixes;
  if (!first) return fixes;
  const then = afterwards.after(first.edits);
  if (!then) return fixes;
  const { rule } = finding;
  const { before } = afterwards;
  if (count(then, rule) > 0 && count(then, rule) >= count(before, rule)) {
    const { failure = -1 } = first;
    return failure >= 0
      ? recommended(finding, others, afterwards)
      : [withNote(first, `${rule} has another cause as well: what is left of it is found again.`), ...others];
  }
  const fresh = new Set(
    then.map((one) => one.rule).filter((name) => count(then, name) > count(before, name)),
  );
  return fresh.size === 0
    ? fixes
    : [withNote(first, `It brings to light what is next: ${[...fresh].join(", ")}.`), ...others];
}

/** Hints ask for nothing. */
const count = (findings: readonly Finding[], rule: string): number =>
  findings.filter((one) => one.rule === rule && one.severity !== "hint").length;

const withNote = (fix: Fix, words: string): Fix => ({
  ...fix,
  note: fix.note ? `${fix.note} ${words}` : words,
});
