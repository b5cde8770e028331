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
  const output = network.layers[network.layers.length - 1];
  const hidden = network.layers.slice(0, -1).map(hiddenLayer);
  if (!output || hidden.length === 0 || !network.layers.every(hasSize)) return null;
  if (!(network.learningRate.value > 0)) return null;
  return {
    hidden,
    output: {
      fanIn: output.fanIn,
      units: output.units,
      kernelArea: output.kernelArea,
      weights: output.weights.value,
    },
    input: network.input.value,
    loss: network.loss.value,
    targetScale: 1,
    optimiser: network.optimiser.value,
    learningRate: network.learningRate.value,
    clipNorm: network.clipNorm.value,
  };
}

function hiddenLayer({
  kind,
  fanIn,
  units,
  kernelArea,
  normalisation,
  residual,
  ...layer
}: Layer): HiddenLayer {
  return {
    kind,
    fanIn,
    units,
    kernelArea,
    normalisation,
    residual,
    weights: layer.weights.value,
    bias: layer.bias?.value ?? null,
    activation: layer.site && { id: layer.site.activation, parameters: layer.site.parameters },
  };
}

const hasSize = ({ fanIn, units, kernelArea }: Layer): boolean =>
  [fanIn, units, kernelArea].every((size) => Number.isFinite(size) && size >= 1);

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
    network.clipNorm,
  ];
  const texts = readings.flatMap((reading) => reading?.assumption ?? []);
  if (network.loss.value === "squared-error")
    texts.push("targets taken as standardised (mean 0, variance 1)");
  return [...new Set(texts)];
}
