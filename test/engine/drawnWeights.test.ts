import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../src/engine/index.ts";
import { apply } from "./support.ts";

const START = `import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 28, 28, 1])
y = tf.placeholder(tf.float32, [None, 10])
`;
const END = `
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=out, labels=y))
train = tf.train.AdamOptimizer(0.01).minimize(loss)
`;

/** The program with the weights of these layers of its network drawn to suit their activation. */
function redrawn(code: string, ...places: number[]): string | undefined {
  const text = START + code + END;
  const { analysis, fixes } = inspect({ path: "model.py", text });
  const [network] = analysis.networks;
  assert.ok(network, "a network is read");
  const layers = places.map((place) => {
    const layer = network.layers[place];
    assert.ok(layer);
    return layer;
  });
  const fix = fixes.fix(network, { kind: "initialiser", layers });
  if (!fix) return undefined;
  return apply(text, fix).slice(START.length, -END.length);
}

const two = (first: string, second: string, shape = "[5, 5, 1, 32]"): string => `w = ${first}
h = tf.nn.relu(tf.nn.conv2d(x, w, [1, 1, 1, 1], 'SAME'))
v = ${second}
out = tf.matmul(tf.reshape(h, [-1, 28 * 28 * 32]), v)  # ${shape}`;

const OUT = "tf.Variable(tf.zeros([25088, 10]))";

test("a standard deviation is written out, He's in front of a ReLU: sqrt(2 / 25)", () => {
  const to = (from: string): string | undefined =>
    redrawn(two(`tf.Variable(${from})`, OUT), 0)?.split("\n")[0];
  assert.equal(
    to("tf.random_normal([5, 5, 1, 32])"),
    "w = tf.Variable(tf.random_normal([5, 5, 1, 32], stddev=0.28))",
  );
  assert.equal(
    to("tf.random_normal([5, 5, 1, 32], stddev=2.0, name='w')"),
    "w = tf.Variable(tf.random_normal([5, 5, 1, 32], stddev=0.28, name='w'))",
  );
  assert.equal(
    to("tf.random_normal([5, 5, 1, 32], 0.0, 1.0)"),
    "w = tf.Variable(tf.random_normal([5, 5, 1, 32], 0.0, 0.28))",
  );
  // Of a normal that is cut off at two deviations, 0.88 are left.
  assert.equal(
    to("tf.truncated_normal([5, 5, 1, 32])"),
    "w = tf.Variable(tf.truncated_normal([5, 5, 1, 32], stddev=0.32))",
  );
});

test("an initialiser's too, and Glorot's in front of what is no rectifier", () => {
  const get = (initialiser: string): string =>
    two(
      `tf.get_variable('w', [5, 5, 1, 32], initializer=${initialiser})`,
      "tf.Variable(tf.random_normal([25088, 10]))",
    );
  assert.match(
    redrawn(get("tf.random_normal_initializer()"), 0) ?? "",
    /initializer=tf\.random_normal_initializer\(stddev=0\.28\)\)/,
  );
  assert.match(
    redrawn(get("tf.zeros_initializer()"), 1) ?? "",
    /tf\.random_normal\(\[25088, 10\], stddev=0\.0089\)/,
  );
});

test("no edit where one number does not suit all, or the spread is not that of the call", () => {
  const shared = `def weight(shape):
    return tf.Variable(tf.random_normal(shape))
h = tf.nn.relu(tf.matmul(tf.reshape(x, [-1, 784]), weight([784, 64])))
h = tf.nn.relu(tf.matmul(h, weight([64, 64])))
out = tf.matmul(h, ${OUT.replace("25088", "64")})`;
  assert.equal(redrawn(shared, 0), undefined);
  assert.equal(redrawn(two("tf.Variable(tf.random_normal([5, 5, 1, 32]) * 0.5)", OUT), 0), undefined);
  assert.equal(redrawn(two("tf.Variable(tf.random_normal([5, 5, 1, 32], mean=1.0))", OUT), 0), undefined);
  assert.equal(redrawn(two("tf.Variable(tf.zeros([5, 5, 1, 32]))", OUT), 0), undefined);
  assert.equal(redrawn(two("tf.get_variable('w', [5, 5, 1, 32])", OUT), 0), undefined);
});
