/** Totals of the comparison, the bars that they must keep, and the table for the docs. */
import type { Comparison } from "./compare.ts";
import commits from "./repositories.json";
import type { TruthCase } from "./truth.ts";

/** Sums over all cases. */
export interface Totals extends Omit<Comparison, "id" | "file" | "note" | "verdicts"> {
  readonly cases: number;
}

export interface Bar {
  readonly what: "cases" | "wrong" | "agreement";
  readonly words: string;
  readonly isMet: boolean;
}

const CASES = 60;
const WRONG = 0.01;
const AGREEMENT = 0.9;

export function totalsOf(compared: readonly Comparison[]): Totals {
  const sum = (key: Exclude<keyof Totals, "cases">) =>
    compared.reduce((total, comparison) => total + comparison[key], 0);
  return {
    cases: compared.length,
    layers: sum("layers"),
    held: sum("held"),
    agree: sum("agree"),
    heldAgree: sum("heldAgree"),
    wrong: sum("wrong"),
    gaps: sum("gaps"),
    outsideGaps: sum("outsideGaps"),
    otherwise: sum("otherwise"),
  };
}

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

/** `isWhole`: all cases were asked for, so that their number counts. */
export function barsOf(totals: Totals, isWhole: boolean): Bar[] {
  const { cases, layers, held, heldAgree, wrong } = totals;
  const bars: Bar[] = [
    {
      what: "wrong",
      words: `${wrong} wrong values in ${layers} layers: ${percent(wrong, layers)} (at most 1 %)`,
      isMet: wrong <= WRONG * layers,
    },
    {
      what: "agreement",
      words: `${heldAgree} of the ${held} layers that their files hold agree: ${percent(heldAgree, held)} (at least 90 %)`,
      isMet: held > 0 && heldAgree >= AGREEMENT * held,
    },
  ];
  if (!isWhole) return bars;
  return [
    { what: "cases", words: `${cases} models ran (at least ${CASES})`, isMet: cases >= CASES },
    ...bars,
  ];
}

/** A cell of a Markdown table. */
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export function table(
  compared: readonly Comparison[],
  missing: readonly TruthCase[],
  about: { readonly versions: Readonly<Record<string, string>>; readonly date: string },
): string {
  const totals = totalsOf(compared);
  const versions = Object.entries(about.versions).map(([name, version]) => `${name} ${version}`);
  const rows = compared.map(({ id, layers, agree, wrong, gaps, outsideGaps, note }) =>
    [cell(id), layers, agree, wrong, gaps, outsideGaps, cell(note)].join(" | "),
  );
  const repositories = Object.entries(commits).map(([name, commit]) => `${name} at ${commit.slice(0, 7)}`);
  const absent = missing.filter((found) => found.absent).map(({ id }) => id);
  const failed = missing.filter(({ error }) => error !== undefined).map(({ id }) => id);
  return `<!-- Written by \`npm run test:frameworks -- --write\`: edit test/frameworks instead. -->
# Readings against the frameworks

Each model was built and run by its framework (${versions.join(", ")}), on ${about.date}, and each layer compared with what
is read from the file: kind, fan-in, fan-out, activation and normalisation, in the order of execution. A reading is
**wrong** where it states another value or a layer that is not there; what it does not know is a **gap**. *Elsewhere*
are the gaps of layers that the file does not hold: they are made in another file or sized by whoever calls.

The models are those of the packages, of this project (programs/) and of ${repositories.join(", ")}.

${barsOf(totals, true)
  .map(({ words, isMet }) => `- ${words}${isMet ? "" : ": **not met**"}`)
  .join("\n")}
- ${totals.agree} of all ${totals.layers} layers agree; ${totals.otherwise} of them by another reading of "what follows a
  layer", where a residual branch is ambiguous (test/frameworks/graph.py says which).

| Model | Layers | Agree | Wrong | Gaps | Elsewhere | First difference or gap |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
${rows.map((row) => `| ${row} |`).join("\n")}
${absent.length > 0 ? `\nNot here, since their repositories were not: ${absent.join(", ")}.\n` : ""}${
  failed.length > 0 ? `\nThe framework could not run: ${failed.join(", ")}.\n` : ""
}`;
}
