import { normalCdf, overSpread, tabulatedCdf } from "./gaussian.ts";
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
  const v = 2 / (9 * rank);
  const spreads = nodes.map((node) => {
    const cubeRoot = Math.max(1 - v + node * Math.sqrt(v), 1e-3);
    return cubeRoot * Math.sqrt(cubeRoot);
  });
  const reach = largestDeviation * Math.sqrt(withinUnits);
  // Without fluctuations the factor is 1 at every node.
  if (widthVariance === 0) return shareBelow(mu, reach, sm, spreads);
  let share = 0;
  for (let j = 0; j < nodes.length; j++) {
    const factor = Math.exp(0.5 * (nodes[j]! * Math.sqrt(widthVariance) - widthVariance / 2));
    share += weights[j]! * shareBelow(mu, reach * factor, sm, spreads);
  }
  return share;
}

/** P(m_u <= -reach * spread) over the spreads of single units, relative to the layer's. */
function shareBelow(mu: number, reach: number, sm: number, spreads: readonly number[]): number {
  const { weights } = overSpread();
  let share = 0;
  for (let i = 0; i < weights.length; i++)
    share += weights[i]! * tabulatedCdf(-(mu + reach * spreads[i]!) / sm);
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
