/** What rules say where no network can be read as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineStarts, positionAt } from "../../../src/engine/index.ts";
import { apply, read } from "../support.ts";

const TF = "import tensorflow as tf\n";
const LOSS = `labels = tf.placeholder(tf.float32, [None, 3])
loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=scores)
train = tf.train.AdamOptimizer(1e-3).minimize(loss)
`;

/** `relu-on-output 3 warning`. */
function said(text: string, path = "model.py"): string[] {
  const starts = lineStarts(text);
  return read(text, path).findings.map(
    ({ rule, span, severity }) => `${rule} ${positionAt(starts, span.from).line} ${severity}`,
  );
}

test("TensorFlow 1: a ReLU that is written on the scores, through names and reshapes", () => {
  const text = `${TF}x = tf.placeholder(tf.float32, [None, 8])
hidden = tf.layers.dense(x, 16, activation=tf.nn.relu)
out = tf.layers.dense(hidden, 3, activation=tf.nn.relu)
scores = tf.reshape(out, [-1, 3])
${LOSS}`;
  assert.deepEqual(said(text), ["relu-on-output 4 warning"]);
  const [fix] = read(text).findings[0]?.fixes ?? [];
  assert.ok(fix);
  assert.match(apply(text, fix), /out = tf\.layers\.dense\(hidden, 3\)\n/);
});

test("TensorFlow 1: a ReLU on the scores of a layer that is not read", () => {
  const text = `${TF}from mylib import batches, layer
x, y = batches()
scores = tf.nn.relu(layer(x, 3))
${LOSS}`;
  assert.deepEqual(said(text), ["relu-on-output 4 warning"]);
});

test("TensorFlow 1: the ReLU that fully_connected has unless told otherwise", () => {
  const text = `${TF}x = tf.placeholder(tf.float32, [None, 8])
hidden = tf.contrib.layers.fully_connected(x, 16)
value = tf.contrib.layers.fully_connected(hidden, 1)
loss = tf.reduce_mean(tf.squared_difference(x, tf.squeeze(value)))
train = tf.train.AdamOptimizer(1e-3).minimize(loss)
`;
  assert.deepEqual(said(text), ["relu-on-output 4 warning"]);
  const [fix] = read(text).findings[0]?.fixes ?? [];
  assert.ok(fix);
  const after = apply(text, fix);
  assert.match(after, /fully_connected\(hidden, 1, activation_fn=None\)/);
  assert.deepEqual(said(after), []);
});

test("TensorFlow 1: a helper that makes hidden layers too is told of, and not edited", () => {
  const text = `${TF}
def dense(x, units):
    return tf.nn.relu(tf.layers.dense(x, units))

x = tf.placeholder(tf.float32, [None, 8])
hidden = dense(x, 16)
scores = dense(hidden, 3)
${LOSS}`;
  assert.deepEqual(said(text), ["relu-on-output 4 warning"]);
  const [finding] = read(text).findings;
  assert.deepEqual(finding?.fixes, []);
  assert.match(
    finding?.message ?? "",
    /let its caller choose the activation and choose none for the output\.$/,
  );
});

test("TensorFlow 1: silence where the scores are linear, bound twice, or nothing is trained", () => {
  const linear = `${TF}x = tf.placeholder(tf.float32, [None, 8])
hidden = tf.contrib.layers.fully_connected(x, 16)
scores = tf.contrib.layers.fully_connected(hidden, 3, activation_fn=None)
${LOSS}`;
  assert.deepEqual(said(linear), []);
  const twice = linear.replace("scores =", "scores = tf.nn.relu(hidden)\nscores =");
  assert.deepEqual(said(twice), []);
  const untrained = linear.replace(", activation_fn=None", "").replace(/train = .*\n/, "");
  assert.deepEqual(said(untrained), []);
});

test("TensorFlow 1: an activation that a function of the file is given may be for its hidden layers only", () => {
  const text = `${TF}
def mlp(x, activation):
    return tf.layers.dense(tf.layers.dense(x, 16, activation=activation), 3)

x = tf.placeholder(tf.float32, [None, 8])
scores = mlp(x, activation=tf.nn.relu)
${LOSS}`;
  assert.deepEqual(said(text), []);
});

test("PyTorch: a slope told to the initialiser of a parameter that a ReLU follows", () => {
  const text = (told: string) => `import math
import torch.nn.functional as F
from torch import nn


class Code(nn.Module):
    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight)
        nn.init.kaiming_uniform_(self.weight${told})

    def forward(self, x):
        return F.relu(F.linear(x, self.weight))
`;
  assert.deepEqual(said(text(", a=math.sqrt(5)")), ["initialiser-mismatch 10 information"]);
  const [fix] = read(text(", a=math.sqrt(5)")).findings[0]?.fixes ?? [];
  assert.ok(fix);
  assert.match(apply(text(", a=math.sqrt(5)"), fix), /kaiming_uniform_\(self\.weight, nonlinearity="relu"\)/);
  assert.deepEqual(said(text("")), []);
  assert.deepEqual(said(text(', nonlinearity="relu"')), []);
});

test("AllenNLP: a narrow feed-forward head is information, a wide one nothing", () => {
  const text = (widths: string) => `{
  "dataset_reader": { "type": "papers" },
  "model": {
    "type": "classifier",
    "head": { "input_dim": 8, "num_layers": 2, "hidden_dims": ${widths}, "activations": ["relu", "linear"] }
  },
  "trainer": { "num_epochs": 4 }
}
`;
  assert.deepEqual(said(text("[2, 3]"), "a.json"), ["narrow-network 5 information"]);
  assert.deepEqual(said(text("[32, 3]"), "a.json"), []);
  assert.deepEqual(said(text("32"), "a.json"), []);
});
