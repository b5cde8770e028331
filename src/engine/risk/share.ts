/**
 * From "dead at initialisation" and "size of one step" to the dead share after training: a noisy-or of the two,
 *
 *     q = 1 - (1 - mean_l p_l)(1 - k)     k = sigma(1.57 (x' - 0.47))     x' = mean_l log10 rho_l - offsets
 */
import { EXPECTED_RANGE, OVER_25, OVER_50, type RangeTable, STEP_RULE } from "./constants.ts";
import type { RiskModel } from "./riskModel.ts";

export type { RangeTable };

type Range = readonly [low: number, high: number];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, x))));

function logit(share: number): number {
  const p = Math.min(Math.max(share, 0.003), 0.997);
  return Math.log(p / (1 - p));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over the layers of log10 rho, each clipped to 1e-9..1e9. */
export function logStepSize(sizes: readonly number[]): number {
  return mean(sizes.map((rho) => Math.log10(Math.max(1e-9, Math.min(1e9, rho)))));
}

/**
 * k, 0..1: the share of living units that the steps kill. A feature that only some layers have (BatchNorm, residual)
 * counts by the share of layers that have it; the rule was fitted where all had it or none.
 */
export function killedBySteps(model: RiskModel, sizes: readonly number[]): number {
  const offsets = model.hidden.map(({ normalisation, residual }) => {
    const norm =
      normalisation === null ? 0 : normalisation.kind === "batch" ? STEP_RULE.batchNorm : STEP_RULE.layerNorm;
    return norm + (residual ? STEP_RULE.residual : 0);
  });
  const stands = STEP_RULE.optimiser[model.optimiser] + mean(offsets);
  return sigmoid(STEP_RULE.slope * (logStepSize(sizes) - stands - STEP_RULE.midpoint));
}

/** A layer's dead share after training, from its share at initialisation. */
export function afterTraining(deadAtInit: number, killed: number): number {
  return 1 - (1 - deadAtInit) * (1 - killed);
}

/** P(more than 25 % of the units end dead), for an expected share q. */
export function probabilityOver25(q: number): number {
  return sigmoid(OVER_25.intercept + OVER_25.slope * logit(q));
}

export function probabilityOver50(q: number): number {
  return sigmoid(OVER_50.intercept + OVER_50.slope * logit(q));
}

/** Central 80 % of the measured shares of runs for which q was expected. */
export function expectedRange(q: number): Range {
  return rangeIn(EXPECTED_RANGE, q);
}

/** Linear between the knots, constant beyond the first and the last. */
export function rangeIn(table: RangeTable, q: number): Range {
  const right = table.find(([at]) => at >= q) ?? table[table.length - 1]!;
  const left = table.findLast(([at]) => at < q) ?? right;
  const part = right[0] > left[0] ? (q - left[0]) / (right[0] - left[0]) : 0;
  return [left[1] + part * (right[1] - left[1]), left[2] + part * (right[2] - left[2])];
}
