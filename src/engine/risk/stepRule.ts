/**
 * From the size of one step to what training does to a layer, in quantities that have a meaning each:
 *
 *     k = sigma(w . features)      share of the layer's living units that the steps kill
 *     r = sigma(v . features)      share of its dead units that training revives: earlier layers still move
 *
 * Adam and RMSprop move every weight by about the learning rate whatever the gradient is; SGD moves it by the gradient.
 * Both have features of their own. The weights are fitted (fitted.ts), the features follow from these thoughts:
 *
 * - What kills is the shift of a unit's mean that all inputs share, in units of its spread (`shift`, decades).
 * - Behind a batch norm, a layer norm, a skip, in a convolution, the same shift does less (or more).
 * - Adam: within some steps the scale of initialisation is forgotten; then the rate itself counts (`rate`). With many
 *   outputs their gradients pull in as many directions (`directions`); far targets pull longer in one (`distance`).
 *   The more alike the inputs are to a unit, the less of a step is only noise (`coherence`).
 * - SGD: a step that promises to lower the loss by lr |g|^2 overshoots when that is more than there is (`fall`).
 *   Weights that are not centred move all units together (`common`).
 */
import { DESCENT_KILLS, REVIVAL, SIGNED_KILLS } from "./fitted.ts";
import type { RiskModel } from "./riskModel.ts";
import { dot, sigmoid } from "./sigmoid.ts";
import type { LayerStep, Steps } from "./step.ts";

interface LayerFeatures {
  readonly one: number;
  readonly shift: number;
  readonly batchNorm: number;
  readonly layerNorm: number;
  readonly convolution: number;
}

/** Of optimisers whose steps are signs: Adam, RMSprop. */
export interface SignedFeatures extends LayerFeatures {
  readonly coherence: number;
  readonly rate: number;
  readonly directions: number;
  readonly distance: number;
  readonly rmsprop: number;
}

/** Of gradient descent, with momentum or without. */
export interface DescentFeatures extends LayerFeatures {
  readonly fall: number;
  readonly common: number;
  readonly residual: number;
  readonly momentum: number;
}

export type RevivalFeatures = Pick<LayerFeatures, "one" | "layerNorm">;

/** Both lists have the same features of every layer; which list holds is the optimiser's. */
export type Features =
  | { readonly by: "signed"; readonly values: SignedFeatures }
  | { readonly by: "descent"; readonly values: DescentFeatures };

const decades = (value: number): number => Math.log10(Math.max(1e-9, Math.min(1e9, value)));

export function featuresOf(model: RiskModel, steps: Steps, index: number): Features {
  const { normalisation, residual, kind } = model.hidden[index]!;
  const step: LayerStep = steps.layers[index]!;
  const shift = decades(step.shift);
  const batchNorm = normalisation?.kind === "batch" ? 1 : 0;
  const layerNorm = normalisation?.kind === "layer" ? 1 : 0;
  const convolution = kind === "conv" ? 1 : 0;
  // Both written out: spreading a common part into them took a fifth of an estimate's time.
  if (steps.isSigned) {
    const directions = model.loss === "cross-entropy" ? model.output.units - 1 : model.output.units;
    return {
      by: "signed",
      values: {
        one: 1,
        shift,
        batchNorm,
        layerNorm,
        convolution,
        coherence: shift - decades(step.size),
        rate: decades(steps.rate),
        directions: decades(Math.max(1, directions)),
        distance: decades(Math.max(1, steps.pull)),
        rmsprop: model.optimiser === "rmsprop" ? 1 : 0,
      },
    };
  }
  return {
    by: "descent",
    values: {
      one: 1,
      shift,
      batchNorm,
      layerNorm,
      convolution,
      fall: clampedFall(steps),
      common: step.common,
      residual: residual ? 1 : 0,
      momentum: model.optimiser === "momentum" ? 1 : 0,
    },
  };
}

/** log10 of the fall of the loss that one step promises, lr |g|^2; beyond these bounds nothing was measured. */
export function clampedFall(steps: Steps): number {
  return Math.max(-5, Math.min(6, decades(steps.fall)));
}

export interface LayerTraining {
  /** k */
  readonly killed: number;
  /** r */
  readonly revived: number;
}

/** `silencing`: c of an activation that does not die (silence.ts), 0 for one that does. */
export function training(
  model: RiskModel,
  steps: Steps,
  index: number,
  deadAsWhole: number,
  silencing = 0,
): LayerTraining {
  const { by, values } = featuresOf(model, steps, index);
  const kills = by === "signed" ? dot(SIGNED_KILLS, values) : dot(DESCENT_KILLS, values);
  // No gradient passes a layer that is dead as a whole.
  return {
    killed: sigmoid(kills + silencing),
    revived: (1 - deadAsWhole) * sigmoid(dot(REVIVAL[by], values)),
  };
}
