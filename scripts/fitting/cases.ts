/** A run with what the engine makes of it, and the rule that a set of runs is fitted to. */
import { overflowFeatures } from "../../src/engine/risk/overflow.ts";
import { propagate } from "../../src/engine/risk/propagate.ts";
import { rangeIn } from "../../src/engine/risk/share.ts";
import { logit, sigmoid } from "../../src/engine/risk/sigmoid.ts";
import { steps } from "../../src/engine/risk/step.ts";
import { featuresOf } from "../../src/engine/risk/stepRule.ts";
import { mean } from "./figures.ts";
import { fitRanges } from "./ranges.ts";
import { fitLogistic, fitOver, fitTraining, type TrainedRun } from "./rules.ts";
import { isTypical, keyOf, modelOfRun, type Run } from "./runs.ts";

export type Family = "signed" | "descent";

export interface Case extends TrainedRun {
  readonly run: Run;
  readonly key: string;
  readonly family: Family;
  readonly overflow: readonly number[];
  readonly hasFailed: boolean;
  /** ReLU, and trained to a finite end. */
  readonly counts: boolean;
  readonly typical: boolean;
}

/** In the order in which a layer's features are made; the weights are written by these names. */
export const FEATURES = {
  signed: [
    "one",
    "shift",
    "batchNorm",
    "layerNorm",
    "convolution",
    "coherence",
    "rate",
    "directions",
    "distance",
    "rmsprop",
  ],
  descent: [
    "one",
    "shift",
    "batchNorm",
    "layerNorm",
    "convolution",
    "fall",
    "common",
    "residual",
    "momentum",
  ],
  revival: ["one", "layerNorm"],
  overflow: ["one", "fall", "spread", "depth", "batchNorm", "leak"],
} as const;

const pick = (values: object, names: readonly string[]): readonly number[] =>
  names.map((name) => (values as Readonly<Record<string, number>>)[name]!);

export function caseOf(run: Run): Case {
  const model = modelOfRun(run);
  const propagation = propagate(model)!;
  const step = steps(model, propagation);
  const features = model.hidden.map((_, index) => featuresOf(model, step, index));
  const family = step.isSigned ? "signed" : "descent";
  const hasFailed = (run.nan_step ?? null) !== null;
  return {
    run,
    key: keyOf(run),
    family,
    killing: features.map(({ values }) => pick(values, FEATURES[family])),
    reviving: features.map(({ values }) => pick(values, FEATURES.revival)),
    alive: 1 - propagation.deadAsWhole,
    atInit: propagation.layers.map(({ alwaysNegative }) => alwaysNegative),
    measured: run.dead_final ?? [],
    overflow: pick(overflowFeatures(model, step, run.act === "relu" ? 1 : 0), FEATURES.overflow),
    hasFailed,
    counts: run.act === "relu" && !hasFailed && Boolean(run.dead_final),
    typical: isTypical(run),
  };
}

export interface Fit {
  readonly training: Readonly<Record<Family, readonly [readonly number[], readonly number[]]>>;
  readonly overflow: readonly number[];
  readonly signedOverflow: number;
  readonly over25: readonly [number, number];
  readonly over50: readonly [number, number];
  readonly range: ReturnType<typeof fitRanges>;
}

export function fitTo(cases: readonly Case[]): Fit {
  const counted = cases.filter(({ counts }) => counts);
  const training = {
    signed: fitTraining(counted.filter(({ family }) => family === "signed")),
    descent: fitTraining(counted.filter(({ family }) => family === "descent")),
  };
  const q = counted.map((one) => expected(training, one));
  const measured = counted.map((one) => mean(one.measured));
  const descent = cases.filter(({ family }) => family === "descent");
  const signed = cases.filter(({ family }) => family === "signed");
  return {
    training,
    overflow: fitLogistic(
      descent.map(({ overflow }) => overflow),
      descent.map(({ hasFailed }) => hasFailed),
    ),
    // Jeffreys' estimate: none was seen.
    signedOverflow: (signed.filter(({ hasFailed }) => hasFailed).length + 0.5) / (signed.length + 1),
    over25: fitOver(q, measured, 0.25),
    over50: fitOver(q, measured, 0.5),
    range: fitRanges(q, measured),
  };
}

const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function expected(training: Fit["training"], one: Case): number {
  const [kill, revive] = training[one.family];
  return mean(
    one.atInit.map((p, l) => {
      const k = sigmoid(inner(kill, one.killing[l]!));
      const r = one.alive * sigmoid(inner(revive, one.reviving[l]!));
      return 1 - (1 - p * (1 - r)) * (1 - k);
    }),
  );
}

export interface Prediction {
  readonly q: number;
  readonly over25: number;
  readonly range: readonly [number, number];
  readonly nan: number;
}

export function predict(by: Fit, one: Case): Prediction {
  const q = expected(by.training, one);
  return {
    q,
    over25: sigmoid(by.over25[0] + by.over25[1] * logit(q)),
    range: rangeIn(by.range, q),
    nan: one.family === "signed" ? by.signedOverflow : sigmoid(inner(by.overflow, one.overflow)),
  };
}
