/**
 * Every number of the estimator that does not follow from theory; those of the rule for training, which a script
 * renews from measured runs, are in fitted.ts. "Fitted" means: on the calibration part of the measured runs (3,401
 * small networks, most trained for 300 steps), never on the runs that the accuracy figures come from.
 */
import type { InputScale, OptimiserKind } from "../model.ts";

// ---- dead at initialisation ----------------------------------------------------------------------------------

/** M: largest standardised pre-activation of a unit over the data set. Fitted, 1,000 inputs; theory says 3.2. */
export const LARGEST_DEVIATION = 3.1;
/**
 * M of a convolution, whose inputs are (image, position) pairs with heavy tails. Fitted, with PATCH_RANK, to 289 small
 * CNNs at initialisation (39 of the calibration runs, 250 of scripts/experiments/convolutions.jsonl), by hand on a grid:
 * mean error of the share .026 in the place of .052 with M = 9 and rank 1.5, and of layer norm .01 in that of .05.
 */
export const LARGEST_DEVIATION_CONV = 11;
/** M(n) = MAXIMUM_SCALE * Phi^-1(MAXIMUM_MEDIAN^(1/n)) for n inputs: the textbook approximation of the expected maximum, scaled to fit. */
export const MAXIMUM_MEDIAN = 0.5264;
export const MAXIMUM_SCALE = 0.96;
/** kappa: log-variance that a layer of N units adds to the finite-width factor, times N. Fitted. */
export const FINITE_WIDTH = 4;
/** Effective rank of what one unit of a convolution sees. Set with LARGEST_DEVIATION_CONV. */
export const PATCH_RANK = 4;
/** Weights with a mean w add w^2 F^2 V times this to the spread between inputs: inputs are partly correlated. Set by hand. */
export const COHERENT_SPREAD = 0.3;

/** Statistics of the network's input, over features j and inputs x. */
export interface InputStatistics {
  /** mean_j E_x x_j */
  readonly mean: number;
  /** mean_j (E_x x_j)^2 */
  readonly between: number;
  /** mean_j Var_x x_j */
  readonly within: number;
  /** Participation ratio of the input's covariance, at least 1. */
  readonly rank: number;
}

/**
 * What the scaling in the code lets one expect: rounded from the calibration data sets (digits; tables). A standardised
 * image stands between digits (.29 and .48 between) and photographs (less). Raw tables differ most: measured between
 * / within 4e4 / 1e4, 7e3 / 300, 0 / 2, 0 / 22; the values are those with the least squared error of the share.
 */
export const INPUT_PRIORS: Readonly<
  Record<"image" | "table", Readonly<Record<InputScale, Omit<InputStatistics, "mean">>>>
> = {
  image: {
    standardised: { between: 0.35, within: 0.65, rank: 20 },
    unit: { between: 0.06, within: 0.06, rank: 15 },
    raw: { between: 3500, within: 3500, rank: 15 },
  },
  table: {
    standardised: { between: 0, within: 1, rank: 6 },
    unit: { between: 0.16, within: 0.03, rank: 6 },
    raw: { between: 300, within: 75, rank: 2 },
  },
};

/** Of standardised images, what a convolution sees: every pixel of a patch averages to the same over all places. */
export const PATCHES = { between: 0.03, within: 0.97 } as const;

/**
 * Root mean square of regression targets that are not scaled: between the two sets with raw targets that were run
 * (disease progression 25..346, rms 170; a teacher's outputs of 50 +- 10), in the geometric mean.
 */
export const RAW_TARGETS = 93;

// ---- size of one optimiser step ------------------------------------------------------------------------------

/** Norm of the loss gradient with respect to the outputs: softmax cross-entropy at initialisation. */
export const CROSS_ENTROPY_GRADIENT = 0.95;
/** Root mean square to mean absolute value of an activation: |h|_1 = 0.8 F sqrt(A + V); sqrt(2/pi) for a normal. */
export const MEAN_TO_RMS = 0.8;
/** Momentum 0.9: 1/(1 - 0.9). RMSprop (alpha 0.99): 10 in its first steps, 1 later; 3 is between. */
export const STEP_MULTIPLIER: Readonly<Record<OptimiserKind, number>> = {
  sgd: 1,
  momentum: 10,
  adam: 1,
  rmsprop: 3,
};
/** Var ReLU(z) / Var z of a standard normal z: 1/2 - 1/(2 pi), what BatchNorm after the ReLU divides by. */
export const RECTIFIED_VARIANCE = 0.34;
