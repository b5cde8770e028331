import assert from "node:assert/strict";
import { test } from "node:test";
import type { Layer, Network, Reading, Site } from "../../../src/engine/model.ts";
import { assess, riskIf, riskModel } from "../../../src/engine/risk/assess.ts";
import { estimate } from "../../../src/engine/risk/estimate.ts";
import type { WhatIf } from "../../../src/engine/risk/whatIf.ts";
import { modelOf } from "./vocabulary.ts";

const span = { from: 0, to: 0 };
const read = <T>(value: T): Reading<T> => ({ value });

function site(activation: string): Site {
  return {
    activation,
    parameters: {},
    defaulted: [],
    framework: "pytorch",
    kind: "class_call",
    span,
    certainty: "certain",
    symbol: `torch.nn.${activation}`,
    fixes: [],
  };
}

function dense(fanIn: number, units: number, activation: string | null): Layer {
  return {
    kind: "dense",
    span,
    fanIn,
    units,
    kernelArea: 1,
    weights: { value: { scheme: "torch_default" }, assumption: "weights: PyTorch's default" },
    bias: { value: { scheme: "torch_default" }, assumption: "biases: PyTorch's default" },
    normalisation: null,
    site: activation === null ? null : site(activation),
    residual: false,
    dropout: 0,
  };
}

const NETWORK: Network = {
  name: "model",
  framework: "pytorch",
  span,
  layers: [dense(784, 128, "relu"), ...new Array(4).fill(dense(128, 128, "relu")), dense(128, 10, null)],
  input: read({ data: "image", scale: "standardised" }),
  loss: read("cross-entropy"),
  optimiser: read("adam"),
  learningRate: { value: 1e-3, assumption: "learning rate not in this file: Adam's default 0.001" },
  momentum: read(0),
  clip: read(null),
  targets: read("standardised"),
  pretrained: false,
  gaps: [],
  risk: null,
};

const layers = (...of: readonly Layer[]): Network => ({ ...NETWORK, layers: of });

test("a network has the risk of its numbers", () => {
  const risk = assess(NETWORK)!;
  const same = estimate(
    modelOf({
      widths: [128, 128, 128, 128, 128],
      din: 784,
      nout: 10,
      init: "torch",
      bias: "default",
      norm: "none",
      residual: false,
      act: "relu",
      input: ["img", "std"],
      opt: "adam",
      lr: 1e-3,
      clip: 0,
      loss: "ce",
      target_scale: 1,
    }),
  )!;
  assert.equal(risk.layers.length, NETWORK.layers.length);
  assert.equal(risk.layers.at(-1), null, "the output layer has no risk of its own");
  assert.equal(risk.deadAtInit, same.deadAtInit);
  assert.equal(risk.deadAfterTraining, same.deadAfterTraining);
  assert.deepEqual(risk.range, same.range);
  assert.deepEqual(
    risk.layers.slice(0, -1).map((layer) => layer?.stepSize),
    same.layers.map(({ stepSize }) => stepSize),
  );
  assert.ok(risk.counterfactuals.length >= 9);
});

test("a layer says what its activation is given, and how much of the gradient reaches it", () => {
  const [first, second] = assess(NETWORK)!.layers;
  const before = { ...first!.preActivations };
  // PyTorch's weights are U(+-1/sqrt(n)), of variance 1/(3n), for 784 inputs of mean square 1; its biases the same.
  const total = before.betweenUnits ** 2 + before.betweenInputs ** 2;
  assert.ok(Math.abs(total - (1 + 1 / 784) / 3) < 0.02, `${total}`);
  assert.equal(before.mean, 0);
  assert.ok(
    first!.gradientScale > 0 && second!.gradientScale > first!.gradientScale,
    "it shrinks on its way down",
  );
  const normalised = riskIf(NETWORK, { normalisation: { kind: "batch", place: "before" } })!.layers[1]!;
  assert.deepEqual(
    [normalised.preActivations.mean, normalised.preActivations.betweenInputs],
    [0, 1],
    "BatchNorm gives every unit mean 0 and spread 1",
  );
  assert.ok(normalised.preActivations.betweenUnits < 1e-6);
  const zero = assess(layers(dense(784, 64, "relu"), dense(64, 10, null)))!.layers[0]!.preActivations;
  assert.ok(Object.values(zero).every(Number.isFinite));
});

test("assumptions are listed once, in order of the code", () => {
  assert.deepEqual(assess(NETWORK)!.assumptions, [
    "weights: PyTorch's default",
    "biases: PyTorch's default",
    "learning rate not in this file: Adam's default 0.001",
  ]);
  const squared = (targets: Network["targets"]) =>
    assess({ ...NETWORK, loss: read("squared-error"), targets })!.assumptions.filter((text) =>
      text.includes("targets"),
    );
  assert.deepEqual(squared(read("standardised")), []);
  assert.match(
    squared({ value: "standardised", assumption: "not in this file" })[0] ?? "",
    /taken as standardised/,
  );
  assert.match(squared(read("raw"))[0] ?? "", /not scaled/);
});

test("no risk where something is unknown or pretrained", () => {
  assert.equal(assess({ ...NETWORK, gaps: [{ span, what: "width of layer 3" }] }), null);
  assert.equal(assess({ ...NETWORK, pretrained: true }), null);
  assert.equal(assess(layers()), null);
  assert.equal(assess(layers(dense(784, 10, "relu"))), null);
  assert.equal(assess(layers(dense(784, 64, null), dense(64, 10, null))), null);
  assert.equal(assess(layers(dense(784, 64, "softmax"), dense(64, 64, "relu"), dense(64, 10, null))), null);
  assert.equal(
    assess(layers(dense(784, 64, "no_such_function"), dense(64, 64, "relu"), dense(64, 10, null))),
    null,
  );
  assert.equal(assess(layers(dense(784, Number.NaN, "relu"), dense(64, 10, null))), null);
});

test("units that can't die are none of the dead ones", () => {
  const risk = assess(layers(dense(784, 64, "gelu"), dense(64, 10, null)))!;
  assert.deepEqual([risk.deadAtInit, risk.deadAfterTraining, risk.counterfactuals], [0, 0, []]);
  assert.ok(risk.layers[0], "the layer has a step size all the same");
});

test("branches: each end has the longest way to it, what lies beside has no figures", () => {
  const hidden = (inputs: readonly number[]): Layer => ({ ...dense(64, 64, "relu"), inputs });
  const first: Layer = { ...dense(784, 64, "relu"), inputs: [] };
  const head = (inputs: readonly number[]): Layer => ({ ...dense(64, 10, null), inputs });
  // 0 > 1 > 2 > 3 (an end); 0 > 4 joins 2 at 3; 1 > 5 is another end.
  const risk = assess(layers(first, hidden([0]), hidden([1]), head([2, 4]), hidden([0]), head([1])))!;
  assert.deepEqual(
    risk.layers.map((layer) => layer !== null),
    [true, true, true, false, false, false],
  );
  const chain = assess(layers(first, hidden([0]), hidden([1]), head([2])))!;
  assert.deepEqual(risk.layers.slice(0, 3), chain.layers.slice(0, 3));
  assert.equal(risk.deadAfterTraining, chain.deadAfterTraining);
  assert.ok(risk.assumptions.some((text) => text.includes("beside the longest way")));
  assert.ok(!chain.assumptions.some((text) => text.includes("beside the longest way")));
});

test("twin networks in one have figures each", () => {
  const way = (from: readonly number[], at: number): readonly Layer[] => [
    { ...dense(784, 64, "relu"), inputs: from },
    { ...dense(64, 10, null), inputs: [at] },
  ];
  const risk = assess(layers(...way([], 0), ...way([], 2)))!;
  assert.deepEqual(risk.layers[0], risk.layers[2]);
  assert.ok(risk.layers[0]);
});

test("in groups a gradient reaches the units of its own only", () => {
  const conv = (groups: number): Layer => ({
    ...dense(576 / groups, 64, "relu"),
    kind: "conv",
    kernelArea: 9,
    groups,
  });
  const step = (groups: number) =>
    assess({ ...layers(conv(1), conv(groups), dense(64, 10, null)), optimiser: read("sgd") })!.layers[0]!
      .stepSize;
  assert.ok(step(16) < step(1) * 1.01, `${step(16)} against ${step(1)}`);
});

test("the last layer is the output, also when it has an activation", () => {
  const linear = assess(layers(dense(784, 64, "relu"), dense(64, 10, null)))!;
  const softmax = assess(layers(dense(784, 64, "relu"), dense(64, 10, "softmax")))!;
  assert.deepEqual(softmax, linear);
});

test("one entry for each layer, null where no unit is counted", () => {
  const risk = assess(
    layers(dense(784, 64, "relu"), dense(64, 8, null), dense(8, 64, "tanh"), dense(64, 10, null)),
  )!;
  assert.deepEqual(
    risk.layers.map((layer) => layer !== null),
    [true, false, true, false],
  );
  assert.equal(risk.layers[2]?.deadAfterTraining, 0);
});

test("convolutions count the kernel's area in both fans", () => {
  const conv: Layer = {
    ...dense(27, 16, "relu"),
    kind: "conv",
    kernelArea: 9,
    weights: read({ scheme: "glorot_uniform" }),
  };
  const model = riskModel(layers(conv, dense(16 * 49, 10, null)))!;
  assert.equal(model.hidden[0]!.kernelArea, 9);
  assert.equal(model.output.fanIn, 784);
  assert.ok(assess(layers(conv, dense(16 * 49, 10, null)))!.deadAtInit < 0.05);
});

test("what a slider sets is what the code would give if it said so", () => {
  const { layers: all } = NETWORK;
  const each = (change: (layer: Layer) => Partial<Layer>): Network => ({
    ...NETWORK,
    layers: all.map((layer) => ({ ...layer, ...change(layer) })),
  });
  const HE = { scheme: "he_normal" } as const;
  const leak = { id: "leaky_relu", parameters: { negative_slope: 0.2 } };
  const cases: readonly (readonly [WhatIf, Network])[] = [
    [{}, NETWORK],
    [{ learningRate: 0.03 }, { ...NETWORK, learningRate: read(0.03) }],
    [{ clipNorm: 1 }, { ...NETWORK, clip: read({ by: "norm", limit: 1 } as const) }],
    [{ inputScale: "raw" }, { ...NETWORK, input: read({ data: "image", scale: "raw" } as const) }],
    [{ weights: HE }, each(() => ({ weights: read(HE) }))],
    [
      { bias: null },
      each(({ site: own }) => (own ? { bias: null } : { bias: read({ scheme: "constant" }) })),
    ],
    [
      { normalisation: { kind: "batch", place: "before" } },
      each(({ site: own }) => (own ? { normalisation: { kind: "batch", place: "before" } } : {})),
    ],
    [
      { activation: leak },
      each(({ site: own }) =>
        own ? { site: { ...site("leaky_relu"), parameters: { negative_slope: 0.2 } } } : {},
      ),
    ],
    [
      { width: 2 },
      layers(dense(784, 256, "relu"), ...new Array(4).fill(dense(256, 256, "relu")), dense(256, 10, null)),
    ],
    [
      { width: 0.01 },
      layers(dense(784, 1, "relu"), ...new Array(4).fill(dense(1, 1, "relu")), dense(1, 10, null)),
    ],
    [{ depth: 0.6 }, layers(...all.slice(0, 3), dense(128, 10, null))],
    [{ depth: 2 }, layers(all[0]!, ...new Array(9).fill(dense(128, 128, "relu")), dense(128, 10, null))],
    [
      { depth: 0.4, width: 0.5, weights: HE, learningRate: 0.1 },
      {
        ...layers(
          { ...dense(784, 64, "relu"), weights: read(HE) },
          { ...dense(64, 64, "relu"), weights: read(HE) },
          { ...dense(64, 10, null), weights: read(HE) },
        ),
        learningRate: read(0.1),
      },
    ],
  ];
  for (const [settings, network] of cases) assert.deepEqual(riskIf(NETWORK, settings), assess(network));
});

test("sliders of a network of many ways, of groups, of one that can't be estimated", () => {
  const conv = (fanIn: number, units: number, groups?: number): Layer => ({
    ...dense(fanIn, units, "relu"),
    kind: "conv",
    kernelArea: 9,
    ...(groups && { groups }),
  });
  const depthwise = (width: number) =>
    layers(conv(27, width), conv(9, width, width), conv(9 * width, width), dense(width, 10, null));
  assert.deepEqual(riskIf(depthwise(32), { width: 2 }), assess(depthwise(64)));
  const heads = layers(
    { ...dense(784, 64, "relu"), inputs: [] },
    { ...dense(64, 64, "relu"), inputs: [0] },
    { ...dense(64, 10, null), inputs: [1] },
    { ...dense(64, 3, null), inputs: [0] },
  );
  assert.deepEqual(
    riskIf(heads, { learningRate: 0.1 })!.layers.map((layer) => layer !== null),
    [true, true, false, false],
  );
  assert.equal(riskIf(heads, { depth: 2 })!.layers.length, 5);
  assert.equal(riskIf({ ...NETWORK, pretrained: true }, { depth: 2 }), null);
  assert.equal(riskIf(NETWORK, { activation: { id: "softmax", parameters: {} } }), null);
});
