import { normalCdf, overSpread, tabulatedCdf } from "./gaussian.ts";
import type { Moments } from "./initialisers.ts";

/** Pre-activations of a layer: m_u ~ N(mu, betweenUnits), variance over the inputs withinUnits. */
export interface PreActivation {
  readonly mu: number;
  readonly betweenUnits: number;
  readonly withinUnits: number;
  /** The part of `withinUnits` that all units have in common. */
  readonly coherent: number;
}

/**
 * Share of units, 0..1, that are negative on every input: P(m_u <= -M s_u t). s_u spreads like the root of chi2_r/r
 * (cube-root approximation of Wilson and Hilferty 1931), t is lognormal with the variance that the finite widths so
 * far have added up. For mu = 0 and no spread this is Phi(-M sqrt((1 - c) / c)), c the correlation of two inputs.
 */
export function neverPositive(
  { mu, betweenUnits, withinUnits }: Omit<PreActivation, "coherent">,
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

/** The same of units that have one value for all inputs: weights of 0, or nothing but zeros to see. */
export function constantNegative({ mean, std }: Moments): number {
  if (std > 0) return normalCdf(-mean / std);
  return mean <= 0 ? 1 : 0;
}
