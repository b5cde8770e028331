/** Fixes a whole file: one fix after the other, each held against what the analysis says of the text after it. */
import type { Analysis, Edit, Finding, Site, SourceFile } from "../../model.ts";
import { worstFirst } from "../../rules/order.ts";
import { editsOfJson } from "./notebook.ts";
import { type Analyse, type Asked, draftOf, type FixedFile, Run, touch } from "./rounds.ts";

export type { Analyse, Done, FixedFile, NotDone } from "./rounds.ts";

export interface FixOptions {
  /** Fixes too that change how training goes. */
  readonly unsafe?: boolean;
  /** Findings to fix: of some rules or severities. */
  wants?(finding: Finding): boolean;
}

/** Passes over the findings, and rounds of rewrites: what one makes possible, the next one does. Two are the rule. */
const ROUNDS = 10;

/**
 * Applies the recommended fix of each finding, if it is safe or `unsafe` is asked for. A fix further down a finding's
 * list treats another cause. A fix stays if its finding is gone after it and no other came; so the end is reached, and
 * fixing again changes nothing.
 */
export function fixAll(file: SourceFile, options: FixOptions, analyse: Analyse): FixedFile {
  const start = draftOf(file, analyse);
  const run = new Run(start, analyse);
  for (let round = 0; round < ROUNDS; round++) {
    run.refused = [];
    const count = run.applied.length;
    for (let asked = next(run, options); asked && !run.isSpent; asked = next(run, options)) run.take([asked]);
    if (run.applied.length === count || run.refused.length === 0) break;
  }
  return run.result();
}

function next(
  { draft, refused }: Run,
  { unsafe = false, wants = () => true }: FixOptions,
): Asked | undefined {
  for (const finding of worstFirst(draft.analysis.findings)) {
    const [fix] = finding.fixes;
    if (!fix || !(unsafe || fix.applicability === "safe") || !wants(finding)) continue;
    if (!refused.some((one) => one.finding?.rule === finding.rule && touch(one.now, finding.span)))
      return { fix, finding, span: finding.span };
  }
  return undefined;
}

/** Rewrites of sites, all that can be: those for which a new finding would come are left out. */
export function rewriteAll(
  file: SourceFile,
  choose: (analysis: Analysis) => readonly (Asked & { readonly site: Site })[],
  analyse: Analyse,
): FixedFile {
  const run = new Run(draftOf(file, analyse), analyse);
  for (let round = 0; round < ROUNDS && !run.isSpent; round++) {
    const wanted = choose(run.draft.analysis);
    run.refused = [];
    if (wanted.length === 0) break;
    const count = run.applied.length;
    if (!run.take(wanted) && wanted.length > 1) run.takeEach(wanted);
    if (run.applied.length === count) break;
  }
  return run.result();
}

/** Each ReLU that can be a Leaky ReLU for sure: a request of its own, never part of fixing what was found. */
export const toLeakyRelu = ({ sites }: Analysis): readonly (Asked & { readonly site: Site })[] =>
  sites.flatMap((site) => {
    const fix = site.fixes.find(
      ({ kind, applicability }) => kind === "leaky-relu" && applicability === "safe",
    );
    return fix ? [{ fix, site, span: site.span }] : [];
  });

/** What has to be changed in the file itself: in a notebook that is its JSON. */
export function editsOfFile(
  { text }: SourceFile,
  { edits, before }: Pick<FixedFile, "edits" | "before">,
): readonly Edit[] | { readonly reason: string } {
  return before.notebook ? editsOfJson(text, before.notebook, edits) : edits;
}
