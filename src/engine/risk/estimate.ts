import type { LayerRisk, Risk } from "../model.ts";
import { failureFeatures, probabilityFailure } from "./failure.ts";
import { probabilityNaN } from "./overflow.ts";
import { type Propagation, propagate } from "./propagate.ts";
import type { RiskModel } from "./riskModel.ts";
import { afterTraining, expectedRange, probabilityOver25, probabilityOver50 } from "./share.ts";
import { silencing } from "./silence.ts";
import { steps } from "./step.ts";
import { training } from "./stepRule.ts";

/** One hidden layer; shares are of its units, 0..1. Dead are those that are always negative, where the activation dies. */
export interface LayerEstimate extends LayerRisk {
  /** Negative on every input at initialisation: dead under ReLU, still learning under Leaky ReLU. */
  readonly alwaysNegative: number;
  /** Negative on every input after training, whether dead for it or not; 0 where that was not measured. */
  readonly silentAfterTraining: number;
  /** k: share of living units that the steps kill, or silence where silent units live. */
  readonly killed: number;
  /** r: share of dead units that training revives. */
  readonly revived: number;
  /** Whether the layer has an activation and counts in the means. */
  readonly counts: boolean;
}

/** What a risk says of a network as a whole: shares are means over the layers with an activation. */
export interface Estimate extends Omit<Risk, "layers" | "assumptions" | "counterfactuals"> {
  /** One entry for each hidden layer, linear ones too. */
  readonly layers: readonly LayerEstimate[];
  readonly silentAfterTraining: number;
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
  const layers = propagation.layers.map((state, index): LayerEstimate => {
    const { alwaysNegative, correlation, unit, mean, unitSpread, spread } = state;
    const silenced = silencing(model.hidden[index]!, unit.dies);
    const { killed, revived } = training(model, step, index, propagation.deadAsWhole, silenced ?? 0);
    const after = afterTraining(alwaysNegative, { killed, revived });
    return {
      alwaysNegative,
      deadAtInit: unit.dies ? alwaysNegative : 0,
      deadAfterTraining: unit.dies ? after : 0,
      silentAfterTraining: silenced === null ? 0 : after,
      correlation,
      stepSize: step.layers[index]!.size,
      preActivations: { mean, betweenUnits: unitSpread, betweenInputs: spread },
      gradientScale: step.layers[index]!.gradient,
      killed,
      revived,
      counts: model.hidden[index]!.activation !== null,
    };
  });
  const counted = layers.filter(({ counts }) => counts);
  if (counted.length === 0) return null;
  const mean = (value: (layer: LayerEstimate) => number) =>
    counted.reduce((sum, layer) => sum + value(layer), 0) / counted.length;
  const q = mean((layer) => layer.deadAfterTraining);
  const silent = mean((layer) => layer.silentAfterTraining);
  const size = logStepSize(layers);
  const dying = propagation.layers.filter(({ unit }) => unit.dies).length / layers.length;
  const nan = probabilityNaN(model, step, dying);
  return {
    layers,
    deadAtInit: mean((layer) => layer.deadAtInit),
    deadAfterTraining: q,
    silentAfterTraining: silent,
    logStepSize: size,
    range: expectedRange(q),
    probabilityOver25: probabilityOver25(q),
    probabilityOver50: probabilityOver50(q),
    probabilityNaN: nan,
    probabilityFailure: probabilityFailure(
      step.isSigned,
      failureFeatures(propagation, step, { silent, probabilityNaN: nan, logStepSize: size }),
    ),
    deadAsWhole: propagation.deadAsWhole,
    outputStd: step.outputStd,
    gradientNorm: step.gradientNorm,
  };
}

/** Mean of log10 rho, beyond nine decades no more. */
export function logStepSize(layers: readonly { readonly stepSize: number }[]): number {
  let sum = 0;
  for (const { stepSize } of layers) sum += Math.log10(Math.max(1e-9, Math.min(1e9, stepSize)));
  return sum / layers.length;
}
