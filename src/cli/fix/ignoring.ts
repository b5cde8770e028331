/** `--add-ignore REASON`: writes a comment at each finding that says it is to stay, and proves that nothing else changes. */
import { type Analysis, applyEdits, editsOfFile, type Finding, languageOf } from "../../engine/index.ts";
import { type Console, complain } from "../console.ts";
import type { Analyse, LoadedFile } from "../files/load.ts";
import type { Options } from "../options.ts";
import { plural } from "../reporters/words.ts";
import { type AnalysedFile, resultOf } from "../results/contract.ts";
import { placesOf } from "../results/places.ts";
import { at, changed } from "./carryOut.ts";
import type { Fixer } from "./fixing.ts";
import { type Comment, ignoreComments, type Refusal } from "./ignoreComments.ts";

/** @param accepts findings that need no comment */
export function ignorer(
  options: Options,
  output: Console,
  analyse: Analyse,
  accepts: (finding: Finding) => boolean,
): Fixer {
  return new Ignorer(options, output, analyse, accepts);
}

interface Draft {
  readonly comments: readonly Comment[];
  readonly after: Analysis;
}

class Ignorer implements Fixer {
  changed = 0;
  private gone = 0;
  private refused = 0;

  constructor(
    private readonly options: Options,
    private readonly output: Console,
    private readonly analyse: Analyse,
    private readonly accepts: (finding: Finding) => boolean,
  ) {}

  async fix(file: LoadedFile): Promise<AnalysedFile> {
    const { source, analysis } = file;
    const findings = analysis.findings.filter((finding) => !this.accepts(finding));
    const language = source.language ?? languageOf(source.path) ?? "python";
    const { addIgnore = "" } = this.options;
    const { written, refused } = ignoreComments({ ...source, language }, analysis, findings, addIgnore);
    const draft = this.proved(file, written);
    const kept = draft?.comments ?? [];
    const unproved = written
      .filter((comment) => !kept.includes(comment))
      .flatMap((comment) => comment.findings)
      .map(
        (finding): Refusal => ({ finding, reason: "a comment there would change more than this finding" }),
      );
    await this.tell(file, [...refused, ...unproved]);
    const edits = kept.map(({ edit }) => edit);
    const run = { edits, before: analysis, after: draft?.after ?? analysis };
    const after = await changed(file, run, this.options, this.output);
    if (!after) return file;
    this.changed++;
    this.gone += kept.reduce((sum, comment) => sum + comment.findings.length, 0);
    return after;
  }

  /** All comments if they do what they should, else those that do by themselves. */
  private proved(file: LoadedFile, comments: readonly Comment[]): Draft | undefined {
    if (comments.length === 0) return undefined;
    const all = this.attempt(file, comments);
    if (all || comments.length === 1) return all;
    return this.attempt(
      file,
      comments.filter((comment) => this.attempt(file, [comment]) !== undefined),
    );
  }

  /** The draft, if exactly those findings are gone and all else is read as before. */
  private attempt(
    { source, analysis, name, rules }: LoadedFile,
    comments: readonly Comment[],
  ): Draft | undefined {
    const edits = editsOfFile(source, { edits: comments.map(({ edit }) => edit), before: analysis });
    if ("reason" in edits) return undefined;
    const text = applyEdits(source.text, edits);
    const after = this.analyse({ ...source, text }, rules);
    if (after.skipped !== undefined) return undefined;
    const gone = new Set(comments.flatMap(({ findings }) => findings));
    const left = { ...analysis, findings: analysis.findings.filter((finding) => !gone.has(finding)) };
    const before = { name, places: placesOf(source.text, analysis.notebook), analysis: left };
    const now = { name, places: placesOf(text, after.notebook), analysis: after };
    return withoutPlaces(before) === withoutPlaces(now) ? { comments, after } : undefined;
  }

  private async tell(file: LoadedFile, refusals: readonly Refusal[]): Promise<void> {
    this.refused += refusals.length;
    for (const { finding, reason } of refusals)
      await this.say(`${at(file, finding.span)}: no comment written for ${finding.rule}: ${reason}`);
  }

  async end(): Promise<void> {
    const files = plural(this.changed, "file");
    const would = this.options.fix === "diff" ? "would ignore " : "";
    const done = this.options.fix === "diff" ? "" : " ignored";
    await this.say(`${would}${this.gone}${done} in ${files}, ${this.refused} refused`);
  }

  private say(message: string): Promise<void> {
    return complain(this.output, message);
  }
}

/** Lines move where a comment has one of its own, and a fix's text may have the comment in it. */
const PLACES = new Set([
  "line",
  "column",
  "endLine",
  "endColumn",
  "fixes",
  "code",
  "fingerprint",
  "fileLine",
]);

function withoutPlaces(file: AnalysedFile): string {
  const { sites } = resultOf("sites", file);
  return JSON.stringify([sites, resultOf("check", file)], (key, value) =>
    PLACES.has(key) ? undefined : value,
  );
}
