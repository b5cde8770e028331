/** What one layer does to the three numbers that are carried through a network, and what normalisations do to them. */
import { COHERENT_SPREAD } from "./constants.ts";
import type { PreActivation } from "./dead.ts";
import type { Moments } from "./initialisers.ts";
import type { HiddenLayer } from "./riskModel.ts";

/** Added to variances so that quotients exist; far below any scale that occurs. */
const TINY = 1e-290;

/** E1, A and V of a layer's activations. */
export type Signal = { readonly e1: number; readonly a: number; readonly v: number };

export function preActivation(
  layer: HiddenLayer,
  weights: Moments,
  bias: Moments,
  { e1, a, v }: Signal,
): PreActivation {
  const variance = weights.std ** 2;
  const coherent = weights.mean ** 2 * layer.fanIn * layer.fanIn * v * COHERENT_SPREAD;
  return {
    mu: bias.mean + weights.mean * layer.fanIn * e1,
    betweenUnits: bias.std ** 2 + variance * layer.fanIn * a + TINY,
    withinUnits: variance * layer.fanIn * v + coherent + TINY,
  };
}

/** BatchNorm centres every unit; LayerNorm removes the shift and scale common to all units, not the correlation. */
export function normalise(raw: PreActivation, kind: "batch" | "layer" | null): PreActivation {
  if (kind === "batch") return { mu: 0, betweenUnits: 1e-18, withinUnits: 1 };
  if (kind === null) return raw;
  const total = raw.betweenUnits + raw.withinUnits;
  return { mu: 0, betweenUnits: raw.betweenUnits / total, withinUnits: raw.withinUnits / total };
}

export function normaliseAfter({ e1, a, v }: Signal, kind: "batch" | "layer", negative: number): Signal {
  if (kind === "batch") return { e1: 0, a: 0, v: Math.max(1 - negative, 1e-9) };
  const total = Math.max(a + v - e1 * e1, 1e-12);
  return { e1: 0, a: Math.max(a - e1 * e1, 0) / total, v: v / total };
}
