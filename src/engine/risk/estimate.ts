import { type UnitFunction, unitFunction } from "./moments.ts";
import { propagate } from "./propagate.ts";
import type { RiskModel } from "./riskModel.ts";
import {
  afterTraining,
  expectedRange,
  killedBySteps,
  logStepSize,
  probabilityOver25,
  probabilityOver50,
} from "./share.ts";
import { steps } from "./step.ts";

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
  /** k: share of living units that the steps kill. */
  readonly killed: number;
  /** Mean log10 rho. */
  readonly logStepSize: number;
  readonly range: readonly [number, number];
  readonly probabilityOver25: number;
  readonly probabilityOver50: number;
  /** P(some layer is dead as a whole at initialisation). */
  readonly deadAsWhole: number;
  /** Standard deviation of the outputs at initialisation. */
  readonly outputStd: number;
  readonly gradientNorm: number;
}

/** Null when an activation is not a function of one number, or no hidden layer has an activation. */
export function estimate(model: RiskModel): Estimate | null {
  const units: UnitFunction[] = [];
  for (const { activation } of model.hidden) {
    const unit = unitFunction(activation);
    if (unit === null) return null;
    units.push(unit);
  }
  const propagation = propagate(model, units);
  const { sizes, outputStd, gradientNorm } = steps(model, propagation);
  const killed = killedBySteps(model, sizes);
  const layers = propagation.layers.map(({ alwaysNegative, correlation, unit }, index): LayerEstimate => {
    const deadAtInit = unit.dies ? alwaysNegative : 0;
    return {
      alwaysNegative,
      deadAtInit,
      deadAfterTraining: unit.dies ? afterTraining(deadAtInit, killed) : 0,
      correlation,
      stepSize: sizes[index]!,
      counts: model.hidden[index]!.activation !== null,
    };
  });
  const counted = layers.filter(({ counts }) => counts);
  if (counted.length === 0) return null;
  const mean = (value: (layer: LayerEstimate) => number) =>
    counted.reduce((sum, layer) => sum + value(layer), 0) / counted.length;
  const q = mean((layer) => layer.deadAfterTraining);
  return {
    layers,
    deadAtInit: mean((layer) => layer.deadAtInit),
    deadAfterTraining: q,
    killed,
    logStepSize: logStepSize(sizes),
    range: expectedRange(q),
    probabilityOver25: probabilityOver25(q),
    probabilityOver50: probabilityOver50(q),
    deadAsWhole: propagation.deadAsWhole,
    outputStd,
    gradientNorm,
  };
}
