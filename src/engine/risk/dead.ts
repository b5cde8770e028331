import { normalCdf, overSpread } from "./gaussian.ts";
import type { Moments } from "./initialisers.ts";

/** Pre-activations of a layer: m_u ~ N(mu, betweenUnits), variance over the inputs withinUnits. */
export interface PreActivation {
  readonly mu: number;
  readonly betweenUnits: number;
  readonly withinUnits: number;
}

/**
 * Share of units, 0..1, that are negative on every input: P(m_u <= -M s_u t). s_u spreads like the root of chi2_r/r
 * (cube-root approximation of Wilson and Hilferty 1931), t is lognormal with the variance that the finite widths so
 * far have added up. For mu = 0 and no spread this is Phi(-M sqrt((1 - c) / c)), c the correlation of two inputs.
 */
export function neverPositive(
  { mu, betweenUnits, withinUnits }: PreActivation,
  largestDeviation: number,
  rank: number,
  widthVariance: number,
): number {
  const { nodes, weights } = overSpread();
  const sm = Math.sqrt(betweenUnits);
  const s = Math.sqrt(withinUnits);
  const v = 2 / (9 * rank);
  const factors = nodes.map((node) => Math.exp(0.5 * (node * Math.sqrt(widthVariance) - widthVariance / 2)));
  let share = 0;
  for (let i = 0; i < nodes.length; i++) {
    const unitSpread = s * Math.sqrt(Math.max(1 - v + nodes[i]! * Math.sqrt(v), 1e-3) ** 3);
    let inner = 0;
    for (let j = 0; j < nodes.length; j++)
      inner += weights[j]! * normalCdf(-(mu + largestDeviation * unitSpread * factors[j]!) / sm);
    share += weights[i]! * inner;
  }
  return share;
}

/** The same where all weights are 0: a unit is its bias, or 0 behind a normalisation. */
export function constantNegative(bias: Moments, normalised: boolean): number {
  if (normalised) return 1;
  if (bias.std > 0) return normalCdf(-bias.mean / bias.std);
  return bias.mean <= 0 ? 1 : 0;
}

/** The same where the layer's inputs are all 0, because a layer before it is dead as a whole. */
export function negativeBias(bias: Moments): number {
  if (bias.std === 0 && bias.mean === 0) return 1;
  return normalCdf(-bias.mean / (bias.std + 1e-12));
}
