import { activationById, defaultParameters } from "../activations/catalogue.ts";
import { overInputs, overUnits, tabulatedCdf, tabulatedPdf } from "./gaussian.ts";
import type { HiddenLayer } from "./riskModel.ts";

/** What the estimator needs of an activation. */
export interface UnitFunction {
  f(z: number): number;
  /** Whether a unit that is negative on every input passes no gradient. */
  readonly dies: boolean;
  /** Slope for z < 0 of a function that is z for z > 0 and straight below: closed forms; else null. */
  readonly negativeSlope: number | null;
}

const LINEAR: UnitFunction = { f: (z) => z, dies: false, negativeSlope: 1 };

/** Straight on both sides of 0 with slope 1 on the right, unless a ceiling or a threshold bends them elsewhere. */
const TWO_LINES: ReadonlySet<string> = new Set(["relu", "leaky_relu", "prelu", "rrelu"]);

/** null when the catalogue has no such function of one number (softmax is one of a vector). */
export function unitFunction(activation: HiddenLayer["activation"]): UnitFunction | null {
  if (activation === null) return LINEAR;
  const entry = activationById(activation.id);
  if (entry?.shape !== "elementwise") return null;
  const parameters = defaultParameters(entry, activation.parameters);
  const f = (z: number) => entry.f(z, parameters);
  const straight = TWO_LINES.has(entry.id) && entry.kinks(parameters).every(({ x }) => x === 0);
  return { f, dies: entry.dies(parameters), negativeSlope: straight ? -f(-1) : null };
}

/** A layer's activations h_u(x) over units u and inputs x. */
export interface LayerMoments {
  /** E1 = mean_u E_x h */
  readonly mean: number;
  /** A = mean_u (E_x h)^2: between units. */
  readonly between: number;
  /** V = mean_u Var_x h: between inputs. */
  readonly within: number;
  /** Share of (unit, input) pairs with a positive pre-activation. */
  readonly active: number;
}

/**
 * Units with means m ~ N(mu, sm^2), each with inputs spread by s: a 21-point quadrature over the means of what each
 * unit gives, E f(z) and E f(z)^2 for z ~ N(m, s^2). Two straight lines: with psi1, psi2 the moments of the rectified
 * normal (Cho and Saul 2009, the arc-cosine kernels of degree 1; He et al. 2015 for a slope). Smooth: 9-point
 * quadrature over the inputs. One loop without objects: this and neverPositive() are what an estimate costs.
 */
export function layerMoments(unit: UnitFunction, mu: number, sm: number, s: number): LayerMoments {
  const { nodes, weights } = overUnits();
  const inputs = overInputs();
  const slope = unit.negativeSlope;
  // Below this the closed forms subtract equal numbers: a unit has then one value for all inputs. The nodes are even.
  const largest = Math.abs(mu) + sm * nodes[nodes.length - 1]!;
  const constant = s <= 1e-9 * largest;
  const divisor = Math.max(s, 1e-280);
  // No unit has an input that reaches 0: Phi(-39) is 0 in doubles.
  if (slope === 0 && mu + sm * nodes[nodes.length - 1]! < -39 * divisor)
    return { mean: 0, between: 0, within: 0, active: 0 };
  let mean = 0;
  let between = 0;
  let second = 0;
  let active = 0;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const weight = weights[i]!;
    const m = mu + sm * nodes[i]!;
    const t = m / divisor;
    // What is left of a unit's upper tail there is less than 1e-15: it counts where no other unit has more.
    const isBelow = t < -8 && active > 1e-6;
    const density = isBelow ? 0 : tabulatedPdf(t);
    const above = isBelow ? 0 : tabulatedCdf(t);
    let ef = 0;
    let ef2 = 0;
    if (constant) {
      ef = unit.f(m);
      ef2 = ef * ef;
    } else if (slope !== null) {
      const psi1 = m * above + s * density;
      const psi2 = (m * m + s * s) * above + m * s * density;
      ef = psi1 - slope * (psi1 - m);
      ef2 = psi2 + slope * slope * (m * m + s * s - psi2);
    } else {
      for (let j = 0; j < inputs.nodes.length; j++) {
        const value = unit.f(m + s * inputs.nodes[j]!);
        ef += inputs.weights[j]! * value;
        ef2 += inputs.weights[j]! * value * value;
      }
    }
    mean += weight * ef;
    between += weight * ef * ef;
    second += weight * ef2;
    active += weight * above;
  }
  return { mean, between, within: Math.max(second - between, 0), active };
}
