/** The fits of what other activations do: silent units, and the chance that training fails. */
import type { FailureFeatures } from "../../src/engine/risk/failure.ts";
import { sigmoid } from "../../src/engine/risk/sigmoid.ts";
import { minimise } from "./minimise.ts";
import { loss, lossSlope } from "./rules.ts";
import type { Run } from "./runs.ts";

/** NaN, or no better than the best constant answer by this much: accuracy, in regression R^2. */
const BETTER = 0.05;

/** Undefined where it was not written down. */
export function hasFailed({ nan_step, acc_final, majority }: Run): boolean | undefined {
  if ((nan_step ?? null) !== null) return true;
  if (majority === undefined || acc_final === undefined) return undefined;
  return acc_final === null || acc_final <= majority + BETTER;
}

/** A run without units that die. Per layer: log odds of k and r by the rule for ReLU, and what the run measured. */
export interface SilencedRun {
  readonly features: readonly number[];
  readonly kills: readonly number[];
  readonly revived: readonly number[];
  readonly atInit: readonly number[];
  readonly measured: readonly number[];
}

/** The numbers c: one for each feature. */
export function fitSilence(runs: readonly SilencedRun[]): readonly number[] {
  return minimise((w, gradient) => {
    gradient.fill(0);
    let total = 0;
    for (const { features, kills, revived, atInit, measured } of runs) {
      const c = features.reduce((sum, value, i) => sum + value * w[i]!, 0);
      const layers = measured.map((_, l) => {
        const k = sigmoid(kills[l]! + c);
        const p = atInit[l]! * (1 - revived[l]!);
        return { q: 1 - (1 - p) * (1 - k), slope: (1 - p) * k * (1 - k) };
      });
      const q = layers.reduce((sum, layer) => sum + layer.q, 0) / layers.length;
      const y = measured.reduce((sum, share) => sum + share, 0) / layers.length;
      total += loss(q, y) / runs.length;
      const slope = layers.reduce((sum, layer) => sum + layer.slope, 0) / layers.length;
      const dc = (lossSlope(q, y) * slope) / runs.length;
      for (const [i, value] of features.entries()) gradient[i]! += dc * value;
    }
    return total;
  }, new Array<number>(runs[0]!.features.length).fill(0));
}

/** In the order in which weights are written. */
export const FAILURE = [
  "one",
  "silent",
  "slow",
  "fast",
  "fading",
  "alike",
  "overflow",
  "distance",
  "depth",
  "width",
  "residual",
  "leak",
] as const satisfies readonly (keyof FailureFeatures)[];

export const SILENCE = ["leak", "decades", "prelu", "elu", "gelu", "silu"] as const;
