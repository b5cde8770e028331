/**
 * The fitted constants of the rule for training. Written by `node scripts/run.mjs fit-risk RUNS.jsonl --write`, which
 * also says how good they are on runs that they were not fitted to. What the names mean: stepRule.ts, overflow.ts,
 * silence.ts, failure.ts.
 */
import type { FailureFeatures } from "./failure.ts";
import type { OverflowFeatures } from "./overflow.ts";
import type { SilenceFeatures } from "./silence.ts";
import type { DescentFeatures, RevivalFeatures, SignedFeatures } from "./stepRule.ts";

type Weights<Features> = Readonly<Record<keyof Features, number>>;

export const SIGNED_KILLS: Weights<SignedFeatures> = {
  one: 2.144,
  shift: 0.513,
  batchNorm: -1.711,
  layerNorm: -0.688,
  convolution: -0.491,
  coherence: 1.483,
  rate: 1.375,
  directions: -0.122,
  distance: 0.035,
  rmsprop: -0.486,
};

export const DESCENT_KILLS: Weights<DescentFeatures> = {
  one: -1.628,
  shift: 1.522,
  batchNorm: -2.174,
  layerNorm: -1.181,
  convolution: -1.161,
  fall: 0.224,
  common: 2.456,
  residual: 1.046,
  momentum: -0.346,
};

export const REVIVAL: Readonly<Record<"signed" | "descent", Weights<RevivalFeatures>>> = {
  signed: { one: -2.069, layerNorm: 1.202 },
  descent: { one: -1.315, layerNorm: -0.93 },
};

export const DESCENT_OVERFLOWS: Weights<OverflowFeatures> = {
  one: -7.267,
  fall: 1.577,
  spread: -0.682,
  depth: 0.457,
  batchNorm: -2.691,
  leak: 2.208,
};

export const SILENCED: Weights<SilenceFeatures> = {
  leak: -0.448,
  decades: -1.343,
  prelu: -0.958,
  elu: -1.218,
  gelu: -0.652,
  silu: -0.91,
};

export const SIGNED_FAILS: Weights<FailureFeatures> = {
  one: -2.763,
  silent: 3.337,
  slow: 1.577,
  fast: 1.416,
  fading: 0.331,
  alike: 0.133,
  overflow: 0,
  distance: 0.869,
  depth: 0.317,
  width: -0.323,
  residual: -0.086,
  leak: -0.406,
};

export const DESCENT_FAILS: Weights<FailureFeatures> = {
  one: 1.468,
  silent: 1.531,
  slow: 2.769,
  fast: 1.675,
  fading: 0.882,
  alike: 1.282,
  overflow: 0.638,
  distance: 1.132,
  depth: 0.104,
  width: -0.444,
  residual: -1.862,
  leak: -0.952,
};

/** P(NaN) with Adam or RMSprop. */
export const SIGNED_OVERFLOW = 0.00027;

/** P(dead share > 25 % or 50 %) = sigma(intercept + slope * logit q). */
export const OVER_25 = { intercept: 2.322, slope: 2.123 } as const;
export const OVER_50 = { intercept: -0.236, slope: 1.773 } as const;

/** Knots [q, low, high], all three ascending. */
export type RangeTable = readonly (readonly [q: number, low: number, high: number])[];

/** Of the measured runs for which q was expected, 86 % ended with a dead share between low and high. */
export const EXPECTED_RANGE: RangeTable = [
  [0.003, 0, 0.006],
  [0.01, 0, 0.023],
  [0.03, 0, 0.063],
  [0.057, 0, 0.125],
  [0.101, 0, 0.188],
  [0.154, 0, 0.332],
  [0.215, 0, 0.444],
  [0.313, 0, 0.528],
  [0.482, 0.291, 1],
  [0.807, 0.5, 1],
];
