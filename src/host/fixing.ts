/** What can be done to a whole file. Pure. */
import {
  type Analyse,
  type Fix,
  type FixedFile,
  fixAll,
  mergeFixes,
  rewriteAll,
  toLeakyRelu,
} from "../engine/index.ts";
import type { Whole } from "./analyses.ts";

/** Fixes of findings, as far as they are safe; or, which nobody gets unasked, all ReLU to Leaky ReLU. */
export type Wanted = "findings" | "leaky-relu";

export function fixed({ file, analysis }: Whole, wanted: Wanted, analyse: Analyse): FixedFile {
  // The first analysis is there already.
  const known: Analyse = (given) => (given === file ? analysis : analyse(given));
  return wanted === "findings" ? fixAll(file, {}, known) : rewriteAll(file, toLeakyRelu, known);
}

/** Whether a file may have something to do, without doing it. */
export const hasWork = ({ analysis }: Pick<Whole, "analysis">, wanted: Wanted): boolean =>
  wanted === "findings"
    ? analysis.findings.some(({ fixes }) => fixes[0]?.applicability === "safe")
    : toLeakyRelu(analysis).length > 0;

/** "3 fixes applied. 1 was left out: ..." */
export function doneWords(applied: readonly Fix[], refused: readonly { readonly reason: string }[]): string {
  const titles = new Set(applied.map(({ title }) => title));
  const done =
    titles.size === 1 && applied.length === 1 ? [...titles].join() : `${applied.length} fixes applied`;
  const [first] = refused;
  if (!first) return done;
  return `${done}. ${refused.length === 1 ? "1 was" : `${refused.length} were`} left out: ${first.reason}.`;
}

export const merged = (fixes: readonly Fix[]) => mergeFixes([...new Set(fixes)]);
