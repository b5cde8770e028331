/** A program with the fixes that the engine would make. */
import { type Analysis, analyze, type Edit, worstFirst } from "../../src/engine/index.ts";

export interface Variant {
  readonly name: "as written" | "first fix" | "all fixes" | "leaky";
  readonly text: string;
  /** Rules with a finding that has a fix, the most severe first. */
  readonly findings: readonly string[];
}

/** No program needs more: each round fixes one finding. */
const ROUNDS = 10;

export function variantsOf(text: string): readonly [Variant, ...Variant[]] {
  const analysis = read(text);
  const findings = toFix(analysis).map(({ rule }) => rule);
  const leaks = analysis.sites.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
  return [
    { name: "as written", text, findings },
    { name: "first fix", text: fixedOnce(text), findings },
    { name: "all fixes", text: fixedWhole(text), findings },
    { name: "leaky", text: edited(text, leaks), findings },
  ];
}

const read = (text: string): Analysis => analyze({ path: "program.py", text });

const toFix = ({ findings }: Analysis) => worstFirst(findings.filter(({ fixes }) => fixes.length > 0));

function fixedOnce(text: string): string {
  const edits = toFix(read(text))[0]?.fixes[0]?.edits;
  return edits ? edited(text, edits) : text;
}

function fixedWhole(text: string): string {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const next = fixedOnce(now);
    if (next === now) break;
    now = next;
  }
  return now;
}

function edited(text: string, edits: readonly Edit[]): string {
  const distinct = new Map(edits.map((edit) => [`${edit.span.from} ${edit.span.to} ${edit.text}`, edit]));
  return [...distinct.values()]
    .sort((a, b) => b.span.from - a.span.from)
    .reduce((now, { span, text: put }) => now.slice(0, span.from) + put + now.slice(span.to), text);
}
