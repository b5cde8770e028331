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
    coherent,
  };
}

/** BatchNorm centres every unit; LayerNorm removes what all units have in common, shift and spread, and the scale. */
export function normalise(raw: PreActivation, kind: "batch" | "layer" | null): PreActivation {
  if (kind === "batch") return { mu: 0, betweenUnits: 1e-18, withinUnits: 1, coherent: 0 };
  if (kind === null) return raw;
  const own = raw.withinUnits - raw.coherent;
  const total = raw.betweenUnits + own;
  return { mu: 0, betweenUnits: raw.betweenUnits / total, withinUnits: own / total, coherent: 0 };
}

/** What a unit is without a signal: its bias. BatchNorm leaves nothing of it, LayerNorm what differs between units. */
export function atRest(bias: Moments, kind: "batch" | "layer" | null): Moments {
  if (kind === null) return bias;
  return { mean: 0, std: kind === "layer" && bias.std > 0 ? 1 : 0 };
}

export function normaliseAfter({ e1, a, v }: Signal, kind: "batch" | "layer", negative: number): Signal {
  if (kind === "batch") return { e1: 0, a: 0, v: Math.max(1 - negative, 1e-9) };
  const total = Math.max(a + v - e1 * e1, 1e-12);
  return { e1: 0, a: Math.max(a - e1 * e1, 0) / total, v: v / total };
}
