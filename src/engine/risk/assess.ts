import type { Layer, LayerRisk, Network, Reading, Risk } from "../model.ts";
import { chainsOf } from "./chains.ts";
import { RAW_TARGETS } from "./constants.ts";
import { counterfactuals } from "./counterfactuals.ts";
import { type Estimate, estimate, estimateOf, type LayerEstimate } from "./estimate.ts";
import { type Propagation, propagate } from "./propagate.ts";
import type { HiddenLayer, RiskModel } from "./riskModel.ts";
import { changed, type WhatIf } from "./whatIf.ts";

/** Below this share no change would be noticed, as what is shown goes in steps of 10 %; unless training fails all the same. */
const WORTH_ASKING = 0.05;
const FAILS_FROM = 0.5;

/**
 * The risk of a network whose every setting was read or assumed. Null when something could not be read, or when the
 * weights come from elsewhere. Where no unit can die the shares are 0.
 */
export function assess(network: Network): Risk | null {
  return riskIf(network, {});
}

/**
 * The risk that the network would have with other settings: cheap enough to be asked while a slider moves. Its layers
 * are those of the network, unless there are more or fewer of them: then those of the longest way, the output last.
 */
export function riskIf(network: Network, settings: WhatIf): Risk | null {
  if (network.pretrained || network.gaps.length > 0) return null;
  const ways: { way: readonly number[]; propagation: Propagation; result: Estimate }[] = [];
  for (const way of chainsOf(network.layers)) {
    const model = riskModel(network, way);
    const propagation = model && propagate(changed(model, settings), ways[0]?.propagation);
    const result = propagation && estimateOf(propagation);
    if (result) ways.push({ way, propagation, result });
  }
  const [main] = ways;
  if (!main) return null;
  const { result, propagation } = main;
  const isSameDepth = result.layers.length === main.way.length - 1;
  const followed = new Set(ways.flatMap(({ way }) => way));
  return {
    layers: isSameDepth ? layersOf(network, ways) : [...result.layers.map(layerRisk), null],
    deadAtInit: result.deadAtInit,
    deadAfterTraining: result.deadAfterTraining,
    range: result.range,
    probabilityOver25: result.probabilityOver25,
    probabilityOver50: result.probabilityOver50,
    probabilityNaN: result.probabilityNaN,
    probabilityFailure: result.probabilityFailure,
    deadAsWhole: result.deadAsWhole,
    logStepSize: result.logStepSize,
    outputStd: result.outputStd,
    gradientNorm: result.gradientNorm,
    assumptions: [
      ...assumptions(told(network, settings)),
      ...(followed.size < network.layers.length
        ? ["layers beside the longest way through the network are left out"]
        : []),
    ],
    counterfactuals:
      result.deadAfterTraining < WORTH_ASKING && result.probabilityFailure < FAILS_FROM
        ? []
        : counterfactuals(propagation.model, propagation),
  };
}

/** The chance that training fails, without all the rest; undefined where there is no estimate. */
export function failureOf(network: Omit<Network, "risk">): number | undefined {
  if (network.pretrained || network.gaps.length > 0) return undefined;
  for (const way of chainsOf(network.layers)) {
    const model = riskModel(network, way);
    const result = model && estimate(model);
    if (result) return result.probabilityFailure;
  }
  return undefined;
}

/** The estimate of each layer on the first way that leads through it. */
function layersOf(
  { layers }: Network,
  ways: readonly { readonly way: readonly number[]; readonly result: Estimate }[],
): readonly (LayerRisk | null)[] {
  return layers.map((_, place) => {
    for (const { way, result } of ways) {
      const layer = result.layers[way.indexOf(place)];
      if (layer?.counts) return layerRisk(layer);
    }
    return null;
  });
}

function layerRisk(layer: LayerEstimate): LayerRisk | null {
  if (!layer.counts) return null;
  const { deadAtInit, deadAfterTraining, stepSize, correlation, preActivations, gradientScale } = layer;
  return { deadAtInit, deadAfterTraining, stepSize, correlation, preActivations, gradientScale };
}

/** What is set is not assumed. */
function told(network: Network, { learningRate, clipNorm, inputScale, weights, bias }: WhatIf): Network {
  const known = <T>(reading: Reading<T>, isSet: boolean): Reading<T> =>
    isSet ? { value: reading.value } : reading;
  return {
    ...network,
    learningRate: known(network.learningRate, learningRate !== undefined),
    clip: known(network.clip, clipNorm !== undefined),
    input: known(network.input, inputScale !== undefined),
    layers: network.layers.map((layer) => ({
      ...layer,
      weights: known(layer.weights, weights !== undefined),
      bias: layer.bias && known(layer.bias, bias !== undefined),
    })),
  };
}

/**
 * The network in numbers, along one way through it; the last layer is the output, with or without activation. Null
 * without hidden layers, and where a size is not known.
 */
export function riskModel(
  network: Omit<Network, "risk">,
  way: readonly number[] = network.layers.map((_, index) => index),
): RiskModel | null {
  const sized = way.flatMap((place) => {
    const layer = network.layers[place];
    const size = layer && sizeOf(layer);
    return layer && size ? [{ layer, size }] : [];
  });
  const output = sized.at(-1);
  if (!output || sized.length < 2 || sized.length < way.length) return null;
  if (!(network.learningRate.value > 0)) return null;
  const { value: clip } = network.clip;
  return {
    hidden: sized.slice(0, -1).map(({ layer, size }) => hiddenLayer(layer, size)),
    output: { ...output.size, weights: output.layer.weights.value },
    input: network.input.value,
    loss: network.loss.value,
    targetScale: network.targets.value === "raw" ? RAW_TARGETS : 1,
    optimiser: network.optimiser.value,
    learningRate: network.learningRate.value,
    // A limit on single entries was not measured.
    clipNorm: clip?.by === "norm" ? clip.limit : null,
  };
}

type Size = Pick<HiddenLayer, "fanIn" | "units" | "kernelArea">;

function hiddenLayer(layer: Layer, size: Size): HiddenLayer {
  const { kind, normalisation, residual, weights, bias, site } = layer;
  return {
    kind,
    ...size,
    // Instance normalisation centres every channel by itself, as batch normalisation does.
    normalisation: normalisation && {
      kind: normalisation.kind === "batch" || normalisation.kind === "instance" ? "batch" : "layer",
      place: normalisation.place,
    },
    residual,
    ...(layer.groups === undefined ? {} : { groups: layer.groups }),
    weights: weights.value,
    bias: bias?.value ?? null,
    activation: site && { id: site.activation, parameters: site.parameters },
  };
}

function sizeOf({ fanIn, units, kernelArea }: Layer): Size | undefined {
  const isSize = (size: number | null): size is number => size !== null && Number.isFinite(size) && size >= 1;
  return isSize(fanIn) && isSize(units) && isSize(kernelArea) ? { fanIn, units, kernelArea } : undefined;
}

/** Every assumption behind a value that the estimate uses, once. */
function assumptions(network: Network): readonly string[] {
  const readings: readonly (Reading<unknown> | null)[] = [
    // The output's bias has no part in the estimate.
    ...network.layers.flatMap(({ weights, bias }, index) =>
      index < network.layers.length - 1 ? [weights, bias] : [weights],
    ),
    network.input,
    network.loss,
    network.optimiser,
    network.learningRate,
    network.clip,
  ];
  const texts = readings.flatMap((reading) => reading?.assumption ?? []);
  if (network.loss.value === "squared-error") {
    const { value, assumption } = network.targets;
    if (assumption !== undefined) texts.push("targets taken as standardised (mean 0, variance 1)");
    else if (value === "raw") texts.push(`targets are not scaled: sizes of about ${RAW_TARGETS} assumed`);
  }
  return [...new Set(texts)];
}
