/** Which layer of a reading stands for which layer of the truth, when some are missing or wrong. */
import type { TruthLayer } from "./truth.ts";

/** A layer as the engine states it; null: it doesn't know. `activation` null is a linear layer. */
export interface ReadLayer {
  readonly kind: "dense" | "conv";
  readonly fanIn: number | null;
  readonly fanOut: number | null;
  readonly activation: string | null;
  readonly normalisation: string | null;
  /** Standard deviation with which its weights are drawn. */
  readonly spread?: number;
}

export type Pair = readonly [truth: TruthLayer | undefined, read: ReadLayer | undefined];

/** To leave both out costs 2, so that layers of the same kind are paired even when both sizes differ. */
const ALONE = 1;

const unlike = (truth: unknown, read: unknown, differing: number, unknown: number): number =>
  truth === read ? 0 : read === null ? unknown : differing;

function cost(truth: TruthLayer, read: ReadLayer): number {
  if (truth.kind !== read.kind) return 3 * ALONE;
  return (
    unlike(truth.fanIn, read.fanIn, 0.8, 0.2) +
    unlike(truth.fanOut, read.fanOut, 0.8, 0.2) +
    unlike(truth.activation, read.activation, 0.2, 0.05) +
    unlike(truth.normalisation, read.normalisation, 0.15, 0.05)
  );
}

/** The cheapest alignment that keeps both orders: one layer that is missing makes none after it wrong. */
export function align(truth: readonly TruthLayer[], read: readonly ReadLayer[]): Pair[] {
  const width = read.length + 1;
  const at = (i: number, j: number) => i * width + j;
  // From the end, so that the way is followed forwards, and of equal ways the one that pairs early is taken.
  const costs = new Float64Array((truth.length + 1) * width);
  for (let i = truth.length; i >= 0; i--) {
    for (let j = read.length; j >= 0; j--) {
      const [wanted, stated] = [truth[i], read[j]];
      let best = wanted || stated ? Number.POSITIVE_INFINITY : 0;
      if (wanted) best = Math.min(best, ALONE + (costs[at(i + 1, j)] ?? 0));
      if (stated) best = Math.min(best, ALONE + (costs[at(i, j + 1)] ?? 0));
      if (wanted && stated) best = Math.min(best, cost(wanted, stated) + (costs[at(i + 1, j + 1)] ?? 0));
      costs[at(i, j)] = best;
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < truth.length || j < read.length) {
    const [wanted, stated] = [truth[i], read[j]];
    const here = costs[at(i, j)] ?? 0;
    const isNear = (value: number) => Math.abs(value - here) < 1e-9;
    if (wanted && stated && isNear(cost(wanted, stated) + (costs[at(i + 1, j + 1)] ?? 0))) {
      pairs.push([wanted, stated]);
      i++;
      j++;
    } else if (wanted && isNear(ALONE + (costs[at(i + 1, j)] ?? 0))) {
      pairs.push([wanted, undefined]);
      i++;
    } else {
      pairs.push([undefined, stated]);
      j++;
    }
  }
  return pairs;
}
