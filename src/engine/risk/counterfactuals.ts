import type { Counterfactual, Initialiser } from "../model.ts";
import { estimateOf } from "./estimate.ts";
import { propagate } from "./propagate.ts";
import type { HiddenLayer, RiskModel } from "./riskModel.ts";

const HE: Initialiser = { scheme: "he_normal" };

/** Single changes to a network, in the words that users read. */
const CHANGES = {
  "learning rate / 10": (model) => ({ ...model, learningRate: model.learningRate / 10 }),
  "He initialiser": (model) => ({
    ...eachLayer(model, () => ({ weights: HE })),
    output: { ...model.output, weights: HE },
  }),
  "zero biases": (model) => eachLayer(model, () => ({ bias: null })),
  "BatchNorm before the activation": (model) => eachLayer(model, normalised("batch")),
  "LayerNorm before the activation": (model) => eachLayer(model, normalised("layer")),
  "standardised input": ({ input, ...model }) => ({
    ...model,
    input: { data: input.data, scale: "standardised" },
  }),
  "half the depth": halfTheDepth,
  "twice the width": twiceTheWidth,
  "gradients clipped at norm 1": (model) => ({ ...model, clipNorm: 1 }),
} satisfies Readonly<Record<string, (model: RiskModel) => RiskModel>>;

export type Change = keyof typeof CHANGES;

/** The same network with one change. */
export function changed(model: RiskModel, change: Change): RiskModel {
  return CHANGES[change](model);
}

/** Explanation by asking again: what each single change does to the expected dead share q, the best first. */
export function counterfactuals(model: RiskModel, propagation = propagate(model)): readonly Counterfactual[] {
  const base = propagation && estimateOf(propagation);
  if (!base) return [];
  const effects: Counterfactual[] = [];
  for (const factor of Object.keys(CHANGES) as Change[]) {
    // Most changes leave the first layers as they are, or the signal altogether.
    const other = propagate(changed(model, factor), propagation);
    const result = other && estimateOf(other);
    if (result) effects.push({ factor, effect: result.deadAfterTraining - base.deadAfterTraining });
  }
  return effects.sort((a, b) => a.effect - b.effect);
}

function eachLayer(model: RiskModel, change: (layer: HiddenLayer) => Partial<HiddenLayer>): RiskModel {
  return { ...model, hidden: model.hidden.map((layer) => ({ ...layer, ...change(layer) })) };
}

/** Layers without an activation stay as they are. */
function normalised(kind: "batch" | "layer"): (layer: HiddenLayer) => Partial<HiddenLayer> {
  const normalisation: HiddenLayer["normalisation"] = { kind, place: "before" };
  return ({ activation }) => (activation === null ? {} : { normalisation });
}

/** The first half; the output then reads from its last layer. */
function halfTheDepth(model: RiskModel): RiskModel {
  const hidden = model.hidden.slice(0, Math.max(1, Math.floor(model.hidden.length / 2)));
  const last = model.hidden[model.hidden.length - 1]!;
  const fanIn = (model.output.fanIn / last.units) * hidden[hidden.length - 1]!.units;
  return { ...model, hidden, output: { ...model.output, fanIn } };
}

/** Every hidden layer; the input and the outputs stay. */
function twiceTheWidth(model: RiskModel): RiskModel {
  const hidden = model.hidden.map((layer, index) => ({
    ...layer,
    units: 2 * layer.units,
    fanIn: index > 0 ? 2 * layer.fanIn : layer.fanIn,
  }));
  return { ...model, hidden, output: { ...model.output, fanIn: 2 * model.output.fanIn } };
}
