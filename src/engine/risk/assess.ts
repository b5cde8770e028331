import type { Layer, Network, Reading, Risk } from "../model.ts";
import { counterfactuals } from "./counterfactuals.ts";
import { estimate } from "./estimate.ts";
import { unitFunction } from "./moments.ts";
import type { HiddenLayer, RiskModel } from "./riskModel.ts";

/**
 * The risk of a network whose every setting was read or assumed. Null when something could not be read, when the
 * weights come from elsewhere, or when no hidden unit can die.
 */
export function assess(network: Network): Risk | null {
  const model = riskModel(network);
  if (model === null || network.pretrained || network.gaps.length > 0) return null;
  if (!model.hidden.some(({ activation }) => unitFunction(activation)?.dies)) return null;
  const result = estimate(model);
  if (result === null) return null;
  return {
    layers: network.layers.map((_, index) => {
      const layer = result.layers[index];
      if (!layer?.counts) return null;
      const { deadAtInit, deadAfterTraining, stepSize, correlation } = layer;
      return { deadAtInit, deadAfterTraining, stepSize, correlation };
    }),
    deadAtInit: result.deadAtInit,
    deadAfterTraining: result.deadAfterTraining,
    range: result.range,
    probabilityOver25: result.probabilityOver25,
    probabilityOver50: result.probabilityOver50,
    assumptions: assumptions(network),
    counterfactuals: counterfactuals(model),
  };
}

/** The network in numbers; its last layer is the output, with or without activation. Null without hidden layers. */
export function riskModel(network: Network): RiskModel | null {
  const sized = network.layers.flatMap((layer) => {
    const size = sizeOf(layer);
    return size ? [{ layer, size }] : [];
  });
  const output = sized.at(-1);
  if (!output || sized.length < 2 || sized.length < network.layers.length) return null;
  if (!(network.learningRate.value > 0)) return null;
  const { value: clip } = network.clip;
  return {
    hidden: sized.slice(0, -1).map(({ layer, size }) => hiddenLayer(layer, size)),
    output: { ...output.size, weights: output.layer.weights.value },
    input: network.input.value,
    loss: network.loss.value,
    targetScale: 1,
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
  if (network.loss.value === "squared-error")
    texts.push("targets taken as standardised (mean 0, variance 1)");
  return [...new Set(texts)];
}
