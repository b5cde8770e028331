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
  const reach = largestDeviation * Math.sqrt(withinUnits);
  const spreads = spreadsOf(rank);
  const deviation = Math.sqrt(widthVariance);
  // A signal that has ended: no unit comes near 0 by it, however large its spread.
  const widest = Math.exp(0.5 * nodes[nodes.length - 1]! * deviation) * spreads[nodes.length - 1]!;
  if (-(mu + reach * widest) / sm >= 8) return 1;
  let share = 0;
  for (let j = 0; j < nodes.length; j++) {
    // Without fluctuations the factor is 1 at every node.
    const factor = widthVariance === 0 ? 1 : Math.exp(0.5 * (nodes[j]! * deviation - widthVariance / 2));
    let below = 0;
    for (let i = 0; i < nodes.length; i++) {
      const z = -(mu + reach * factor * spreads[i]!) / sm;
      // Spreads grow, so no later one has more; and a share of 1e-15 is none.
      if (z < -8) break;
      below += weights[i]! * tabulatedCdf(z);
    }
    if (widthVariance === 0) return below;
    if (below === 0) break; // Factors grow too.
    share += weights[j]! * below;
  }
  return share;
}

/** s_u relative to the layer's, at each node, growing. */
function spreadsOf(rank: number): readonly number[] {
  // Most layers have the rank of the one before them: a twentieth of an estimate.
  if (last?.rank === rank) return last.spreads;
  const v = 2 / (9 * rank);
  const spreads = overSpread().nodes.map((node) => {
    const cubeRoot = Math.max(1 - v + node * Math.sqrt(v), 1e-3);
    return cubeRoot * Math.sqrt(cubeRoot);
  });
  last = { rank, spreads };
  return spreads;
}

let last: { readonly rank: number; readonly spreads: readonly number[] } | undefined;

/** The same of units that have one value for all inputs: weights of 0, or nothing but zeros to see. */
export function constantNegative({ mean, std }: Moments): number {
  if (std > 0) return normalCdf(-mean / std);
  return mean <= 0 ? 1 : 0;
}
