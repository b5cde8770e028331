/** How large the steps of a network's optimiser are, and what makes them so. */
import type { Layer, LayerRisk, Network, OptimiserKind } from "../model.ts";
import { assess } from "../risk/assess.ts";
import { DESCENT_KILLS, SIGNED_KILLS } from "../risk/fitted.ts";
import { effectOf, WORTH } from "./remedies.ts";
import { isRawInput } from "./structure.ts";

/**
 * What the frameworks use unless told otherwise, written or not: so many networks of all sizes are trained with it that
 * by itself it is no fault. Only where SGD meets raw inputs or targets it is told of: then their scale is one.
 */
export const USUAL_RATE: Readonly<Record<OptimiserKind, number>> = {
  adam: 0.001,
  rmsprop: 0.001,
  sgd: 0.01,
  momentum: 0.01,
};

/**
 * Share of the whole network's units that are expected to die, most of them by steps. With flags from here on, 177 of 198
 * measured runs that are told of failed or died.
 */
const DYING_FROM = 0.3;

export interface Steps {
  readonly layers: readonly LayerRisk[];
  /** Mean over the layers of log10 of the step size. */
  readonly size: number;
  /** Share of living units that the steps kill, of the layer that loses most. */
  readonly killed: number;
  /** Whether the network loses many units, and most of them by steps. */
  readonly dying: boolean;
}

export function stepsOf({ risk }: Network): Steps | undefined {
  const layers = risk?.layers.filter((layer) => layer !== null) ?? [];
  if (!risk || layers.length === 0) return undefined;
  const { deadAtInit, deadAfterTraining } = risk;
  return {
    layers,
    size: logStepSize(layers),
    killed: killedShare(layers),
    dying: deadAfterTraining >= DYING_FROM && deadAfterTraining - deadAtInit > deadAtInit,
  };
}

const assessed = (network: Network, change: Partial<Network>): Network => {
  const changed: Network = { ...network, ...change };
  return { ...changed, risk: assess(changed) };
};

export const withSmallTargets = (network: Network): Network =>
  assessed(network, { targets: { value: "standardised" } });

/** The same with gradients that are no longer than 1. */
export const withClipping = (network: Network): Network =>
  assessed(network, { clip: { value: { by: "norm", limit: 1 } } });

/** The same with He's weights in the hidden layers. */
export function withHe(network: Network): Network {
  const hidden = hiddenOf(network);
  const layers = network.layers.map((layer) =>
    hidden.includes(layer) ? { ...layer, weights: { value: { scheme: "he_normal" } as const } } : layer,
  );
  return assessed(network, { layers });
}

/** Mean of log10 rho: as large as one step in all layers together. */
const logStepSize = (layers: readonly LayerRisk[]): number =>
  layers.reduce((sum, { stepSize }) => sum + Math.log10(Math.min(1e9, Math.max(1e-9, stepSize))), 0) /
  Math.max(1, layers.length);

/** q = 1 - (1 - p)(1 - k), so k = 1 - (1 - q)/(1 - p): of the units that live at first, those that the steps kill. */
const killedShare = (layers: readonly LayerRisk[]): number =>
  Math.max(
    ...layers.map(({ deadAtInit, deadAfterTraining }) =>
      deadAtInit < 0.99 ? 1 - (1 - deadAfterTraining) / (1 - deadAtInit) : 0,
    ),
  );

export const isUsual = ({ learningRate, optimiser }: Network): boolean =>
  learningRate.value === USUAL_RATE[optimiser.value];

/** Weights that are written, in each hidden layer, and so large that He's would do more than a tenth of the rate. */
export function isByWeights(network: Network): boolean {
  const { risk } = network;
  if (!risk || !hiddenOf(network).every(({ weights }) => weights.span)) return false;
  const byWeights = effectOf(risk, "He initialiser");
  return byWeights <= WORTH && byWeights < effectOf(risk, "learning rate / 10");
}

export const hiddenOf = ({ layers, risk }: Network): readonly Layer[] =>
  layers.filter((_, place) => risk?.layers[place]);

/** Decades that larger steps do no more harm by, behind the normalisations of the network's layers: by the fit. */
export function forgiven(network: Network): number {
  const layers = hiddenOf(network);
  const by = isPlain(network) ? DESCENT_KILLS : SIGNED_KILLS;
  // What a decade of the rate weighs: for Adam it counts for all layers alike too.
  const decade = isPlain(network) ? DESCENT_KILLS.shift : SIGNED_KILLS.shift + SIGNED_KILLS.rate;
  const own = layers.map(({ normalisation }) => {
    if (normalisation?.place !== "before") return 0;
    const isBatch = normalisation.kind === "batch" || normalisation.kind === "instance";
    return -(isBatch ? by.batchNorm : by.layerNorm) / decade;
  });
  return own.reduce((sum, one) => sum + one, 0) / Math.max(1, layers.length);
}

/** Inputs that are read to be raw, which the steps of SGD grow with. */
export const isByInput = (network: Network): boolean => isPlain(network) && isRawInput(network);

/** Steps in proportion to the gradient. */
export const isPlain = ({ optimiser }: Network): boolean =>
  optimiser.value === "sgd" || optimiser.value === "momentum";

/** Steps of Adam don't depend on the loss; those of SGD grow with its gradient, and so with the targets. */
export function isAssumed(network: Network): boolean {
  const { learningRate, optimiser, loss, targets } = network;
  const used = [
    learningRate,
    optimiser,
    ...(isPlain(network) ? [loss] : []),
    ...(isPlain(network) && loss.value === "squared-error" ? [targets] : []),
  ];
  // The sizes of raw targets and of the columns of a raw table are not known.
  const isSizeAssumed = isLoadedTarget(network) || (isPlain(network) && isRawTable(network));
  return isSizeAssumed || used.some(({ assumption }) => assumption !== undefined);
}

export const isRawTarget = (network: Network): boolean =>
  isPlain(network) && network.loss.value === "squared-error" && network.targets.value === "raw";

/** Those of a data set, as they come. */
export const isLoadedTarget = (network: Network): boolean =>
  isRawTarget(network) && network.targets.span === undefined;

const isRawTable = ({ input }: Network): boolean =>
  input.value.scale === "raw" && input.value.data === "table";
