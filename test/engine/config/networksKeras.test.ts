import assert from "node:assert/strict";
import test from "node:test";
import { gapsIn, layersIn, networkIn } from "./networksSupport.ts";

interface Json {
  readonly [key: string]: unknown;
}

const of = (class_name: string, config: Json = {}): Json => ({ class_name, config });
const input = (shape: readonly (number | null)[], name = "in"): Json => ({
  ...of("InputLayer", { name, batch_shape: [null, ...shape] }),
  name,
  inbound_nodes: [],
});
const sequential = (layers: readonly Json[], more: Json = {}): string =>
  JSON.stringify({ ...of("Sequential", { name: "seq", layers }), ...more }, null, 1);

/** Keras 2 names what a layer takes; `from` may be several, for one application. */
const node = (name: string, layer: Json, ...from: string[]): Json => ({
  ...layer,
  name,
  inbound_nodes: [from.map((other) => [other, 0, 0, {}])],
});
const functional = (layers: readonly Json[], output: string): string =>
  JSON.stringify(
    of("Functional", { name: "f", layers, input_layers: [["in", 0, 0]], output_layers: [[output, 0, 0]] }),
  );

const dense = (units: number, activation = "relu", more: Json = {}): Json =>
  of("Dense", { units, activation, ...more });
const conv = (filters: number, more: Json = {}): Json =>
  of("Conv2D", { filters, kernel_size: [3, 3], activation: "relu", ...more });

test("a Sequential: shapes, separate activations, normalisation, dropout", () => {
  const text = sequential([
    input([28, 28, 1]),
    of("Rescaling", { scale: 1 / 255, offset: 0 }),
    conv(8),
    of("MaxPooling2D", { pool_size: [2, 2], strides: null }),
    conv(16, { padding: "same", strides: [2, 2], activation: "linear", use_bias: false }),
    of("BatchNormalization"),
    of("Activation", { activation: "relu" }),
    of("Flatten"),
    dense(32, "linear"),
    of("LeakyReLU", { negative_slope: 0.2 }),
    of("Dropout", { rate: 0.5 }),
    dense(10, "softmax"),
  ]);
  assert.deepEqual(layersIn("json", text), [
    "conv 9>8 relu",
    "conv 72>16 relu, batch before",
    "dense 784>32 leaky_relu, dropout 0.5",
    "dense 32>10 softmax",
  ]);
  const { gaps, input: data, layers, name } = networkIn("json", text);
  assert.deepEqual([name, gaps, layers[1]?.bias], ["seq", [], null]);
  assert.deepEqual(data.value, { data: "image", scale: "unit" });
});

test("the first layer may carry the shape, and old files are a bare list", () => {
  const first = of("Dense", { units: 4, activation: "relu", batch_input_shape: [null, 7] });
  assert.deepEqual(layersIn("json", sequential([first, dense(2)])), ["dense 7>4 relu", "dense 4>2 relu"]);
  const bare = JSON.stringify({ class_name: "Sequential", config: [first], keras_version: "2.1.6" });
  assert.deepEqual(layersIn("json", bare), ["dense 7>4 relu"]);
  const yaml = `class_name: Sequential\nconfig:\n  layers:\n  - class_name: Dense\n    config: {units: 4, activation: relu, batch_input_shape: [null, 7]}\n`;
  assert.deepEqual(layersIn("yaml", yaml), ["dense 7>4 relu"]);
});

test("a functional model of Keras 2: sums, joins, and layers in any order of the file", () => {
  const text = functional(
    [
      input([8, 8, 4]),
      node("out", dense(3, "softmax"), "pool"),
      node("a", conv(4, { padding: "same" }), "in"),
      node("b", conv(4, { padding: "same", activation: "linear" }), "a"),
      node("sum", of("Add"), "b", "a"),
      node("act", of("Activation", { activation: "relu" }), "sum"),
      node("c", conv(6, { padding: "same" }), "act"),
      node("cat", of("Concatenate", { axis: -1 }), "c", "act"),
      node("pool", of("GlobalAveragePooling2D"), "cat"),
    ],
    "out",
  );
  assert.deepEqual(layersIn("json", text), [
    "conv 36>4 relu",
    "conv 36>4 relu, residual",
    "conv 36>6 relu",
    "dense 10>3 softmax",
  ]);
  assert.deepEqual(gapsIn("json", text), []);
});

test("a functional model of Keras 3, with a shared layer and a nested model", () => {
  const tensor = (name: string, at = 0): Json => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 6], keras_history: [name, at, 0] },
  });
  const call = (...from: Json[]): Json => ({ args: from.length > 1 ? [from] : from, kwargs: { mask: null } });
  const inner = of("Sequential", { name: "inner", layers: [input([6], "x"), dense(5), dense(6)] });
  const layers = [
    input([6]),
    { ...dense(6), name: "twice", inbound_nodes: [call(tensor("in")), call(tensor("twice"))] },
    { ...inner, name: "inner", inbound_nodes: [call(tensor("twice", 1))] },
    { ...of("Add"), name: "sum", inbound_nodes: [call(tensor("inner"), tensor("in"))] },
    { ...dense(1, "linear"), name: "out", inbound_nodes: [call(tensor("sum"))] },
  ];
  const model = of("Functional", {
    name: "f",
    layers,
    input_layers: ["in", 0, 0],
    output_layers: ["out", 0, 0],
  });
  const text = JSON.stringify({ module: "keras", ...model });
  assert.deepEqual(layersIn("json", text), [
    "dense 6>6 relu",
    "dense 6>6 relu",
    "dense 6>5 relu",
    "dense 5>6 relu, residual",
    "dense 6>1",
  ]);
  assert.deepEqual(gapsIn("json", text), []);
});

test("depthwise and separable kernels see one channel each", () => {
  const text = sequential([
    input([9, 9, 6]),
    of("DepthwiseConv2D", { kernel_size: [3, 3], depth_multiplier: 2, activation: "relu" }),
    of("SeparableConv2D", { filters: 5, kernel_size: [3, 3], activation: "relu" }),
    conv(8, { groups: 5, activation: "linear" }),
  ]);
  assert.deepEqual(layersIn("json", text), ["conv 9>12 relu", "conv 9>12", "conv 12>5 relu", "conv 9>8"]);
  assert.deepEqual(gapsIn("json", text), []);
});

test("initialisers by name, by class, and by variance", () => {
  const drawn = (kernel_initializer: unknown): unknown =>
    networkIn("json", sequential([input([10]), dense(40, "relu", { kernel_initializer })])).layers[0]?.weights
      .value;
  assert.deepEqual(drawn(undefined), { scheme: "glorot_uniform" });
  assert.deepEqual(drawn("he_normal"), { scheme: "he_normal" });
  assert.deepEqual(drawn(of("RandomNormal", { mean: 0, stddev: 0.02 })), {
    scheme: "normal",
    mean: 0,
    std: 0.02,
  });
  const scaling = (scale: number, mode: string, distribution: string): Json =>
    of("VarianceScaling", { scale, mode, distribution });
  assert.deepEqual(drawn(scaling(2, "fan_in", "uniform")), { scheme: "he_uniform" });
  assert.deepEqual(drawn(scaling(1, "fan_avg", "truncated_normal")), { scheme: "glorot_normal" });
  assert.deepEqual(drawn(scaling(4, "fan_out", "untruncated_normal")), { scheme: "lecun_normal" });
});

test("how it was compiled: Keras 3 beside the model, Keras 2 around it", () => {
  const adam = { class_name: "Adam", config: { learning_rate: 0.0010000000474974513, clipvalue: 0.5 } };
  const here = networkIn(
    "json",
    sequential([input([3]), dense(2)], { compile_config: { optimizer: adam, loss: "mse" } }),
  );
  assert.deepEqual(
    [here.optimiser.value, here.learningRate.value, here.clip.value, here.loss.value],
    ["adam", 0.001, { by: "value", limit: 0.5 }, "squared-error"],
  );
  const sgd = { class_name: "SGD", config: { lr: 0.1, momentum: 0.9 } };
  const training_config = { optimizer_config: sgd, loss: "categorical_crossentropy" };
  const model_config = JSON.parse(sequential([input([3]), dense(2)])) as unknown;
  const around = networkIn("json", JSON.stringify({ modelTopology: { model_config, training_config } }));
  assert.deepEqual(
    [around.optimiser.value, around.learningRate.value, around.momentum.value, around.loss.value],
    ["momentum", 0.1, 0.9, "cross-entropy"],
  );
  const untold = networkIn("json", sequential([input([3]), dense(2)]));
  assert.equal(untold.optimiser.assumption, "optimiser not in this file: Adam assumed");
});

test("what can't be followed is said", () => {
  const recurrent = [input([9]), of("Embedding", { output_dim: 4 }), of("LSTM", { units: 8 }), dense(2)];
  assert.deepEqual(gapsIn("json", sequential(recurrent)), [
    "an Embedding layer is not estimated",
    "a LSTM layer is not estimated",
  ]);
  assert.deepEqual(layersIn("json", sequential(recurrent)), ["dense 8>2 relu"]);
  assert.deepEqual(gapsIn("json", sequential([of("Dense", { units: 3, activation: "relu" })])), [
    "width of the input of layer 1 is not known",
  ]);
  assert.deepEqual(gapsIn("json", sequential([input([4]), dense(3), of("Magic"), dense(2)])), [
    "what a Magic layer does is not known",
    "width of the input of layer 2 is not known",
  ]);
  const branches = [
    input([4]),
    node("a", dense(3), "in"),
    node("b", dense(3), "in"),
    node("cat", of("Concatenate"), "a", "b"),
    node("out", dense(1), "cat"),
  ];
  assert.deepEqual(gapsIn("json", functional(branches, "out")), [
    "layers stand side by side here, which is not estimated",
  ]);
  const old = JSON.stringify({ ...of("Sequential", { layers: [dense(3)] }), keras_version: "1.2.0" });
  assert.deepEqual(gapsIn("json", old), ["the form of Keras 1 is not read"]);
});
