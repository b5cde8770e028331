/** `dying-relu`: the units of a layer are likely to be negative for every input, so that they never fire nor learn. */
import type {
  Counterfactual,
  Evidence,
  Finding,
  Layer,
  LayerRisk,
  Network,
  OptimiserKind,
  Risk,
} from "../model.ts";
import { percent, rangeWords, shareWords, unitsWords } from "../words.ts";

/**
 * Share of dead units from which a layer is flagged: on the measured runs that the estimate never saw, flags from
 * here on were right in 82 % of the cases (static information only).
 */
export const FLAG_FROM = 0.25;

/** One optimiser step moves the pre-activations past all data: then the step kills units, and a leak can't help. */
const STEP_TOO_LARGE = 1;

/**
 * Mean over the layers of log10 of the step size at which training went best: one step moves a pre-activation by
 * 6 % of its spread with adaptive steps, 16 % with SGD. From the repair experiment on measured runs.
 */
const HEALTHY_STEP: Readonly<Record<OptimiserKind, number>> = {
  adam: -1.2,
  rmsprop: -1.2,
  sgd: -0.8,
  momentum: -0.8,
};

export function dyingRelu(network: Network): Finding[] {
  const { risk } = network;
  // Of steps whose size is not in the code nothing is known: then only what is dead from the start counts.
  const isStepKnown = network.learningRate.span !== undefined;
  const share = ({ deadAtInit, deadAfterTraining }: Pick<Risk, "deadAtInit" | "deadAfterTraining">) =>
    isStepKnown ? deadAfterTraining : deadAtInit;
  if (!risk || share(risk) < FLAG_FROM) return [];
  return network.layers.flatMap((layer, index) => {
    const own = risk.layers[index];
    if (!own || !layer.site || layer.site.certainty !== "certain") return [];
    if (layer.site.activation !== "relu" || share(own) < FLAG_FROM) return [];
    return [finding(network, risk, layer, own, index)];
  });
}

function finding(network: Network, risk: Risk, layer: Layer, own: LayerRisk, index: number): Finding {
  const site = layer.site;
  const isStep = own.stepSize >= STEP_TOO_LARGE && own.deadAfterTraining - own.deadAtInit > own.deadAtInit;
  const why = isStep
    ? `one optimiser step moves their pre-activations ${times(own.stepSize)} their own spread`
    : `they see inputs that are ${percent(own.correlation)} alike, so ${shareWords(own.deadAtInit)} never fire from the start`;
  const advice = isStep ? stepAdvice(network, risk) : otherwiseAdvice(risk);
  return {
    rule: "dying-relu",
    severity: "warning",
    message: `${sentence(shareWords(own.deadAfterTraining))} of layer ${index + 1}'s units may die: ${why}. ${advice}.`,
    span: site?.span ?? layer.span,
    evidence: evidence(network, risk, layer, own, index),
    causes: risk.counterfactuals.filter(({ effect }) => effect < 0) satisfies readonly Counterfactual[],
    // Where the step is the cause a leak trades dead units for NaN: it stays a rewrite, and is no remedy.
    fixes: isStep ? [] : (site?.fixes ?? []),
  };
}

function stepAdvice({ optimiser, learningRate }: Network, { layers }: Risk): string {
  const logs = layers.flatMap((layer) => (layer ? [Math.log10(layer.stepSize)] : []));
  const excess = logs.reduce((sum, value) => sum + value, 0) / logs.length - HEALTHY_STEP[optimiser.value];
  const rate = Number((learningRate.value / 10 ** excess).toPrecision(1));
  return `Leaky ReLU will not help here; a learning rate near ${rate} would keep the steps small enough`;
}

function otherwiseAdvice({ deadAfterTraining, counterfactuals }: Risk): string {
  const [best] = counterfactuals;
  const before = shareWords(deadAfterTraining);
  const after = best && shareWords(deadAfterTraining + best.effect);
  const leak = "Leaky ReLU keeps such units learning";
  return best && after !== before
    ? `${leak}; ${best.factor} would do the most for the network (from ${before} dead units to ${after})`
    : leak;
}

function evidence(network: Network, risk: Risk, layer: Layer, own: LayerRisk, index: number): Evidence[] {
  const source = "mean-field estimate, calibrated on measured training runs";
  return [
    {
      text: `layer ${index + 1}: ${unitsWords(shareWords(own.deadAtInit))} never fire at initialisation, on 1,000 inputs`,
      span: layer.span,
      value: own.deadAtInit,
      source,
    },
    {
      text: `one optimiser step moves the pre-activations by ${own.stepSize.toPrecision(2)} of their own spread`,
      ...(network.learningRate.span ? { span: network.learningRate.span } : {}),
      value: own.stepSize,
      source,
    },
    {
      text: `in comparable measured runs ${unitsWords(rangeWords(risk.range))} of the network were dead at the end`,
      value: risk.deadAfterTraining,
      source,
    },
    ...risk.assumptions.map((text) => ({ text })),
  ];
}

const times = (ratio: number): string => `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(2)} times`;

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
