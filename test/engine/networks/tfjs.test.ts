import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, inWords, layersOf, networksOf, networkOf as one, trainingOf } from "./named.ts";

const networkOf = (text: string, path = "model.js") => one(text, path);
const TF = "import * as tf from '@tensorflow/tfjs';\n";

test("a sequential model, layer by layer, in a function", () => {
  const network = networkOf(`${TF}const HIDDEN = 64;
function createModel() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], kernelSize: 3, filters: 16, activation: 'relu' }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: HIDDEN, activation: 'relu', kernelInitializer: 'heUniform', useBias: false }));
  model.add(tf.layers.dropout({ rate: 0.25 }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}
async function run() {
  const model = createModel();
  const xs = tf.tidy(() => tf.browser.fromPixels(image).toFloat().div(tf.scalar(255)));
  await model.fit(xs, labels, { epochs: 3 });
}
run();
`);
  assert.deepEqual([network.name, network.framework], ["createModel", "tfjs"]);
  assert.deepEqual(layersOf(network), ["9>16 relu batch-after", "2704>64 relu drop 0.25", "64>10 softmax"]);
  assert.deepEqual(trainingOf(network), ["adam", 0.01, 0, null, "cross-entropy"]);
  assert.deepEqual(network.input.value, { data: "image", scale: "unit" });
  assert.deepEqual(gapsOf(network), []);
  assert.ok(network.risk);
});

// Standard deviations were measured with @tensorflow/tfjs 4.22: its normals are cut off and not made up for.
test("Glorot's normal and zeros are the defaults; normals of a fan are narrower than they say", () => {
  const drawn = (options: string): string[] => {
    const { layers } = networkOf(
      `${TF}const net = tf.sequential({ layers: [tf.layers.dense({ inputShape: [8], units: 4, activation: 'relu'${options} }), tf.layers.dense({ units: 2 })] });\n`,
    );
    return [inWords(layers[0]?.weights.value), inWords(layers[0]?.bias?.value)];
  };
  const zeros = "constant mean 0";
  assert.deepEqual(drawn(""), ["glorot_normal gain 0.8796", zeros]);
  assert.deepEqual(drawn(", kernelInitializer: 'heNormal'"), ["he_normal gain 1.244", zeros]);
  assert.deepEqual(drawn(", kernelInitializer: 'glorotUniform'"), ["glorot_uniform", zeros]);
  assert.deepEqual(drawn(", kernelInitializer: tf.initializers.randomNormal({ stddev: 0.02 })"), [
    "normal mean 0 std 0.02",
    zeros,
  ]);
  assert.deepEqual(drawn(", biasInitializer: 'ones'")[1], "constant mean 1");
});

test("a function of the file gets the object that it is given, whole or in parts", () => {
  const made = (parameters: string, call: string, read = ""): readonly unknown[] => {
    const network = networkOf(`${TF}const make = (${parameters}) => {
  ${read}
  const net = tf.sequential({ layers: [tf.layers.dense({ units, activation: 'relu', inputShape: [4] }), tf.layers.dense({ units: 1 })] });
  net.compile({ optimizer: tf.train.sgd(lr), loss: 'meanSquaredError' });
  return net;
};
${call}
`);
    return [layersOf(network)[0], trainingOf(network)[1]];
  };
  const given = ["4>12 relu", 0.3];
  assert.deepEqual(made("{ units, lr = 0.1 }", "make({ units: 12, lr: 0.3 });"), given);
  assert.deepEqual(made("{ units = 5, lr = 0.1 } = {}", "make({ lr: 0.3, units: 12 });"), given);
  assert.deepEqual(made("{ units = 5, lr = 0.1 } = {}", "make();"), ["4>5 relu", 0.1]);
  assert.deepEqual(made("units, { lr }", "make(12, { lr: 0.3 });"), given);
  const read = "const { units, lr } = options;";
  assert.deepEqual(made("options", "make({ units: 12, lr: 0.3 });", read), given);
  const unknown = made("{ units = 5, lr = 0.1 }", "make({ units: 12, ...more });");
  assert.deepEqual(unknown[0], "4>12 relu");
  assert.notEqual(unknown[1], 0.1, "what is spread may have a rate");
});

test("layers of activations in a functional model", () => {
  const network = networkOf(`${TF}const input = tf.input({ shape: [7] });
let x = tf.layers.dense({ units: 11 }).apply(input);
x = tf.layers.leakyReLU({ alpha: 0.2 }).apply(x);
x = tf.layers.dense({ units: 1 }).apply(x);
const model = tf.model({ inputs: input, outputs: x });
`);
  assert.deepEqual(layersOf(network), ["7>11 leaky_relu", "11>1"]);
});

test("a functional model; rates of optimisers by name", () => {
  const network = networkOf(
    `const input = tf.input({ shape: [13] });
const hidden = tf.layers.dense({ units: 50, activation: 'relu' }).apply(input) as tf.SymbolicTensor;
const more = tf.layers.dense({ units: 50, activation: 'relu' }).apply(hidden) as tf.SymbolicTensor;
const sum = tf.layers.add().apply([hidden, more]);
const output = tf.layers.dense({ units: 1 }).apply(sum) as tf.SymbolicTensor;
export const model = tf.model({ inputs: input, outputs: output });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const scaled = data.sub(data.min()).div(data.max().sub(data.min()));
`,
    "model.ts",
  );
  assert.deepEqual(layersOf(network), ["13>50 relu", "50>50 relu +", "50>1"]);
  assert.deepEqual(trainingOf(network), ["sgd", 0.01, 0, null, "squared-error"]);
  assert.match(network.learningRate.assumption ?? "", /TensorFlow\.js/);
  assert.equal(network.input.value.scale, "unit");
  const rates = ["adam", "rmsprop", "adamax", "adagrad"].map(
    (name) =>
      networkOf(
        `${TF}const net = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 4, activation: 'relu' })] });\nnet.compile({ optimizer: '${name}', loss: 'meanSquaredError' });\n`,
      ).learningRate.value,
  );
  assert.deepEqual(rates, [0.001, 0.001, 0.002, 0.01]);
});

test("loops that count, arrays that call a function, classes", () => {
  const network = networkOf(`${TF}class Agent {
  constructor(size) {
    this.model = tf.sequential();
    this.model.add(tf.layers.dense({ inputShape: [size], units: 8, activation: 'relu' }));
    for (let i = 0; i < 2; i++) {
      this.model.add(tf.layers.dense({ units: 16 * (i + 1), activation: 'tanh' }));
    }
    [6, 4].forEach((units) => {
      this.model.add(tf.layers.dense({ units, activation: 'relu' }));
    });
    this.optimizer = tf.train.momentum(0.05, 0.9);
    this.model.compile({ optimizer: this.optimizer, loss: tf.losses.meanSquaredError });
  }
}
const agent = new Agent(3);
`);
  assert.deepEqual(layersOf(network), ["3>8 relu", "8>16 tanh", "16>32 tanh", "32>6 relu", "6>4 relu"]);
  assert.deepEqual(trainingOf(network), ["momentum", 0.05, 0.9, null, "squared-error"]);
});

test("how often something is added that nobody can say is a gap", () => {
  const start = `${TF}const net = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 10, activation: 'relu' }), tf.layers.dense({ units: 3 })] });\n`;
  for (const more of [
    "sizes.forEach((n) => net.add(tf.layers.dense({ units: n })));",
    "for (let i = 0; i < depth; i++) net.add(tf.layers.dense({ units: 8, activation: 'relu' }));",
    "for (let i = 0; i < 4; i = next(i)) net.add(tf.layers.dense({ units: 8, activation: 'relu' }));",
  ]) {
    const network = networkOf(`${start}${more}\n`);
    assert.deepEqual(gapsOf(network), ["a list of layers is not known"], more);
    assert.equal(network.risk, null);
  }
  assert.deepEqual(gapsOf(networkOf(start)), []);
});

test("functions that are handed on are networks' places too", () => {
  const network = networkOf(`${TF}document.getElementById('train').addEventListener('click', async () => {
  const net = tf.sequential();
  net.add(tf.layers.dense({ inputShape: [4], units: 10, activation: 'relu' }));
  net.add(tf.layers.dense({ units: 3 }));
});
`);
  assert.deepEqual(layersOf(network), ["4>10 relu", "10>3"]);
});

test("no network of what is none", () => {
  assert.deepEqual(networksOf(`${TF}const y = tf.relu(tf.tensor1d([1, -1]));\n`, "a.js"), []);
  assert.deepEqual(
    networksOf(
      "const net = lib.sequential();\nnet.add(lib.layers.dense({ units: 3, activation: 'relu' }));\n",
      "a.js",
    ),
    [],
  );
  const unknown = networkOf(`${TF}const net = tf.sequential();
net.add(tf.layers.dense({ units: width, activation: 'relu' }));
net.add(tf.layers.lstm({ units: 3 }));
net.add(tf.layers.dense({ units: 1 }));
`);
  assert.deepEqual(gapsOf(unknown).slice(0, 3), [
    "width and input width of layer 1 are not known",
    "an LSTM layer is not estimated",
    "width of the input of layer 2 is not known",
  ]);
});

test("names in patterns take their part of an argument, or their default", () => {
  const built = (head: string, call: string): string[] =>
    layersOf(
      networkOf(`${TF}function build(${head}) {
  const net = tf.sequential();
  net.add(tf.layers.dense({ inputShape: [inputs], units: width, activation: 'relu' }));
  net.add(tf.layers.dense({ units: 1 }));
  return net;
}
const config = { inputs: 5, width: 12, more: { width: 20 } };
const net = ${call};
net.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
`),
    );
  assert.deepEqual(built("{ inputs, width }", "build(config)"), ["5>12 relu", "12>1"]);
  assert.deepEqual(built("{ inputs, more: { width } }", "build(config)"), ["5>20 relu", "20>1"]);
  assert.deepEqual(built("inputs, { width = 7 } = {}", "build(3)"), ["3>7 relu", "7>1"]);
  assert.deepEqual(built("inputs, { width = 7 } = {}, last = 1", "build(3, config, 2)"), [
    "3>12 relu",
    "12>1",
  ]);
  assert.deepEqual(built("{ inputs: [inputs], width }", "build(config)"), ["?>12 relu", "12>1"]);
  assert.deepEqual(built("{ inputs, ...width }", "build(config)"), ["5>? relu", "?>1"]);
});

test("properties that are set later, and layers applied one after the other by reduce", () => {
  const network = networkOf(`${TF}const dense = (units, inputs) => {
  const options = { units, activation: 'relu' };
  if (inputs) options.name = 'first';
  options.biasInitializer = tf.initializers.constant({ value: -0.5 });
  return tf.layers.dense(options);
};
const start = tf.input({ shape: [7] });
const end = [dense(11, 7), dense(5), tf.layers.dense({ units: 2 })].reduce((x, layer) => layer.apply(x), start);
const net = tf.model({ inputs: start, outputs: end });
net.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
`);
  assert.deepEqual(layersOf(network), ["7>11 relu", "11>5 relu", "5>2"]);
  assert.equal(inWords(network.layers[0]?.bias?.value), "constant mean -0.5");
});
