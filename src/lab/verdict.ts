/** What came out, in words with the numbers behind them. */
import type { Experiment, Finished } from "./experiment.ts";
import { type Comparison, compare, type Spread, summarise, type VariantSummary } from "./summary.ts";

/** One seed says nothing, and two cannot tell chance from a difference. */
const FEWEST_SEEDS = 3;

export interface Verdict {
  /** null: not enough seeds yet. */
  readonly text: string | null;
  /** The same in pieces: of the first variant, and of each other one. */
  readonly parts: readonly string[];
  /** Why there is none yet, or how much it stands on. */
  readonly basis: string;
  readonly summaries: readonly VariantSummary[];
  /** By variant; null for the first, and where seeds are missing. */
  readonly comparisons: readonly (Comparison | null)[];
}

export function verdict(experiment: Experiment, finished: readonly Finished[]): Verdict {
  const summaries = summarise(experiment, finished);
  const comparisons = experiment.variants.map((_, index) =>
    index === 0 ? null : compare(experiment, finished, index),
  );
  const seeds = Math.min(...summaries.map((summary) => summary.seeds));
  const basis = `${seeds} of ${experiment.seeds} seeds`;
  if (seeds < FEWEST_SEEDS) {
    return {
      text: null,
      parts: [],
      basis: `${basis}: a verdict needs ${FEWEST_SEEDS}`,
      summaries,
      comparisons,
    };
  }
  const isRegression = experiment.variants[0]!.spec.loss === "squared-error";
  const [first, ...others] = summaries;
  const parts = [
    `${basis}: ${first!.label} ${firstWords(first!, isRegression)}`,
    ...others.map((summary, index) => {
      const gain = gainWords(comparisons[index + 1]!, isRegression);
      return `${summary.label} ${gain}${stateWords(summary)}`;
    }),
  ];
  return { text: parts.join("; "), parts, basis, summaries, comparisons };
}

function firstWords(summary: VariantSummary, isRegression: boolean): string {
  const { dead, accuracy, diverged, seeds } = summary;
  const parts = [
    dead && `${sharesText(dead)} dead`,
    diverged > 0 && `NaN in ${diverged} of ${seeds}`,
    accuracy && `${isRegression ? "R²" : "accuracy"} ${accuracy.mean.toFixed(2)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function gainWords({ verdict: word, gain, better, worse, seeds }: Comparison, isRegression: boolean): string {
  const change = `${isRegression ? "R²" : "accuracy"} ${signed(gain.mean)}`;
  switch (word) {
    case "better":
      return `better in ${better} of ${seeds} (${change})`;
    case "worse":
      return `worse in ${worse} of ${seeds} (${change})`;
    case "no-clear-difference": {
      const [least, most] = [signed(gain.least), signed(gain.most)];
      return least === most
        ? `no difference (${change})`
        : `no clear difference (${change}, from ${least} to ${most})`;
    }
  }
}

/** Dead units, those that are silent but learn, and NaN. */
function stateWords({ dead, silent, diverged, seeds }: VariantSummary): string {
  const parts = [
    dead && `${percent(dead.mean)} dead`,
    dead && silent && silent.mean - dead.mean >= 0.01 && `${percent(silent.mean)} always negative`,
    diverged > 0 && `NaN in ${diverged} of ${seeds}`,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : "";
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The mean, and from the least to the most where they differ: "31 % (28–34)". */
export function sharesText({ mean, least, most }: Spread): string {
  const [low, high] = [Math.round(100 * least), Math.round(100 * most)];
  return low === high ? percent(mean) : `${percent(mean)} (${low}–${high})`;
}

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return digits === "0.00" ? "±0.00" : `${value < 0 ? "−" : "+"}${digits}`;
}
