/**
 * From "dead at initialisation" and "what training does" to the dead share after training: a noisy-or of the two in
 * each layer, of which the network has the mean,
 *
 *     p' = 1 - (1 - p (1 - r)) (1 - k)     q = mean_l p'_l
 */
import { EXPECTED_RANGE, OVER_25, OVER_50, type RangeTable } from "./fitted.ts";
import { logit, sigmoid } from "./sigmoid.ts";
import type { LayerTraining } from "./stepRule.ts";

type Range = readonly [low: number, high: number];

/** A layer's dead share after training, from its share at initialisation. */
export function afterTraining(deadAtInit: number, { killed, revived }: LayerTraining): number {
  return 1 - (1 - deadAtInit * (1 - revived)) * (1 - killed);
}

/** P(more than 25 % of the units end dead), for an expected share q. */
export function probabilityOver25(q: number): number {
  return sigmoid(OVER_25.intercept + OVER_25.slope * logit(q));
}

export function probabilityOver50(q: number): number {
  return sigmoid(OVER_50.intercept + OVER_50.slope * logit(q));
}

/** Where six of seven of the runs ended for which q was expected. */
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
