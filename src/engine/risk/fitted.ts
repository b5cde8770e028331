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
  one: 2.089,
  shift: 0.495,
  batchNorm: -1.694,
  layerNorm: -0.448,
  convolution: -0.503,
  coherence: 1.49,
  rate: 1.324,
  directions: -0.189,
  distance: 0.063,
  rmsprop: -0.425,
};

export const DESCENT_KILLS: Weights<DescentFeatures> = {
  one: -1.635,
  shift: 1.505,
  batchNorm: -2.178,
  layerNorm: -1.109,
  convolution: -1.164,
  fall: 0.224,
  common: 2.569,
  residual: 1.062,
  momentum: -0.327,
};

export const REVIVAL: Readonly<Record<"signed" | "descent", Weights<RevivalFeatures>>> = {
  signed: { one: -1.822, layerNorm: 1.601 },
  descent: { one: -1.312, layerNorm: -0.943 },
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
  leak: -0.453,
  decades: -1.262,
  prelu: -0.968,
  elu: -1.212,
  gelu: -0.671,
  silu: -0.922,
};

export const SIGNED_FAILS: Weights<FailureFeatures> = {
  one: -2.747,
  silent: 3.288,
  slow: 1.585,
  fast: 1.552,
  fading: 0.295,
  alike: 0.127,
  overflow: 0,
  distance: 0.865,
  depth: 0.335,
  width: -0.332,
  residual: -0.065,
  leak: -0.418,
};

export const DESCENT_FAILS: Weights<FailureFeatures> = {
  one: 1.454,
  silent: 1.616,
  slow: 2.764,
  fast: 1.631,
  fading: 0.877,
  alike: 1.27,
  overflow: 0.635,
  distance: 1.129,
  depth: 0.1,
  width: -0.441,
  residual: -1.858,
  leak: -0.94,
};

/** P(NaN) with Adam or RMSprop. */
export const SIGNED_OVERFLOW = 0.00027;

/** P(dead share > 25 % or 50 %) = sigma(intercept + slope * logit q). */
export const OVER_25 = { intercept: 2.263, slope: 2.062 } as const;
export const OVER_50 = { intercept: -0.24, slope: 1.744 } as const;

/** Knots [q, low, high], all three ascending. */
export type RangeTable = readonly (readonly [q: number, low: number, high: number])[];

/** Of the measured runs for which q was expected, 86 % ended with a dead share between low and high. */
export const EXPECTED_RANGE: RangeTable = [
  [0.003, 0, 0.006],
  [0.01, 0, 0.024],
  [0.031, 0, 0.063],
  [0.059, 0, 0.134],
  [0.098, 0, 0.2],
  [0.153, 0, 0.332],
  [0.215, 0, 0.436],
  [0.314, 0, 0.535],
  [0.488, 0.283, 1],
  [0.805, 0.496, 1],
];
