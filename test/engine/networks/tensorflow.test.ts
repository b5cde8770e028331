import assert from "node:assert/strict";
import { test } from "node:test";
import { biasesOf, gapsOf, inWords, networkOf, networksOf, weightsOf } from "./support.ts";

const TF = "import tensorflow as tf\n";
const INPUTS = `${TF}x = tf.placeholder(tf.float32, [None, 20])\ny = tf.placeholder(tf.float32, [None, 3])\n`;
const matrix = (from: number, to: number): string =>
  `tf.Variable(tf.random_normal([${from}, ${to}], stddev=0.1))`;
const LOSS =
  "loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=out, labels=y))\ntrain = tf.train.AdamOptimizer(0.01).minimize(loss)\n";

test("weights in dictionaries, in a function: from the placeholder to what is minimised", () => {
  const network = networkOf(`${INPUTS}
weights = {'h1': ${matrix(20, 64)}, 'out': ${matrix(64, 3)}}
biases = {'b1': tf.Variable(tf.zeros([64])), 'out': tf.Variable(tf.constant(0.1, shape=[3]))}

def perceptron(x, weights, biases):
    hidden = tf.nn.relu(tf.add(tf.matmul(x, weights['h1']), biases['b1']))
    return tf.matmul(hidden, weights['out']) + biases['out']

out = perceptron(x, weights, biases)
${LOSS}`);
  assert.deepEqual([network.name, network.framework], ["perceptron", "tensorflow"]);
  assert.deepEqual(inWords(network), ["20>64 relu", "64>3"]);
  assert.deepEqual(weightsOf(network), ["normal 0 0.1", "normal 0 0.1"]);
  assert.deepEqual(biasesOf(network), ["constant 0", "constant 0.1"]);
  assert.deepEqual(
    [network.optimiser.value, network.learningRate.value, network.loss.value, gapsOf(network)],
    ["adam", 0.01, "cross-entropy", ""],
  );
  assert.ok(network.risk);
});

// Measured with tensorflow-cpu 2.21 (test/frameworks compares whole programs).
test("how weights are drawn: standard deviations that are not written are 1", () => {
  const drawn = (weights: string): string[] =>
    weightsOf(
      networkOf(
        `${INPUTS}w = ${weights}\nout = tf.nn.relu(tf.matmul(x, w))\nout = tf.matmul(out, ${matrix(3, 3)})\n${LOSS}`,
      ),
    );
  const first = (weights: string): string | undefined => drawn(weights)[0];
  assert.equal(first("tf.Variable(tf.random_normal([20, 3]))"), "normal 0 1");
  assert.equal(first("tf.Variable(tf.truncated_normal([20, 3], stddev=0.5))"), "normal 0 0.4398");
  assert.equal(first("tf.Variable(tf.random_uniform([20, 3]))"), "uniform 0.5 0.2887");
  assert.equal(first("tf.Variable(tf.random_normal([20, 3]) * 0.01)"), "normal 0 0.01");
  assert.equal(first("tf.Variable(0.5 * tf.random_normal([20, 3]) / tf.sqrt(4.0))"), "normal 0 0.25");
  assert.equal(first("tf.Variable(tf.zeros([20, 3]))"), "constant 0");
  assert.equal(first("tf.get_variable('w', [20, 3])"), "glorot_uniform");
  assert.equal(
    first("tf.get_variable('w', shape=[20, 3], initializer=tf.truncated_normal_initializer(stddev=0.1))"),
    "normal 0 0.08796",
  );
  assert.equal(
    first("tf.get_variable('w', [20, 3], initializer=tf.random_normal_initializer())"),
    "normal 0 1",
  );
  assert.equal(
    first("tf.get_variable('w', [20, 3], initializer=tf.contrib.layers.variance_scaling_initializer())"),
    "lecun_normal 1.414",
  );
  assert.equal(
    first("tf.get_variable('w', [20, 3], initializer=tf.contrib.layers.xavier_initializer())"),
    "glorot_uniform",
  );
});

test("weights of which nothing is known are said", () => {
  for (const weights of [
    "tf.Variable(load('w.npy'))",
    "tf.get_variable('w', [20, 3], initializer=own_initializer())",
    "tf.Variable(tf.random_normal([20, 3]) * factor)",
  ]) {
    const network = networkOf(
      `${INPUTS}w = ${weights}\nout = tf.matmul(tf.nn.relu(tf.matmul(x, w)), ${matrix(3, 3)})\n${LOSS}`,
    );
    assert.match(gapsOf(network), /weights are initialised by code that is not read/, weights);
  }
});

test("convolutions take their sizes from their kernels; pooling, reshaping and what is dropped", () => {
  const network = networkOf(`${TF}
def weight(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))

def bias(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))

def conv2d(x, w):
    return tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding='SAME')

x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
images = tf.reshape(x, [-1, 28, 28, 1])
h = tf.nn.relu(conv2d(images, weight([5, 5, 1, 32])) + bias([32]))
h = tf.nn.max_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
size = h.get_shape()[1].value * h.get_shape()[2].value * h.get_shape().as_list()[3]
h = tf.reshape(h, [-1, size])
h = tf.nn.dropout(tf.nn.relu(tf.nn.bias_add(tf.matmul(h, weight([size, 100])), bias([100]))), 0.75)
out = tf.nn.xw_plus_b(h, weight([100, 10]), bias([10]))
${LOSS}`);
  assert.equal(network.name, "out");
  assert.deepEqual(inWords(network), ["conv 25>32 relu", "6272>100 relu dropout-0.25", "100>10"]);
  assert.deepEqual(gapsOf(network), "");
});

test("layers of tf.layers and tf.contrib, whose default is a ReLU", () => {
  const network = networkOf(`${INPUTS}
h = tf.layers.dense(x, 50, activation=tf.nn.relu, kernel_initializer=tf.random_normal_initializer(stddev=0.3))
h = tf.layers.batch_normalization(tf.layers.dense(h, 40, use_bias=False), training=True)
h = tf.contrib.layers.fully_connected(tf.nn.tanh(h), 30)
h = tf.contrib.layers.fully_connected(h, 30, normalizer_fn=tf.contrib.layers.batch_norm)
out = tf.contrib.layers.fully_connected(h, 3, activation_fn=None)
${LOSS}`);
  assert.deepEqual(inWords(network), [
    "20>50 relu",
    "50>40 tanh batch-before",
    "40>30 relu",
    "30>30 relu batch-before",
    "30>3",
  ]);
  assert.deepEqual(biasesOf(network), ["constant 0", "none", "constant 0", "none", "constant 0"]);
  assert.deepEqual(weightsOf(network).slice(0, 2), ["normal 0 0.3", "glorot_uniform"]);
});

test("optimisers, rates, clipping, and losses that are written out", () => {
  const trained = (training: string, loss = "tf.reduce_mean(tf.square(out - y))") => {
    const network = networkOf(
      `${INPUTS}out = tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 9)})), ${matrix(9, 3)})\nloss = ${loss}\n${training}`,
    );
    const { optimiser, learningRate, clip, loss: own } = network;
    return [optimiser.value, learningRate.value, clip.value, own.value];
  };
  assert.deepEqual(trained("tf.train.GradientDescentOptimizer(0.5).minimize(loss)"), [
    "sgd",
    0.5,
    null,
    "squared-error",
  ]);
  assert.deepEqual(
    trained(
      "rate = tf.train.exponential_decay(0.1, 0, 100, 0.9)\ntf.train.MomentumOptimizer(rate, 0.9).minimize(loss)",
    ),
    ["momentum", 0.1, null, "squared-error"],
  );
  assert.deepEqual(
    trained(
      "optimizer = tf.train.RMSPropOptimizer(learning_rate=0.002)\npairs = optimizer.compute_gradients(loss)\ngradients, _ = tf.clip_by_global_norm([g for g, v in pairs], 5.0)\n",
      "-tf.reduce_sum(y * tf.log(tf.nn.softmax(out)))",
    ),
    ["rmsprop", 0.002, { by: "norm", limit: 5 }, "cross-entropy"],
  );
  assert.deepEqual(
    trained(
      "with tf.GradientTape() as tape:\n    value = loss\ngradients = tape.gradient(value, [])\noptimizer = tf.optimizers.SGD(0.2)\n",
      "tf.losses.mean_squared_error(y, out)",
    ).slice(0, 2),
    ["sgd", 0.2],
  );
});

test("of two losses each has its own network, and its own optimiser", () => {
  const networks = networksOf(`${INPUTS}
def actor(x):
    return tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 7)})), ${matrix(7, 3)})

def critic(x):
    return tf.matmul(tf.nn.tanh(tf.matmul(x, ${matrix(20, 8)})), ${matrix(8, 1)})

policy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=actor(x)))
value = tf.reduce_mean(tf.squared_difference(critic(x), y))
tf.train.AdamOptimizer(0.001).minimize(policy)
tf.train.AdamOptimizer(0.02).minimize(value)
`);
  assert.deepEqual(
    networks.map(({ name, learningRate, loss }) => [name, learningRate.value, loss.value]),
    [
      ["actor", 0.001, "cross-entropy"],
      ["critic", 0.02, "squared-error"],
    ],
  );
  assert.deepEqual(networks.map(inWords), [
    ["20>7 relu", "7>3"],
    ["20>8 tanh", "8>1"],
  ]);
});

test("a prediction beside the loss, and what measures it, are no part of the network", () => {
  const network = networkOf(`${INPUTS}
out = tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 9)})), ${matrix(9, 3)})
prediction = tf.nn.softmax(out)
${LOSS}
right = tf.equal(tf.argmax(prediction, 1), tf.argmax(y, 1))
tf.summary.histogram('out', out)
`);
  assert.deepEqual(inWords(network), ["20>9 relu", "9>3"]);
  assert.deepEqual(
    network.layers.map(({ isOutput, isOpen }) => [isOutput, isOpen]),
    [
      [undefined, undefined],
      [true, undefined],
    ],
  );
  assert.equal(gapsOf(network), "");
});

test("behind a stopped gradient is no network, and in front of it is one", () => {
  const network = networkOf(`${INPUTS}
q = tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 9)})), ${matrix(9, 3)})
target = tf.stop_gradient(tf.matmul(tf.nn.relu(tf.matmul(y, ${matrix(3, 6)})), ${matrix(6, 3)}))
loss = tf.reduce_mean(tf.squared_difference(q, target))
tf.train.AdamOptimizer(0.001).minimize(loss)
`);
  assert.deepEqual(inWords(network), ["20>9 relu", "9>3"]);
});

test("what is not read in the way is a gap, behind the output it is the loss's affair", () => {
  const through = (code: string, end = "out"): string =>
    gapsOf(
      networkOf(
        `${INPUTS}h = tf.matmul(x, ${matrix(20, 9)})\n${code}\nout = tf.matmul(tf.nn.relu(h), ${matrix(9, 3)})\n${LOSS.replace("logits=out", `logits=${end}`)}`,
      ),
    );
  assert.match(through("h = tf.exp(h)"), /what tf.exp does is not known/);
  assert.match(through("h = tf.maximum(0.2 * h, h)"), /what tf.maximum does is not known/);
  assert.match(through("h = h * tf.Variable(tf.ones([9]))"), /a product with weights is not read/);
  assert.match(through("h = h * tf.sigmoid(h)"), /a product of what layers give is not read/);
  assert.match(through("h = h + tf.random_normal([9])"), /numbers drawn at random/);
  assert.match(
    through("h = h + tf.Variable(tf.zeros([9]))\nh = 0.6 * h + 0.4 * abs(h)"),
    /a sum with something/,
  );
  assert.match(through("h = tf.matmul(h, load('w.npy'))"), /weights of a layer are not read/);
  assert.match(
    through("if choose():\n    h = tf.matmul(tf.nn.relu(h), tf.Variable(tf.zeros([9, 9])))"),
    /whether this layer is applied/,
  );
  assert.equal(through("h = tf.identity(h)", "tf.exp(out)"), "");
});

test("some of the weights only, optimisers that are not estimated, and several of them", () => {
  const body = `${INPUTS}out = tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 9)})), ${matrix(9, 3)})\nloss = tf.losses.softmax_cross_entropy(y, out)\n`;
  const gaps = (training: string): string => gapsOf(networkOf(body + training));
  assert.match(
    gaps("tf.train.AdamOptimizer().minimize(loss, var_list=some)"),
    /which of the weights are trained/,
  );
  assert.match(
    gaps("tf.train.FtrlOptimizer(0.1).minimize(loss)"),
    /steps of FtrlOptimizer are not estimated/,
  );
  const two = networkOf(
    `${body}if choose():\n    t = tf.train.AdamOptimizer(0.1).minimize(loss)\nelse:\n    t = tf.train.GradientDescentOptimizer(0.1).minimize(loss)\n`,
  );
  assert.match(two.optimiser.assumption ?? "", /which optimiser trains it is not clear/);
});

test("weights that are restored before the training are not those of their initialiser", () => {
  const program = (before: string, after: string): string =>
    `${INPUTS}out = tf.matmul(tf.nn.relu(tf.matmul(x, ${matrix(20, 9)})), ${matrix(9, 3)})\n${LOSS}saver = tf.train.Saver()\nwith tf.Session() as sess:\n${before}    for step in range(100):\n        sess.run(train)\n${after}`;
  const isPretrained = (before: string, after = ""): boolean => networkOf(program(before, after)).pretrained;
  assert.equal(isPretrained("    saver.restore(sess, 'model')\n"), true);
  assert.equal(isPretrained("    if choose():\n        saver.restore(sess, 'model')\n"), false);
  assert.equal(isPretrained("", "    saver.restore(sess, 'model')\n"), false);
});

test("a class that builds its graph has its own name; a module of TensorFlow 2 is one network", () => {
  const network = networkOf(`${TF}
class Policy:
    def __init__(self, size=8, rate=0.01):
        self.s = tf.placeholder(tf.float32, [None, size])
        self.r = tf.placeholder(tf.float32, [None, 1])
        h = tf.nn.relu(self.dense(self.s, size, 30))
        self.v = self.dense(h, 30, 1)
        self.train = tf.train.AdamOptimizer(rate).minimize(tf.reduce_mean(tf.square(self.r - self.v)))

    def dense(self, x, n, m):
        return tf.matmul(x, tf.get_variable('w%d' % m, [n, m])) + tf.get_variable('b%d' % m, [m], initializer=tf.zeros_initializer)
`);
  assert.equal(network.name, "Policy");
  assert.deepEqual(inWords(network), ["8>30 relu", "30>1"]);
  assert.deepEqual(biasesOf(network), ["constant 0", "constant 0"]);
  const module = networkOf(`${TF}
class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([8, 16], stddev=0.5))
        self.v = tf.Variable(tf.random.normal([16, 2]))

    def __call__(self, x):
        return tf.nn.relu(x @ self.w) @ self.v

net = Net()
`);
  assert.deepEqual(
    [module.name, module.framework, inWords(module)],
    ["Net", "tensorflow", ["8>16 relu", "16>2"]],
  );
});

test("flags are what they are unless told otherwise", () => {
  const network = networkOf(`${INPUTS}
tf.app.flags.DEFINE_integer('hidden', 48, 'units')
tf.app.flags.DEFINE_float('rate', 0.05, 'rate')
FLAGS = tf.app.flags.FLAGS

def main(_):
    out = tf.matmul(tf.nn.relu(tf.matmul(x, tf.get_variable('a', [20, FLAGS.hidden]))), tf.get_variable('b', [FLAGS.hidden, 3]))
    loss = tf.losses.softmax_cross_entropy(y, out)
    tf.train.AdamOptimizer(FLAGS.rate).minimize(loss)

tf.app.run()
`);
  assert.deepEqual(inWords(network), ["20>48 relu", "48>3"]);
  assert.equal(network.learningRate.value, 0.05);
});
