import type { Layer, LayerRisk, Network, Reading, Risk } from "../model.ts";
import { chainsOf } from "./chains.ts";
import { RAW_TARGETS } from "./constants.ts";
import { counterfactuals } from "./counterfactuals.ts";
import { type Estimate, estimateOf } from "./estimate.ts";
import { type Propagation, propagate } from "./propagate.ts";
import type { HiddenLayer, RiskModel } from "./riskModel.ts";

/** Below this share no change would be noticed: what is shown goes in steps of 10 %. */
const WORTH_ASKING = 0.05;

/**
 * The risk of a network whose every setting was read or assumed. Null when something could not be read, or when the
 * weights come from elsewhere. Where no unit can die the shares are 0.
 */
export function assess(network: Network): Risk | null {
  if (network.pretrained || network.gaps.length > 0) return null;
  const ways: { way: readonly number[]; propagation: Propagation; result: Estimate }[] = [];
  for (const way of chainsOf(network.layers)) {
    const model = riskModel(network, way);
    const propagation = model && propagate(model, ways[0]?.propagation);
    const result = propagation && estimateOf(propagation);
    if (result) ways.push({ way, propagation, result });
  }
  const [main] = ways;
  if (!main) return null;
  const layers: (LayerRisk | null)[] = network.layers.map(() => null);
  const isCovered = network.layers.map(() => false);
  for (const { way, result } of ways) {
    way.forEach((place, index) => {
      isCovered[place] = true;
      const layer = result.layers[index];
      if (!layer?.counts || layers[place]) return;
      const { deadAtInit, deadAfterTraining, stepSize, correlation } = layer;
      layers[place] = { deadAtInit, deadAfterTraining, stepSize, correlation };
    });
  }
  const { result, propagation } = main;
  return {
    layers,
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
      ...assumptions(network),
      ...(isCovered.includes(false)
        ? ["layers beside the longest way through the network are left out"]
        : []),
    ],
    counterfactuals:
      result.deadAfterTraining < WORTH_ASKING ? [] : counterfactuals(propagation.model, propagation),
  };
}

/**
 * The network in numbers, along one way through it; the last layer is the output, with or without activation. Null
 * without hidden layers, and where a size is not known.
 */
export function riskModel(
  network: Network,
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
