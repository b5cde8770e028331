/** Fixes on the way: a file's present state, what was done to it, and whether a change may stay. */
import type { Analysis, Edit, Finding, Fix, SourceFile, Span } from "../../model.ts";
import { maskCell } from "../../notebook.ts";
import { errorsIn } from "../../syntax/errors.ts";
import { languageOf } from "../../units.ts";
import { mergeFixes, TOUCHES_ANOTHER } from "./apply.ts";
import { applyEdits, composed, moved, reversed } from "./edits.ts";
import { editedProgram } from "./notebook.ts";

export type Analyse = (file: SourceFile) => Analysis;

/** A fix with what asked for it; places are those of the text that it was made in. */
export interface Done {
  readonly fix: Fix;
  readonly finding?: Finding;
  /** Where it is in the text at the beginning. */
  readonly span: Span;
}

export interface NotDone extends Done {
  readonly reason: string;
}

export interface FixedFile {
  /** In the offsets of the analysis at the beginning, so those of the program for a notebook. */
  readonly edits: readonly Edit[];
  readonly before: Analysis;
  readonly after: Analysis;
  readonly applied: readonly Done[];
  readonly refused: readonly NotDone[];
}

/** Analyses in all: of the largest files each takes half a second, and nobody waits longer than a minute or two. */
const MOST_ATTEMPTS = 200;

/** A state of the file on the way. */
interface Draft {
  readonly file: SourceFile;
  readonly text: string;
  readonly analysis: Analysis;
}

/** What is asked for, in the present draft. */
export interface Asked {
  readonly fix: Fix;
  readonly finding?: Finding;
  readonly span: Span;
}

interface Attempt {
  readonly draft: Draft;
  readonly edits: readonly Edit[];
  readonly done: readonly Asked[];
}

export class Run {
  applied: Done[] = [];
  /** `now`: where it is in the present draft. */
  refused: (NotDone & { readonly now: Span })[] = [];
  private attempts = 0;
  private edits: readonly Edit[] = [];

  constructor(
    public draft: Draft,
    private readonly analyse: Analyse,
    private readonly start = draft,
  ) {}

  get isSpent(): boolean {
    return this.attempts >= MOST_ATTEMPTS;
  }

  /** Takes those that don't touch each other, all or none of them; whether it did. A single one that fails is noted. */
  take(asked: readonly Asked[]): boolean {
    const made = this.attempt(asked);
    if ("reason" in made) {
      const [only] = asked;
      if (only && asked.length === 1) this.refuse(only, made.reason);
      return false;
    }
    this.accept(made);
    return true;
  }

  /** One after the other, each held against those that were taken already. */
  takeEach(asked: readonly Asked[]): void {
    let best: Attempt | undefined;
    for (const one of asked) {
      if (this.isSpent) break;
      const made = this.attempt([...(best?.done ?? []), one]);
      if (!("reason" in made)) best = made;
      else if (made.reason !== TOUCHES_ANOTHER) this.refuse(one, made.reason);
    }
    if (best) this.accept(best);
  }

  private attempt(asked: readonly Asked[]): Attempt | { readonly reason: string } {
    const { draft } = this;
    this.attempts++;
    const merged = mergeFixes(
      asked.map(({ fix }) => fix),
      draft.text.length,
    );
    const done = asked.filter(({ fix }) => merged.applied.includes(fix));
    const [first] = merged.refused;
    // Of several that are tried together, those that touch wait for the next round.
    if (first && (done.length === 0 || asked.length === 1)) return { reason: first.reason };
    const made = changed(draft, merged.edits, this.analyse);
    if ("reason" in made) return made;
    const reason = faultOf(draft, made, merged.edits, done) ?? breakOf(draft, made);
    return reason === undefined ? { draft: made, edits: merged.edits, done } : { reason };
  }

  private accept({ draft, edits, done }: Attempt): void {
    for (const one of done) this.applied.push({ ...one, span: this.atStart(one.span) });
    this.refused = this.refused.map((one) => ({ ...one, now: moved(one.now, edits) }));
    this.edits = composed(this.edits, edits, this.start.text.length);
    this.draft = draft;
  }

  private refuse(one: Asked, reason: string): void {
    this.refused.push({ ...one, reason, now: one.span, span: this.atStart(one.span) });
  }

  /** Where a place of the present draft was at the beginning. */
  private atStart(span: Span): Span {
    return moved(span, reversed(this.start.text, this.edits));
  }

  result(): FixedFile {
    const { edits, applied, start, draft } = this;
    const refused = this.refused.map(({ now: _, ...one }) => one);
    return { edits, applied, refused, before: start.analysis, after: draft.analysis };
  }
}

export function draftOf(file: SourceFile, analyse: Analyse): Draft {
  const analysis = analyse(file);
  return { file, analysis, text: analysis.notebook?.text ?? file.text };
}

function changed(
  { file, text, analysis }: Draft,
  edits: readonly Edit[],
  analyse: Analyse,
): Draft | { readonly reason: string } {
  if (!analysis.notebook) return draftOf({ ...file, text: applyEdits(text, edits) }, analyse);
  const program = editedProgram(analysis.notebook, edits);
  if (!program) return { reason: "it goes over the border of a cell" };
  return draftOf({ ...file, text: "", cells: program.cells }, analyse);
}

/** Why a change must not stay. */
function faultOf(
  { analysis: before }: Draft,
  { analysis: after }: Draft,
  edits: readonly Edit[],
  done: readonly Asked[],
): string | undefined {
  const isAt = (span: Span, rule: string, now: Finding): boolean =>
    now.rule === rule && touch(moved(span, edits), now.span);
  for (const { finding } of done)
    if (finding && after.findings.some((now) => isAt(finding.span, finding.rule, now)))
      return `${finding.rule} would still be found`;
  const fresh = after.findings.find(
    (now) => !before.findings.some(({ span, rule }) => isAt(span, rule, now)),
  );
  return fresh && `${fresh.rule} would be found then`;
}

/** A tree keeps more of broken code than an interpreter would, so that the analysis alone does not tell. */
function breakOf(before: Draft, after: Draft): string | undefined {
  const language = before.file.language ?? languageOf(before.file.path);
  const errors = ({ file, text, analysis }: Draft): number =>
    language === undefined
      ? 0
      : language !== "notebook"
        ? errorsIn(text, language, file.path)
        : (analysis.notebook?.cells ?? []).reduce(
            (sum, cell) => sum + errorsIn(maskCell(cell.text), language, file.path),
            0,
          );
  return errors(after) > errors(before) ? "the code would not parse any more" : undefined;
}

/** Also where they only meet: after an edit one of them may be empty. */
export const touch = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
