/** Other settings of a network, each of which can be asked about: sliders and counterfactuals change these. */
import type { Initialiser, InputScale } from "../model.ts";
import type { HiddenLayer, RiskModel } from "./riskModel.ts";

/** What is absent stays as it is. */
export interface WhatIf {
  readonly learningRate?: number;
  /** Of all layers, the output too. */
  readonly weights?: Initialiser;
  /** Of the hidden layers; null: none, as zeros at initialisation. */
  readonly bias?: Initialiser | null;
  /** Of the hidden layers with an activation; null: none. */
  readonly normalisation?: HiddenLayer["normalisation"];
  readonly inputScale?: InputScale;
  /** Largest gradient norm; null: no clipping. */
  readonly clipNorm?: number | null;
  /** Factor of every hidden layer's units; the input and the outputs stay. */
  readonly width?: number;
  /** Factor of the number of hidden layers: the last ones go, or the last one comes again. */
  readonly depth?: number;
  /** In the place of every activation that hidden layers have. */
  readonly activation?: NonNullable<HiddenLayer["activation"]>;
}

/** The same network with these settings. Layers that nothing touches stay the same objects. */
export function changed(model: RiskModel, settings: WhatIf): RiskModel {
  const { learningRate, weights, bias, normalisation, inputScale, clipNorm, width, depth, activation } =
    settings;
  let to = model;
  if (learningRate !== undefined) to = { ...to, learningRate };
  if (clipNorm !== undefined) to = { ...to, clipNorm };
  if (inputScale !== undefined) to = { ...to, input: { data: to.input.data, scale: inputScale } };
  if (weights !== undefined) to = { ...eachLayer(to, { weights }), output: { ...to.output, weights } };
  if (bias !== undefined) to = eachLayer(to, { bias });
  if (normalisation !== undefined) to = eachActivated(to, { normalisation });
  if (activation !== undefined) to = eachActivated(to, { activation });
  if (depth !== undefined && depth !== 1) to = withDepth(to, depth);
  if (width !== undefined && width !== 1) to = withWidth(to, width);
  return to;
}

function eachLayer(model: RiskModel, change: Partial<HiddenLayer>): RiskModel {
  return { ...model, hidden: model.hidden.map((layer) => ({ ...layer, ...change })) };
}

/** Layers without an activation stay as they are. */
function eachActivated(model: RiskModel, change: Partial<HiddenLayer>): RiskModel {
  return {
    ...model,
    hidden: model.hidden.map((layer) => (layer.activation === null ? layer : { ...layer, ...change })),
  };
}

const atLeastOne = (count: number): number => Math.max(1, Math.round(count));

function withDepth(model: RiskModel, factor: number): RiskModel {
  const last = model.hidden[model.hidden.length - 1]!;
  // Half of three layers is one.
  const depth = Math.max(1, Math.floor(model.hidden.length * factor + 1e-9));
  const hidden = model.hidden.slice(0, depth);
  // What one more reads is what the last one gives.
  const again = { ...last, fanIn: (last.units / (last.groups ?? 1)) * last.kernelArea };
  while (hidden.length < depth) hidden.push(again);
  const fanIn = (model.output.fanIn / last.units) * hidden[hidden.length - 1]!.units;
  return { ...model, hidden, output: { ...model.output, fanIn } };
}

function withWidth(model: RiskModel, factor: number): RiskModel {
  let grown = 1;
  const hidden = model.hidden.map((layer): HiddenLayer => {
    const units = atLeastOne(layer.units * factor);
    // A channel of its own group reads one channel however many there are.
    const isDepthwise = layer.groups !== undefined && layer.fanIn === layer.kernelArea;
    const own = isDepthwise
      ? { units, groups: atLeastOne(layer.groups * grown) }
      : { units, fanIn: layer.fanIn * grown };
    grown = units / layer.units;
    return { ...layer, ...own };
  });
  return { ...model, hidden, output: { ...model.output, fanIn: model.output.fanIn * grown } };
}
