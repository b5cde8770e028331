/** The fits themselves: weights of the rule for training, of the chance of NaN, and from a share to a probability. */
import { logit, sigmoid } from "../../src/engine/risk/sigmoid.ts";
import { minimise } from "./minimise.ts";

/** Weight of the layers' shares beside the network's in the loss; strength of the pull of weights to 0. Cross-validated. */
const LAYERS = 0.5;
const RIDGE = 0.0005;

/** Loss of an expected share: as of a probability, so that 0 where units died costs most. */
const EDGE = 1e-3;
export const loss = (q: number, y: number) =>
  -(y * Math.log(Math.max(q, EDGE)) + (1 - y) * Math.log(Math.max(1 - q, EDGE)));
export const lossSlope = (q: number, y: number) => (q < EDGE || q > 1 - EDGE ? 0 : (q - y) / (q * (1 - q)));

/** A run of one family of optimisers: per layer the features, the share at initialisation and the one measured. */
export interface TrainedRun {
  readonly killing: readonly (readonly number[])[];
  readonly reviving: readonly (readonly number[])[];
  readonly alive: number;
  readonly atInit: readonly number[];
  readonly measured: readonly number[];
}

const inner = (a: readonly number[], b: readonly number[], from = 0): number =>
  b.reduce((sum, value, i) => sum + a[from + i]! * value, 0);

/** [weights of k, weights of r], the first of each not pulled to 0. */
export function fitTraining(runs: readonly TrainedRun[]): readonly [readonly number[], readonly number[]] {
  const kills = runs[0]!.killing[0]!.length;
  const revives = runs[0]!.reviving[0]!.length;
  const start = new Array<number>(kills + revives).fill(0);
  start[0] = -1;
  start[kills] = -3;
  const weights = minimise((w, gradient) => {
    gradient.fill(0);
    let total = 0;
    for (const run of runs) {
      const depth = run.measured.length;
      const layers = run.measured.map((measured, l) => {
        const k = sigmoid(inner(w, run.killing[l]!));
        const r = sigmoid(inner(w, run.reviving[l]!, kills));
        const p = run.atInit[l]! * (1 - run.alive * r);
        return { measured, k, r, p, q: 1 - (1 - p) * (1 - k) };
      });
      const q = layers.reduce((sum, layer) => sum + layer.q, 0) / depth;
      const y = layers.reduce((sum, { measured }) => sum + measured, 0) / depth;
      total += loss(q, y) / runs.length;
      const slope = lossSlope(q, y);
      for (const [l, layer] of layers.entries()) {
        total += (LAYERS * loss(layer.q, layer.measured)) / depth / runs.length;
        const dq = (slope + LAYERS * lossSlope(layer.q, layer.measured)) / depth / runs.length;
        const dk = dq * (1 - layer.p) * layer.k * (1 - layer.k);
        const dr = -dq * (1 - layer.k) * run.atInit[l]! * run.alive * layer.r * (1 - layer.r);
        for (let i = 0; i < kills; i++) gradient[i]! += dk * run.killing[l]![i]!;
        for (let i = 0; i < revives; i++) gradient[kills + i]! += dr * run.reviving[l]![i]!;
      }
    }
    return total + ridge(w, gradient, [0, kills]);
  }, start);
  return [weights.slice(0, kills), weights.slice(kills)];
}

/** Logistic regression; the first feature is 1. */
export function fitLogistic(
  features: readonly (readonly number[])[],
  happened: readonly boolean[],
): readonly number[] {
  return minimise((w, gradient) => {
    gradient.fill(0);
    let total = 0;
    for (const [n, values] of features.entries()) {
      const p = sigmoid(inner(w, values));
      const y = happened[n] ? 1 : 0;
      total -= (y ? Math.log(p) : Math.log(1 - p)) / features.length;
      for (const [i, value] of values.entries()) gradient[i]! += ((p - y) * value) / features.length;
    }
    return total + ridge(w, gradient, [0]);
  }, new Array<number>(features[0]!.length).fill(0));
}

/** sigma(intercept + slope logit q) for the chance that the measured share is above a limit. */
export function fitOver(
  q: readonly number[],
  measured: readonly number[],
  limit: number,
): readonly [number, number] {
  const over = measured.map((share) => share > limit);
  const [intercept, slope] = fitLogistic(
    q.map((share) => [1, logit(share)]),
    over,
  );
  return [intercept!, slope!];
}

function ridge(w: readonly number[], gradient: number[], free: readonly number[]): number {
  let sum = 0;
  for (const [i, weight] of w.entries()) {
    if (free.includes(i)) continue;
    sum += RIDGE * weight * weight;
    gradient[i]! += 2 * RIDGE * weight;
  }
  return sum;
}
