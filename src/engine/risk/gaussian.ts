/** The standard normal distribution and Gauss-Hermite quadrature over it. Pure numbers, no state. */
import { normalCumulative, normalDensity } from "../activations/erf.ts";
import { lazy } from "../lazy.ts";

/** Phi(x), P(standard normal <= x), with its full relative precision in the lower tail; and its density. */
export { normalCumulative as normalCdf, normalDensity as normalPdf };

/**
 * The x with normalCdf(x) = p, for 0 < p < 1. Newton's method on the logarithm of the tail: it is concave, so from a
 * start beyond the root every iterate stays beyond it, and P(z > x) <= exp(-x^2/2)/2 gives such a start.
 */
export function normalQuantile(p: number): number {
  if (p < 0.5) return -normalQuantile(1 - p);
  const tail = 1 - p;
  let x = Math.sqrt(Math.max(-2 * Math.log(2 * tail), 0));
  for (let i = 0; i < 50; i++) {
    const above = normalCumulative(-x);
    const step = (Math.log(above / tail) * above) / normalDensity(x);
    x += step;
    if (Math.abs(step) <= 1e-15 * Math.max(x, 1)) break;
  }
  return x;
}

/** Points of the table a unit. */
const STEPS = 64;
/** Where the table ends: Phi(-8) is 6e-16. */
const END = 8;

/** Phi and its density at -8, -8 + 1/64, .. 8. */
const table = lazy(() => {
  const points = Array.from({ length: 2 * END * STEPS + 1 }, (_, i) => i / STEPS - END);
  return {
    probability: Float64Array.from(points, (x) => normalCumulative(x)),
    density: Float64Array.from(points, (x) => normalDensity(x)),
  };
});

/**
 * normalCdf(x) to 1e-9 relative, several times as fast: Taylor's series from the next point of a table, the derivatives
 * of a density being Hermite polynomials times the density.
 */
export function tabulatedCdf(x: number): number {
  if (x >= END) return 1;
  if (!(x > -END)) return normalCumulative(x);
  const { probability, density } = table();
  const index = Math.round((x + END) * STEPS);
  const at = index / STEPS - END;
  const d = x - at;
  const he2 = at * at - 1;
  const he3 = at * (he2 - 2);
  const he4 = at * he3 - 3 * he2;
  const series = 1 + (d / 2) * (-at + (d / 3) * (he2 + (d / 4) * (-he3 + (d / 5) * he4)));
  return probability[index]! + density[index]! * d * series;
}

/** normalPdf(x) in the same way. */
export function tabulatedPdf(x: number): number {
  if (!(x > -END && x < END)) return normalDensity(x);
  const index = Math.round((x + END) * STEPS);
  const at = index / STEPS - END;
  const d = x - at;
  const he2 = at * at - 1;
  const he3 = at * (he2 - 2);
  const he4 = at * he3 - 3 * he2;
  const he5 = at * he4 - 4 * he3;
  const series = 1 + d * (-at + (d / 2) * (he2 + (d / 3) * (-he3 + (d / 4) * (he4 - (d / 5) * he5))));
  return table().density[index]! * series;
}

/** Nodes and weights with sum_i w_i g(x_i) = E g(z), z standard normal; the weights sum to 1. */
export interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Gauss-Hermite quadrature for the standard normal, exact for polynomials up to degree 2 * count - 1. Nodes are the
 * roots of the orthonormal Hermite polynomials (three-term recurrence, Newton's method with deflation: Golub and
 * Welsch 1969 give the theory, Press et al., Numerical Recipes, section 4.6, the method).
 */
export function gaussHermite(count: number): Quadrature {
  const roots: number[] = [];
  const weights: number[] = [];
  for (let k = 0; k < count; k++) {
    // Every root lies below 2 sqrt(count); deflating those found makes Newton descend to the next one.
    let x = k === 0 ? 2 * Math.sqrt(count) : roots[k - 1]! - 1e-3;
    for (let i = 0; i < 200; i++) {
      const [value, slope] = hermite(count, x);
      const found = roots.reduce((sum, root) => sum + 1 / (x - root), 0);
      const step = value / (slope - value * found);
      x -= step;
      if (Math.abs(step) < 1e-13) break;
    }
    const [value, slope] = hermite(count, x);
    x -= value / slope;
    roots.push(Math.abs(x) < 1e-14 ? 0 : x);
    weights.push(1 / hermite(count, x)[1] ** 2);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { nodes: roots.reverse(), weights: weights.reverse().map((weight) => weight / total) };
}

/** Orthonormal (probabilists') Hermite polynomial of the given degree at x, and its derivative. */
function hermite(degree: number, x: number): readonly [number, number] {
  let previous = 0;
  let current = 1;
  for (let n = 0; n < degree; n++) {
    const next = (x * current - Math.sqrt(n) * previous) / Math.sqrt(n + 1);
    previous = current;
    current = next;
  }
  return [current, Math.sqrt(degree) * previous];
}

/** Over the means of a layer's units. */
export const overUnits = lazy(() => gaussHermite(21));
/** Over the spread of one unit and over finite-width fluctuations. */
export const overSpread = lazy(() => gaussHermite(7));
/** Inside a unit, for activations without closed form. */
export const overInputs = lazy(() => gaussHermite(9));
/** Over the scale of a whole signal that fades. */
export const overSignals = lazy(() => gaussHermite(3));
