/** A run with what the engine makes of it, and the rule that a set of runs is fitted to. */
import { logStepSize } from "../../src/engine/risk/estimate.ts";
import { type FailureFeatures, failureFeatures } from "../../src/engine/risk/failure.ts";
import { overflowFeatures } from "../../src/engine/risk/overflow.ts";
import { propagate } from "../../src/engine/risk/propagate.ts";
import { rangeIn } from "../../src/engine/risk/share.ts";
import { logit, sigmoid } from "../../src/engine/risk/sigmoid.ts";
import { silenceFeatures } from "../../src/engine/risk/silence.ts";
import { steps } from "../../src/engine/risk/step.ts";
import { featuresOf } from "../../src/engine/risk/stepRule.ts";
import { FAILURE, fitSilence, hasFailed, SILENCE } from "./failing.ts";
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
  readonly hasOverflowed: boolean;
  readonly hasFailed: boolean | undefined;
  readonly failure: FailureFeatures;
  /** Features of c; null for units that die. */
  readonly silence: readonly number[] | null;
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
  silence: SILENCE,
  failure: FAILURE,
} as const;

const pick = (values: object, names: readonly string[]): readonly number[] =>
  names.map((name) => (values as Readonly<Record<string, number>>)[name]!);

export function caseOf(run: Run): Case {
  const model = modelOfRun(run);
  const propagation = propagate(model)!;
  const step = steps(model, propagation);
  const features = model.hidden.map((_, index) => featuresOf(model, step, index));
  const family = step.isSigned ? "signed" : "descent";
  const hasOverflowed = (run.nan_step ?? null) !== null;
  const silence = silenceFeatures(model.hidden[0]!);
  const logStep = logStepSize(step.layers.map(({ size }) => ({ stepSize: size })));
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
    hasOverflowed,
    hasFailed: hasFailed(run),
    // What hangs on the fits is filled in by them.
    failure: failureFeatures(propagation, step, { silent: 0, probabilityNaN: 0, logStepSize: logStep }),
    silence: silence && pick(silence, FEATURES.silence),
    counts: run.act === "relu" && !hasOverflowed && Boolean(run.dead_final),
    typical: isTypical(run),
  };
}

export interface Fit {
  readonly training: Readonly<Record<Family, readonly [readonly number[], readonly number[]]>>;
  readonly overflow: readonly number[];
  readonly signedOverflow: number;
  readonly silence: readonly number[];
  readonly failure: Readonly<Record<Family, readonly number[]>>;
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
  const descent = cases.filter(({ family }) => family === "descent");
  const signed = cases.filter(({ family }) => family === "signed");
  const rest = {
    training,
    overflow: fitLogistic(
      descent.map(({ overflow }) => overflow),
      descent.map(({ hasOverflowed }) => hasOverflowed),
    ),
    // Jeffreys' estimate: none was seen.
    signedOverflow: (signed.filter(({ hasOverflowed }) => hasOverflowed).length + 0.5) / (signed.length + 1),
    silence: fitSilence(
      cases.flatMap((one) =>
        one.silence && one.measured.length > 0 && !one.hasOverflowed
          ? [{ ...one, features: one.silence, ...trained(training, one) }]
          : [],
      ),
    ),
  };
  const q = counted.map((one) => expected(rest, one));
  const measured = counted.map((one) => mean(one.measured));
  const failure = (of: readonly Case[]) => {
    const known = of.filter(({ hasFailed }) => hasFailed !== undefined);
    return fitLogistic(
      known.map((one) => failing(rest, one)),
      known.map(({ hasFailed }) => hasFailed === true),
    );
  };
  return {
    ...rest,
    failure: { signed: failure(signed), descent: failure(descent) },
    over25: fitOver(q, measured, 0.25),
    over50: fitOver(q, measured, 0.5),
    range: fitRanges(q, measured),
  };
}

const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Log odds of k, and r, of each layer. */
function trained(training: Fit["training"], one: Case) {
  const [kill, revive] = training[one.family];
  return {
    kills: one.killing.map((features) => inner(kill, features)),
    revived: one.reviving.map((features) => one.alive * sigmoid(inner(revive, features))),
  };
}

type Fitted = Pick<Fit, "training" | "silence" | "overflow" | "signedOverflow">;

/** Share of units that are silent at the end, dead for it or not. */
function expected({ training, silence }: Pick<Fit, "training" | "silence">, one: Case): number {
  const { kills, revived } = trained(training, one);
  const c = one.silence ? inner(silence, one.silence) : 0;
  return mean(one.atInit.map((p, l) => 1 - (1 - p * (1 - revived[l]!)) * (1 - sigmoid(kills[l]! + c))));
}

const overflowing = ({ overflow, signedOverflow }: Pick<Fit, "overflow" | "signedOverflow">, one: Case) =>
  one.family === "signed" ? signedOverflow : sigmoid(inner(overflow, one.overflow));

const failing = (by: Fitted, one: Case): readonly number[] =>
  pick(
    {
      ...one.failure,
      silent: expected(by, one),
      overflow: one.family === "signed" ? 0 : logit(overflowing(by, one)),
    },
    FEATURES.failure,
  );

export interface Prediction {
  readonly q: number;
  readonly over25: number;
  readonly range: readonly [number, number];
  readonly nan: number;
  readonly failure: number;
}

export function predict(by: Fit, one: Case): Prediction {
  const q = expected(by, one);
  return {
    q,
    over25: sigmoid(by.over25[0] + by.over25[1] * logit(q)),
    range: rangeIn(by.range, q),
    nan: overflowing(by, one),
    failure: sigmoid(inner(by.failure[one.family], failing(by, one))),
  };
}
