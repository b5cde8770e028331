/**
 * The fitted constants of the rule for training. Written by `node scripts/run.mjs fit-risk RUNS.jsonl --write`, which
 * also says how good they are on runs that they were not fitted to. What the names mean: stepRule.ts, overflow.ts.
 */
import type { OverflowFeatures } from "./overflow.ts";
import type { DescentFeatures, RevivalFeatures, SignedFeatures } from "./stepRule.ts";

type Weights<Features> = Readonly<Record<keyof Features, number>>;

export const SIGNED_KILLS: Weights<SignedFeatures> = {
  one: 2.089,
  shift: 0.494,
  batchNorm: -1.695,
  layerNorm: -0.45,
  convolution: -0.503,
  coherence: 1.493,
  rate: 1.322,
  directions: -0.193,
  distance: 0.063,
  rmsprop: -0.422,
};

export const DESCENT_KILLS: Weights<DescentFeatures> = {
  one: -1.617,
  shift: 1.496,
  batchNorm: -2.172,
  layerNorm: -1.117,
  convolution: -1.101,
  fall: 0.22,
  common: 2.569,
  residual: 1.047,
  momentum: -0.322,
};

export const REVIVAL: Readonly<Record<"signed" | "descent", Weights<RevivalFeatures>>> = {
  signed: { one: -1.784, layerNorm: 1.572 },
  descent: { one: -1.289, layerNorm: -0.954 },
};

export const DESCENT_OVERFLOWS: Weights<OverflowFeatures> = {
  one: -7.267,
  fall: 1.577,
  spread: -0.682,
  depth: 0.457,
  batchNorm: -2.691,
  leak: 2.208,
};

/** P(NaN) with Adam or RMSprop. */
export const SIGNED_OVERFLOW = 0.00027;

/** P(dead share > 25 % or 50 %) = sigma(intercept + slope * logit q). */
export const OVER_25 = { intercept: 2.252, slope: 2.051 } as const;
export const OVER_50 = { intercept: -0.251, slope: 1.73 } as const;

/** Knots [q, low, high], all three ascending. */
export type RangeTable = readonly (readonly [q: number, low: number, high: number])[];

/** Of the measured runs for which q was expected, 86 % ended with a dead share between low and high. */
export const EXPECTED_RANGE: RangeTable = [
  [0.003, 0, 0.006],
  [0.01, 0, 0.024],
  [0.032, 0, 0.063],
  [0.059, 0, 0.128],
  [0.098, 0, 0.199],
  [0.154, 0, 0.335],
  [0.215, 0, 0.436],
  [0.314, 0, 0.535],
  [0.487, 0.283, 1],
  [0.803, 0.496, 1],
];
