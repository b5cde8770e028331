/** Puts fixes together: each is made whole or not at all, and what two of them ask alike is made once. */
import type { Edit, Fix } from "../../model.ts";
import { applyEdits, inOrder, overlap } from "./edits.ts";

export interface RefusedFix {
  readonly fix: Fix;
  readonly reason: string;
}

export interface Merged {
  /** In the order of the text, none overlapping. */
  readonly edits: readonly Edit[];
  readonly applied: readonly Fix[];
  readonly refused: readonly RefusedFix[];
}

export interface AppliedFixes extends Merged {
  readonly text: string;
}

export const TOUCHES_ANOTHER = "it touches the code of another fix";

export function applyFixes(text: string, fixes: readonly Fix[]): AppliedFixes {
  const merged = mergeFixes(fixes, text.length);
  return { ...merged, text: applyEdits(text, merged.edits) };
}

/** @param length of the text: what lies outside of it was computed for another one */
export function mergeFixes(fixes: readonly Fix[], length = Number.POSITIVE_INFINITY): Merged {
  const edits: Edit[] = [];
  const applied: Fix[] = [];
  const refused: RefusedFix[] = [];
  const known = new Set<string>();
  for (const fix of fixes) {
    const own = withoutRepeats(inOrder(fix.edits));
    const key = keyOf(own);
    // Several findings may ask for the very same.
    if (known.has(key)) applied.push(fix);
    else {
      const fresh = own.filter((edit) => !edits.some((made) => isShared(made, edit)));
      const reason = faultOf(own, length) ?? conflict(fresh, edits);
      if (reason !== undefined) refused.push({ fix, reason });
      else {
        edits.push(...fresh);
        applied.push(fix);
        known.add(key);
      }
    }
  }
  return { edits: edits.sort(inText), applied, refused };
}

/** Insertions at one place by different fixes have no order of their own: that of their texts, whoever comes first. */
function inText(a: Edit, b: Edit): number {
  const order = a.span.from - b.span.from || a.span.to - b.span.to;
  if (order !== 0 || !isIndependent(a, b)) return order;
  return a.text < b.text ? -1 : 1;
}

/** An import that a fix asks for at several of its places. */
const withoutRepeats = (edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit, at) => !edits.slice(0, at).some((before) => isShared(before, edit)));

const keyOf = (edits: readonly Edit[]): string =>
  JSON.stringify(edits.map(({ span, text }) => [span.from, span.to, text]));

function faultOf(edits: readonly Edit[], length: number): string | undefined {
  if (edits.some(({ span }) => span.from < 0 || span.from > span.to || span.to > length))
    return "it was computed for another text";
  return overlap(edits) ? "its own edits overlap" : undefined;
}

const conflict = (fresh: readonly Edit[], made: readonly Edit[]): string | undefined =>
  fresh.some((edit) => made.some((other) => collide(edit, other))) ? TOUCHES_ANOTHER : undefined;

const isInsertion = ({ span }: Edit): boolean => span.from === span.to;

/**
 * Two edits that mean the same when made once. Equal insertions need not: two calls that start at one place may each
 * get a bracket there.
 */
function isShared(a: Edit, b: Edit): boolean {
  const isSame = a.span.from === b.span.from && a.span.to === b.span.to && a.text === b.text;
  return isSame && (!isInsertion(a) || isImportLine(a.text) || itemOf(a.text) !== undefined);
}

/** Edits that only touch are taken for a conflict as well: what one takes away may be what the other adds to. */
function collide(a: Edit, b: Edit): boolean {
  if (isInsertion(a) && isInsertion(b) && a.span.from === b.span.from) return !isIndependent(a, b);
  for (const [line, other] of [
    [a, b],
    [b, a],
  ] as const) {
    // An import on a line of its own only has to stay out of what is replaced.
    if (isInsertion(line) && isImportLine(line.text))
      return line.span.from > other.span.from && line.span.from < other.span.to;
  }
  return a.span.from <= b.span.to && b.span.from <= a.span.to;
}

/** Insertions at one place whose order doesn't matter: imports, and items of one list under different names. */
function isIndependent(a: Edit, b: Edit): boolean {
  if (!isInsertion(a) || !isInsertion(b)) return false;
  if (isImportLine(a.text) && isImportLine(b.text))
    return startsLine(a.text) === startsLine(b.text) && a.text !== b.text;
  const [one, other] = [itemOf(a.text), itemOf(b.text)];
  if (!one || !other) return false;
  return one.isNamed === other.isNamed && one.name !== other.name;
}

const startsLine = (text: string): boolean => /^[\r\n]/.test(text);

/** `import a` or `from a import b`, with the line break behind it or in front of it. */
const isImportLine = (text: string): boolean =>
  /^(?:[ \t]*(?:import|from)[ \t][^\r\n]+(?:\r\n|\r|\n)+|(?:\r\n|\r|\n)[ \t]*(?:import|from)[ \t][^\r\n]+)$/.test(
    text,
  );

/**
 * `, LeakyReLU` behind the last name of an import, `LeakyReLU, ` before the one that follows it in order, `, bias=False`
 * behind the last argument.
 */
function itemOf(text: string): { readonly name: string; readonly isNamed: boolean } | undefined {
  const [, ahead] = /^([A-Za-z_]\w*),\s+$/.exec(text) ?? [];
  if (ahead !== undefined) return { name: ahead, isNamed: false };
  const [, name, value] = /^,\s*([A-Za-z_]\w*)(\s*=[^()[\]{}"'#,\r\n]+)?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, isNamed: value !== undefined };
}
