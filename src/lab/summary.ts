/** The runs of an experiment in numbers: over the seeds of each variant, and against the first variant. */
import type { Experiment, Finished } from "./experiment.ts";
import type { Measured, Run } from "./train.ts";
import { dies } from "./variants.ts";

export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface VariantSummary {
  readonly id: string;
  readonly label: string;
  /** Seeds that are done. */
  readonly seeds: number;
  /** Of these, those whose loss became NaN or infinite. */
  readonly diverged: number;
  /** Shares of hidden units without a gradient on any input, over the seeds that did not diverge; null: there are none. */
  readonly deadAtInit: Spread | null;
  readonly dead: Spread | null;
  /** As `dead`, with units that are silent but still get a gradient: those of Leaky ReLU. */
  readonly silent: Spread | null;
  /** On unseen rows; a run that diverged counts as one that learnt nothing. */
  readonly accuracy: Spread | null;
  /** By layer, mean over the seeds; null: a layer that is not counted. */
  readonly deadByLayer: readonly (number | null)[];
  readonly rhoByLayer: readonly (number | null)[];
}

/** A variant against the first, seed by seed. */
export interface Comparison {
  readonly seeds: number;
  /** Difference of accuracies. */
  readonly gain: Spread;
  /** Seeds in which it was more accurate, by more than a rounding. */
  readonly better: number;
  readonly worse: number;
  readonly verdict: "better" | "worse" | "no-clear-difference";
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

export function spread(numbers: readonly number[]): Spread | null {
  if (numbers.length === 0) return null;
  return { mean: mean(numbers), least: Math.min(...numbers), most: Math.max(...numbers) };
}

export function summarise(experiment: Experiment, finished: readonly Finished[]): readonly VariantSummary[] {
  const base = chance(experiment);
  return experiment.variants.map(({ id, label, spec }, index): VariantSummary => {
    const runs = finished.filter(({ variant }) => variant === index).map(({ run }) => run);
    const ended = runs.filter(({ divergedAt }) => divergedAt === null);
    const dying = spec.layers.map(dies);
    const hidden = (measured: Measured, onlyDying: boolean) => {
      const shares = measured.silent
        .slice(0, -1)
        .flatMap((share, at) => (share === null ? [] : [onlyDying && !dying[at] ? 0 : share]));
      return shares.length > 0 ? mean(shares) : 0;
    };
    const last = ended.map(({ measured }) => measured.at(-1)!);
    const first = runs.flatMap(({ measured }) => measured.slice(0, 1));
    return {
      id,
      label,
      seeds: runs.length,
      diverged: runs.length - ended.length,
      deadAtInit: spread(first.map((measured) => hidden(measured, true))),
      dead: spread(last.map((measured) => hidden(measured, true))),
      silent: spread(last.map((measured) => hidden(measured, false))),
      accuracy: spread(runs.map((run) => accuracyOf(run, base))),
      deadByLayer: byLayer(
        last.map(({ silent }) => silent.map((share, at) => (share !== null && !dying[at] ? 0 : share))),
      ),
      rhoByLayer: byLayer(first.map(({ rho }) => rho)),
    };
  });
}

/** Against the first variant, on the seeds that both have done. */
export function compare(
  experiment: Experiment,
  finished: readonly Finished[],
  variant: number,
): Comparison | null {
  const base = chance(experiment);
  const of = (wanted: number) =>
    new Map(
      finished.filter((one) => one.variant === wanted).map(({ seed, run }) => [seed, accuracyOf(run, base)]),
    );
  const [first, other] = [of(0), of(variant)];
  const gains = [...other].flatMap(([seed, value]) => {
    const before = first.get(seed);
    return before === undefined ? [] : [value - before];
  });
  const gain = spread(gains);
  if (!gain) return null;
  const better = gains.filter((one) => one > ROUNDING).length;
  const worse = gains.filter((one) => one < -ROUNDING).length;
  return { seeds: gains.length, gain, better, worse, verdict: verdictOf(gains, better, worse) };
}

/** Differences below one point of accuracy are said but called none: the test has a few hundred rows. */
const ROUNDING = 0.01;

/** Two standard errors from 0, and in no seed the other way round. */
function verdictOf(gains: readonly number[], better: number, worse: number): Comparison["verdict"] {
  const centre = mean(gains);
  const variance =
    mean(gains.map((one) => (one - centre) ** 2)) * (gains.length / Math.max(1, gains.length - 1));
  const isClear = Math.abs(centre) > Math.max(ROUNDING, 2 * Math.sqrt(variance / gains.length));
  if (isClear && centre > 0 && worse === 0) return "better";
  if (isClear && centre < 0 && better === 0) return "worse";
  return "no-clear-difference";
}

function accuracyOf({ measured, divergedAt }: Run, base: number): number {
  return divergedAt === null ? Math.max(base, measured.at(-1)!.accuracy) : base;
}

/** What a network that learnt nothing reaches: R2 of 0, or one class of those there are. */
function chance({ variants }: Experiment): number {
  const { loss, layers } = variants[0]!.spec;
  return loss === "squared-error" ? 0 : 1 / layers.at(-1)!.units;
}

function byLayer(rows: readonly (readonly (number | null)[])[]): readonly (number | null)[] {
  const length = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length }, (_, at) => {
    const values = rows.flatMap((row) => row[at] ?? []);
    return values.length > 0 ? mean(values) : null;
  });
}
