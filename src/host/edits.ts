/** Puts fixes together into one set of edits. Pure. */
import type { Edit, Finding, Fix } from "../engine/index.ts";

export interface Merged {
  readonly edits: readonly Edit[];
  readonly applied: readonly Fix[];
  /** Fixes whose edits touch those of an earlier one: left out whole, since half a fix is worse than none. */
  readonly refused: readonly Fix[];
}

const same = (a: Edit, b: Edit): boolean =>
  a.span.from === b.span.from && a.span.to === b.span.to && a.text === b.text;

const isInsertion = ({ span }: Edit): boolean => span.from === span.to;

function collide(a: Edit, b: Edit): boolean {
  // Two insertions at one place could be meant in either order: only equal ones (the same import) are safe.
  if (isInsertion(a) && isInsertion(b)) return a.span.from === b.span.from;
  if (isInsertion(a)) return a.span.from > b.span.from && a.span.from < b.span.to;
  if (isInsertion(b)) return b.span.from > a.span.from && b.span.from < a.span.to;
  return a.span.from < b.span.to && b.span.from < a.span.to;
}

/** Equal edits, such as the import that two fixes need, are made once. */
export function mergeFixes(fixes: readonly Fix[]): Merged {
  const edits: Edit[] = [];
  const applied: Fix[] = [];
  const refused: Fix[] = [];
  for (const fix of fixes) {
    const fresh = fix.edits.filter((edit) => !edits.some((made) => same(made, edit)));
    if (fresh.some((edit) => edits.some((made) => collide(made, edit)))) refused.push(fix);
    else {
      edits.push(...fresh);
      applied.push(fix);
    }
  }
  edits.sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  return { edits, applied, refused };
}

/**
 * What "fix all" may apply: the recommended fix of each finding, where that one is safe. A safe fix further down
 * the list would treat another cause than the one that was found.
 */
export function safeFixes(findings: readonly Finding[]): readonly Fix[] {
  return findings.flatMap(({ fixes }) => (fixes[0]?.applicability === "safe" ? [fixes[0]] : []));
}
