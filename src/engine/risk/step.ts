import { CROSS_ENTROPY_GRADIENT, MEAN_TO_RMS, RECTIFIED_VARIANCE, STEP_MULTIPLIER } from "./constants.ts";
import type { LayerState } from "./layerState.ts";
import type { Propagation } from "./propagate.ts";
import { type HiddenLayer, type RiskModel, weightsOf } from "./riskModel.ts";

/** One step of one hidden layer. */
export interface LayerStep {
  /** rho: how far it moves a pre-activation, in units of the root mean square of the layer's pre-activations. */
  readonly size: number;
  /** The part of it that all inputs have in common. */
  readonly shift: number;
  /** |mean| / root mean square of the layer's weights, 0..1. */
  readonly common: number;
  /** Root mean square of the loss gradient at the layer's pre-activations, before any clipping. */
  readonly gradient: number;
}

export interface Steps {
  readonly layers: readonly LayerStep[];
  /** Whether a step is the gradient's sign, more or less, whatever its size: Adam, RMSprop. */
  readonly isSigned: boolean;
  /** Learning rate times what the optimiser multiplies gradients by. */
  readonly rate: number;
  /** Gradient of the loss with respect to the outputs, in units of that of cross-entropy. */
  readonly pull: number;
  /** What one step of gradient descent promises to lower the loss by, to first order: rate |g|^2, clipped. */
  readonly fall: number;
  /** Standard deviation of the network's outputs at initialisation. */
  readonly outputStd: number;
  /** Norm of the whole gradient at initialisation, which clipping compares with its limit. */
  readonly gradientNorm: number;
}

/**
 * One optimiser step, by mean-field back-propagation (Schoenholz et al. 2017). For the gradient delta of a
 * pre-activation, inputs h and learning rate lr:
 *
 *     SGD   dz = lr delta (|h|^2 + 1)         Adam  dz = lr (0.8 F sqrt(A + V) + 1), as its steps are signs
 *     rho = dz / sqrt(mu^2 + sm2 + s2)
 *
 * rho >= 1: one step can push every unit past all of its data. The shift is the same with A in the place of A + V:
 * what varies between inputs averages out.
 */
export function steps(model: RiskModel, { layers, outputPower }: Propagation): Steps {
  const { output, optimiser, learningRate } = model;
  const outputWeights = weightsOf(output);
  const outputWeight = Math.hypot(outputWeights.mean, outputWeights.std);
  const lastNorm = output.fanIn * outputPower;
  const outputStd = outputWeight * Math.sqrt(Math.max(lastNorm, 0));
  const lossGradient =
    model.loss === "cross-entropy"
      ? CROSS_ENTROPY_GRADIENT
      : 2 * Math.hypot(model.targetScale, Math.min(outputStd, 1e15));

  const deltas = backPropagate(model.hidden, layers, outputWeight * lossGradient);
  let squares = lossGradient ** 2 * (lastNorm + 1);
  for (const [index, { units, fanIn }] of model.hidden.entries())
    squares += units * deltas[index]! ** 2 * (fanIn * layers[index]!.inputPower + 1);
  const gradientNorm = Math.sqrt(squares);
  const clipping = model.clipNorm ? Math.min(1, model.clipNorm / gradientNorm) : 1;

  const isSigned = optimiser === "adam" || optimiser === "rmsprop";
  const rate = learningRate * STEP_MULTIPLIER[optimiser];
  const sizes = model.hidden.map(({ fanIn }, index): LayerStep => {
    const { inputPower, inputBetween, rms, weights } = layers[index]!;
    const moved = (power: number) =>
      isSigned
        ? rate * (fanIn * Math.sqrt(power) * MEAN_TO_RMS + 1)
        : rate * deltas[index]! * clipping * (fanIn * power + 1);
    const unit = Math.max(rms, 1e-12);
    return {
      size: moved(inputPower) / unit,
      shift: moved(inputBetween) / unit,
      common: weights.mean === 0 ? 0 : Math.abs(weights.mean) / Math.hypot(weights.mean, weights.std),
      gradient: deltas[index]!,
    };
  });
  return {
    layers: sizes,
    isSigned,
    rate,
    pull: lossGradient / CROSS_ENTROPY_GRADIENT,
    fall: rate * clipping * squares,
    outputStd,
    gradientNorm,
  };
}

/** Root mean square of the loss gradient at each hidden layer's pre-activations. */
function backPropagate(
  hidden: readonly HiddenLayer[],
  layers: readonly LayerState[],
  atOutput: number,
): readonly number[] {
  const deltas = new Array<number>(hidden.length).fill(0);
  let delta = atOutput;
  for (let l = hidden.length - 1; l >= 0; l--) {
    const layer = hidden[l]!;
    const { weights, active } = layers[l]!;
    const own = (delta * Math.sqrt(Math.max(active, 1e-3))) / normalisationScale(layer, layers[l]!);
    deltas[l] = own;
    const reached = layer.units / (layer.groups ?? 1);
    const below = own * Math.sqrt(weights.std ** 2 * reached + (weights.mean * reached) ** 2);
    delta = Math.min(layer.residual && l > 0 ? Math.hypot(below, delta) : below, 1e30);
  }
  return deltas;
}

/** What the normalisation of a layer divides gradients by. */
function normalisationScale({ normalisation }: HiddenLayer, { rawSpread, rms, spread }: LayerState): number {
  if (normalisation === null) return 1;
  if (normalisation.place === "before")
    return Math.max(normalisation.kind === "batch" ? rawSpread : rms, 1e-9);
  if (normalisation.kind === "layer") return 1;
  return Math.max(Math.sqrt(Math.max(spread ** 2 * RECTIFIED_VARIANCE, 1e-18)), 1e-9);
}
