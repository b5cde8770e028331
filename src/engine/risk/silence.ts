/**
 * Units that are negative on every input where they don't die for it: a leaky unit is silent all the same, and with a
 * small slope it learns slowly. Steps silence fewer of them than they kill under ReLU,
 *
 *     k = sigma(w . features + c)
 *
 * with one number c for each measured activation, and for a leak a line over the decades of its slope: from twins of
 * ReLU runs with the same seed, weights and data. They are silent from the start as often as a ReLU.
 */
import { SILENCED } from "./fitted.ts";
import type { HiddenLayer } from "./riskModel.ts";
import { dot } from "./sigmoid.ts";

export interface SilenceFeatures {
  readonly leak: number;
  /** Decades of a leak's slope above 0.01; measured up to 0.2. */
  readonly decades: number;
  readonly prelu: number;
  readonly elu: number;
  readonly gelu: number;
  readonly silu: number;
}

const NONE: SilenceFeatures = { leak: 0, decades: 0, prelu: 0, elu: 0, gelu: 0, silu: 0 };

const SMALLEST_SLOPE = 0.01;
const LARGEST_SLOPE = 0.2;

/** Null for an activation whose silent units were not measured. */
export function silenceFeatures({ activation }: HiddenLayer): SilenceFeatures | null {
  switch (activation?.id) {
    case "leaky_relu": {
      const slope = activation.parameters.negative_slope ?? SMALLEST_SLOPE;
      const measured = Math.min(Math.max(slope, SMALLEST_SLOPE), LARGEST_SLOPE);
      return { ...NONE, leak: 1, decades: Math.log10(measured / SMALLEST_SLOPE) };
    }
    case "prelu":
      return { ...NONE, prelu: 1 };
    case "elu":
      return { ...NONE, elu: 1 };
    case "gelu":
    case "gelu_tanh":
      return { ...NONE, gelu: 1 };
    case "silu":
      return { ...NONE, silu: 1 };
    default:
      return null;
  }
}

/** c, or null where it was not measured. 0 for units that die: the rule is theirs. */
export function silencing(layer: HiddenLayer, dies: boolean): number | null {
  if (dies) return 0;
  const features = silenceFeatures(layer);
  return features && dot(SILENCED, features);
}
