import { probabilityNaN } from "./overflow.ts";
import { type Propagation, propagate } from "./propagate.ts";
import type { RiskModel } from "./riskModel.ts";
import { afterTraining, expectedRange, probabilityOver25, probabilityOver50 } from "./share.ts";
import { steps } from "./step.ts";
import { training } from "./stepRule.ts";

/** One hidden layer; shares are of its units, 0..1. */
export interface LayerEstimate {
  /** Negative on every input at initialisation: dead under ReLU, still learning under Leaky ReLU. */
  readonly alwaysNegative: number;
  /** `alwaysNegative` where the activation dies, 0 elsewhere. */
  readonly deadAtInit: number;
  readonly deadAfterTraining: number;
  /** Mean-field correlation of two inputs, 0..1. */
  readonly correlation: number;
  /** rho. */
  readonly stepSize: number;
  /** k: share of living units that the steps kill. */
  readonly killed: number;
  /** r: share of dead units that training revives. */
  readonly revived: number;
  /** Whether the layer has an activation and counts in the means. */
  readonly counts: boolean;
}

export interface Estimate {
  /** One entry for each hidden layer, linear ones too. */
  readonly layers: readonly LayerEstimate[];
  /** Means over the layers with an activation. */
  readonly deadAtInit: number;
  /** q */
  readonly deadAfterTraining: number;
  /** Mean over all layers of log10 rho: near -1 trains well, below -2 slowly, above 0 steps are too large. */
  readonly logStepSize: number;
  readonly range: readonly [number, number];
  readonly probabilityOver25: number;
  readonly probabilityOver50: number;
  readonly probabilityNaN: number;
  /** P(some layer is dead as a whole at initialisation). */
  readonly deadAsWhole: number;
  /** Standard deviation of the outputs at initialisation. */
  readonly outputStd: number;
  readonly gradientNorm: number;
}

/** Null when an activation is not a function of one number, or no hidden layer has an activation. */
export function estimate(model: RiskModel): Estimate | null {
  const propagation = propagate(model);
  return propagation && estimateOf(propagation);
}

/** The same of a network whose initialisation has been looked at. Steps, clipping and loss are those of its model. */
export function estimateOf(propagation: Propagation): Estimate | null {
  const { model } = propagation;
  const step = steps(model, propagation);
  const layers = propagation.layers.map(({ alwaysNegative, correlation, unit }, index): LayerEstimate => {
    const deadAtInit = unit.dies ? alwaysNegative : 0;
    const trained = training(model, step, index, propagation.deadAsWhole);
    return {
      alwaysNegative,
      deadAtInit,
      deadAfterTraining: unit.dies ? afterTraining(deadAtInit, trained) : 0,
      correlation,
      stepSize: step.layers[index]!.size,
      ...trained,
      counts: model.hidden[index]!.activation !== null,
    };
  });
  const counted = layers.filter(({ counts }) => counts);
  if (counted.length === 0) return null;
  const mean = (value: (layer: LayerEstimate) => number) =>
    counted.reduce((sum, layer) => sum + value(layer), 0) / counted.length;
  const q = mean((layer) => layer.deadAfterTraining);
  const dying = propagation.layers.filter(({ unit }) => unit.dies).length / layers.length;
  return {
    layers,
    deadAtInit: mean((layer) => layer.deadAtInit),
    deadAfterTraining: q,
    logStepSize: logStepSize(step.layers.map(({ size }) => size)),
    range: expectedRange(q),
    probabilityOver25: probabilityOver25(q),
    probabilityOver50: probabilityOver50(q),
    probabilityNaN: probabilityNaN(model, step, dying),
    deadAsWhole: propagation.deadAsWhole,
    outputStd: step.outputStd,
    gradientNorm: step.gradientNorm,
  };
}

function logStepSize(sizes: readonly number[]): number {
  const clipped = sizes.map((rho) => Math.log10(Math.max(1e-9, Math.min(1e9, rho))));
  return clipped.reduce((sum, value) => sum + value, 0) / clipped.length;
}
