/** Edits as rewrites make them, and several rewrites as one fix: what they share once, nothing half applied. */
import type { Edit, Span } from "../model.ts";
import type { Unit } from "../units.ts";
import { inOrder, overlap } from "./apply/edits.ts";

export const replace = ({ from, to }: Span, text: string): Edit => ({ span: { from, to }, text });
export const insert = (at: number, text: string): Edit => ({ span: { from: at, to: at }, text });

const REST_OF_LINE = {
  python: /^[ \t]*;?[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)/,
  javascript: /^[ \t]*;?[ \t]*(?:\/\/[^\r\n]*)?(?=\r|\n|$)/,
};

/** Where the line ends that goes on at a place with a semicolon or comment at most; undefined: with more. */
export function endOfLine(
  at: number,
  { text, language }: Pick<Unit, "text" | "language">,
): number | undefined {
  const rest = REST_OF_LINE[language].exec(text.slice(at));
  return rest ? at + rest[0].length : undefined;
}

interface Parts {
  readonly edits: readonly Edit[];
  readonly imports?: readonly Edit[];
}

/** @returns undefined where two of them would change the same text */
export function merged(rewrites: readonly Parts[]): readonly Edit[] | undefined {
  const imports = distinct(rewrites.flatMap((one) => one.imports ?? []));
  const edits = joined([...imports, ...rewrites.flatMap((one) => one.edits)]);
  return overlap(edits) ? undefined : edits;
}

/** Each edit once, as it came first; names that join an import at one place in their order. */
export const distinct = (edits: readonly Edit[]): readonly Edit[] => {
  const once = [
    ...new Map(edits.map((edit) => [`${edit.span.from} ${edit.span.to} ${edit.text}`, edit])).values(),
  ];
  const names = once.filter(isName).sort((a, b) => (a.text < b.text ? -1 : 1));
  return once.map((edit) => (isName(edit) ? (names.shift() ?? edit) : edit));
};

/** `LeakyReLU, ` */
const isName = ({ span, text }: Edit): boolean => span.from === span.to && /^[A-Za-z_]\w*,\s+$/.test(text);

/** Insertions at one place, or where a deletion begins, become one edit: nobody has to know their order. */
export function joined(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of inOrder(edits)) {
    const last = result.at(-1);
    const isAtOnce = last && last.span.from === last.span.to && last.span.to === edit.span.from;
    if (last && isAtOnce) {
      result.pop();
      result.push({ span: { from: last.span.from, to: edit.span.to }, text: last.text + edit.text });
    } else result.push(edit);
  }
  return result;
}
