/** Rules on networks of configurations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../support.ts";

interface Json {
  readonly [key: string]: unknown;
}

const of = (class_name: string, config: Json = {}): Json => ({ class_name, config });
const dense = (units: number, activation: string, more: Json = {}): Json =>
  of("Dense", { units, activation, ...more });

/** A Keras model as `model.to_json()` and the metadata of a saved one give it. */
function keras(layers: readonly Json[], compiled?: Json, more: Json = {}): string {
  const input = of("InputLayer", { name: "in", batch_shape: [null, 12] });
  const model = { ...of("Sequential", { name: "seq", layers: [input, ...layers] }), ...compiled };
  return JSON.stringify("weightsManifest" in more ? { modelTopology: model, ...more } : model, null, 1);
}

const compiled = (loss: string, rate = 0.001): Json => ({
  compile_config: { optimizer: of("Adam", { learning_rate: rate }), loss },
});

/** `narrow-network warning`. */
const said = (text: string, path: string): string[] =>
  read(text, path).findings.map(({ rule, severity }) => `${rule} ${severity}`);

const SOFTMAX = compiled("categorical_crossentropy");
const CASES: readonly (readonly [said: string, layers: readonly Json[], compiled: Json])[] = [
  ["relu-on-output warning", [dense(32, "tanh"), dense(1, "relu")], compiled("mean_squared_error")],
  ["softmax-on-one-unit warning", [dense(32, "tanh"), dense(1, "softmax")], compiled("binary_crossentropy")],
  ["narrow-network warning", [dense(2, "relu"), dense(2, "relu"), dense(3, "softmax")], SOFTMAX],
  [
    "step-too-large warning",
    [dense(64, "relu"), dense(64, "relu"), dense(3, "softmax")],
    compiled("categorical_crossentropy", 0.5),
  ],
  [
    "zero-weights warning",
    [dense(32, "relu", { kernel_initializer: of("Zeros") }), dense(3, "softmax")],
    SOFTMAX,
  ],
  [
    "dying-relu warning",
    [dense(32, "relu", { bias_initializer: of("Constant", { value: -4 }) }), dense(3, "softmax")],
    SOFTMAX,
  ],
];

for (const [expected, layers, how] of CASES)
  test(`Keras as JSON: ${expected}`, () => {
    assert.deepEqual(said(keras(layers, how), "a.json"), [expected]);
  });

test("Keras as JSON: silence on a healthy one, on one that says nothing of training, and on trained weights", () => {
  const healthy = [dense(32, "relu"), dense(3, "softmax")];
  assert.deepEqual(said(keras(healthy, SOFTMAX), "a.json"), []);
  const [, layers, how] = CASES[0] ?? ["", [], {}];
  assert.deepEqual(said(keras(layers), "a.json"), []);
  assert.deepEqual(said(keras(layers, how, { weightsManifest: [{ paths: ["a.bin"] }] }), "a.json"), []);
});

test("a cross-entropy that may take either names both ways, and no edit", () => {
  const [finding] = read(keras([dense(32, "tanh"), dense(4, "relu")], SOFTMAX), "a.json").findings;
  assert.match(finding?.message ?? "", /linear where the loss takes scores, use softmax where/);
  assert.deepEqual(finding?.fixes, []);
});

const layer = (type: string, bottom: string, top: string, more = ""): string =>
  `layer { name: "${top}" type: "${type}" bottom: "${bottom}" top: "${top}" ${more} }\n`;
const product = (bottom: string, top: string, units: number, filler = 'type: "xavier"'): string =>
  layer(
    "InnerProduct",
    bottom,
    top,
    `inner_product_param { num_output: ${units} weight_filler { ${filler} } }`,
  );
const DATA =
  'name: "N"\ninput: "data"\ninput_shape { dim: 1 dim: 30 }\ninput: "label"\ninput_shape { dim: 1 }\n';
const LOSS = 'layer { name: "loss" type: "SoftmaxWithLoss" bottom: "b" bottom: "label" top: "loss" }\n';

test("Caffe: a ReLU on the scores of a file that has a loss, not of one for use", () => {
  const hidden = product("data", "a", 64) + layer("ReLU", "a", "a");
  const end = product("a", "b", 5) + layer("ReLU", "b", "b");
  assert.deepEqual(said(DATA + hidden + end + LOSS, "a.prototxt"), ["relu-on-output warning"]);
  assert.deepEqual(said(DATA + hidden + end, "a.prototxt"), []);
  assert.deepEqual(said(DATA + hidden + product("a", "b", 5) + LOSS, "a.prototxt"), []);
});

test("Caffe: narrow layers and weights at zero", () => {
  const two = (units: number, filler?: string) =>
    DATA + product("data", "a", units, filler) + layer("ReLU", "a", "a") + product("a", "b", 5) + LOSS;
  assert.deepEqual(said(two(2), "a.prototxt"), ["narrow-network information"]);
  assert.deepEqual(said(two(64, 'type: "constant" value: 0'), "a.prototxt"), ["zero-weights warning"]);
});

test("Darknet: a rate that is too large, a narrow network, and pooled convolutions as scores", () => {
  const net = (rate: number, ...sections: string[]) =>
    `[net]\ninputs=12\nlearning_rate=${rate}\n${sections.join("")}[softmax]\n`;
  const connected = (units: number, activation: string) =>
    `[connected]\noutput=${units}\nactivation=${activation}\n`;
  const wide = [connected(64, "relu"), connected(64, "relu"), connected(5, "linear")];
  assert.deepEqual(said(net(5, ...wide), "a.cfg"), ["step-too-large warning"]);
  assert.deepEqual(said(net(0.01, ...wide), "a.cfg"), []);
  const narrow = [connected(2, "relu"), connected(2, "relu"), connected(5, "linear")];
  assert.deepEqual(said(net(0.01, ...narrow), "a.cfg"), ["narrow-network warning"]);
  const pooled = `[net]\nwidth=8\nheight=8\nchannels=3\nlearning_rate=0.01\n[convolutional]\nfilters=16\nsize=3\nactivation=relu\n[convolutional]\nfilters=5\nsize=1\nactivation=relu\n[avgpool]\n[softmax]\n`;
  assert.deepEqual(said(pooled, "a.cfg"), []);
});
