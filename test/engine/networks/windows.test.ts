/** How convolutions move and what is pooled behind them, in each framework's own words; unknown where it is not plain. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/engine/index.ts";
import { KERAS, TORCH } from "./support.ts";

function windows(text: string, path = "m.py") {
  const network = analyze({ path, text }).networks[0];
  assert.ok(network, text);
  return network.layers.filter(({ kind }) => kind === "conv").map(({ window }) => window);
}

const torch = (...layers: readonly string[]) =>
  windows(`${TORCH}net = nn.Sequential(${layers.join(", ")}, nn.ReLU(), nn.Flatten(), nn.Linear(64, 10))\n`);

test("PyTorch: stride, padding by number and word, pooling as layer and function", () => {
  assert.deepEqual(torch("nn.Conv2d(1, 8, 3)"), [{ stride: 1, padding: 0 }]);
  assert.deepEqual(torch("nn.Conv2d(1, 8, 5, stride=2, padding=2)"), [{ stride: 2, padding: 2 }]);
  assert.deepEqual(torch("nn.Conv2d(1, 8, 5, padding='same')", "nn.ReLU()", "nn.MaxPool2d(2)"), [
    { stride: 1, padding: 2, pool: 2 },
  ]);
  assert.deepEqual(
    torch("nn.Conv2d(1, 8, (3, 3), padding=(1, 1))", "nn.AvgPool2d(kernel_size=2, stride=2)"),
    [{ stride: 1, padding: 1, pool: 2, isMean: true }],
  );
  const functional = windows(`${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(1, 8, 3)
        self.b = nn.Conv2d(8, 8, 3, 2)
        self.c = nn.Linear(32, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.a(x)), 2)
        x = F.relu(self.b(x))
        return self.c(torch.flatten(x, 1))
net = Net()
`);
  assert.deepEqual(functional, [
    { stride: 1, padding: 0, pool: 2 },
    { stride: 2, padding: 0 },
  ]);
});

test("Keras and TensorFlow.js: valid and same", () => {
  const keras = windows(`${KERAS}model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10),
])
`);
  assert.deepEqual(keras, [
    { stride: 2, padding: 1 },
    { stride: 1, padding: 0, pool: 2 },
  ]);
  const tfjs = windows(
    `import * as tf from "@tensorflow/tfjs";
const model = tf.sequential();
model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 3, activation: "relu" }));
model.add(tf.layers.averagePooling2d({ poolSize: 2, strides: 2 }));
model.add(tf.layers.flatten());
model.add(tf.layers.dense({ units: 10 }));
`,
    "m.js",
  );
  assert.deepEqual(tfjs, [{ stride: 1, padding: 0, pool: 2, isMean: true }]);
});

test("TensorFlow 1 and Flax: SAME, and a window that is given", () => {
  const graph = windows(`import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 28, 28, 1])
y = tf.placeholder(tf.int64, [None])
w = tf.Variable(tf.truncated_normal([5, 5, 1, 8], stddev=0.1))
h = tf.nn.relu(tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding="SAME"))
p = tf.nn.avg_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
flat = tf.reshape(p, [-1, 14 * 14 * 8])
v = tf.Variable(tf.truncated_normal([14 * 14 * 8, 10], stddev=0.1))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(flat, v)))
train = tf.train.AdamOptimizer(1e-3).minimize(loss)
`);
  assert.deepEqual(graph, [{ stride: 1, padding: 2, pool: 2, isMean: true }]);
  const flax = windows(`import flax.linen as nn
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(features=8, kernel_size=(3, 3))(x))
        x = nn.max_pool(x, window_shape=(2, 2), strides=(2, 2))
        x = nn.relu(nn.Conv(features=8, kernel_size=(3, 3), padding="VALID")(x))
        x = x.reshape((x.shape[0], -1))
        return nn.Dense(features=10)(x)
`);
  assert.deepEqual(flax, [
    { stride: 1, padding: 1, pool: 2 },
    { stride: 1, padding: 0 },
  ]);
});

test("what ends in one position leaves the windows as they are", () => {
  assert.deepEqual(torch("nn.Conv2d(1, 8, 3)", "nn.AdaptiveAvgPool2d(1)"), [{ stride: 1, padding: 0 }]);
});

test("not known: axes that differ, dilation, even kernels that keep the size, pooling that overlaps or comes twice", () => {
  for (const layers of [
    ["nn.Conv2d(1, 8, 3, stride=(1, 2))"],
    ["nn.Conv2d(1, 8, 3, dilation=2)"],
    ["nn.Conv2d(1, 8, 4, padding='same')"],
    ["nn.Conv2d(1, 8, 3, padding=p)"],
    ["nn.ConvTranspose2d(1, 8, 3)"],
    ["nn.Conv2d(1, 8, 3)", "nn.MaxPool2d(3, 2)"],
    ["nn.Conv2d(1, 8, 3)", "nn.MaxPool2d(2, ceil_mode=True)"],
    ["nn.Conv2d(1, 8, 3)", "nn.MaxPool2d(2)", "nn.MaxPool2d(2)"],
    ["nn.Conv2d(1, 8, 3)", "nn.AdaptiveAvgPool2d(4)"],
    ["nn.Conv2d(1, 8, 3)", "nn.Upsample(scale_factor=2)"],
  ])
    assert.deepEqual(torch(...layers), [undefined], layers.join());
});
