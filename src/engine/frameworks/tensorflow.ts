/** TensorFlow's own operations (`tf.nn.relu`); its Keras is in keras.ts. https://www.tensorflow.org/api_docs/python */
import { type Framework, moved } from "./framework.ts";

/** Where the operations were before, or are defined. */
const OPERATIONS = /^tensorflow\.python\.ops\.(?:\w*nn_ops|nn|nn_impl|math_ops|special_math_ops)(?=\.|$)/;

function canonical(symbol: string): string | undefined {
  let name =
    moved(symbol, "tensorflow.compat.v1", "tensorflow") ??
    moved(symbol, "tensorflow.compat.v2", "tensorflow") ??
    symbol;
  name = moved(name, "tensorflow_core", "tensorflow") ?? name;
  name = name.replace(OPERATIONS, "tensorflow.nn");
  name = moved(name, "tf_slim", "tensorflow.contrib.slim") ?? name;
  // slim hands on the layers of contrib, whose convolutions have several names.
  name = name
    .replace(
      /^tensorflow\.contrib\.(?:slim|layers\.python\.layers|framework\.python\.ops)\./,
      "tensorflow.contrib.layers.",
    )
    .replace(/^tensorflow\.(?:contrib\.rnn|python\.ops\.rnn_cell(?:_impl)?)\./, "tensorflow.nn.rnn_cell.");
  return /^tensorflow(?:_addons)?(?=\.|$)/.test(name) ? name : undefined;
}

const DENSE = { activation: 2 };
const CONV = { activation: 7 };
const SLIM_DENSE = { activation_fn: 2 };
const SLIM_CONV = { activation_fn: 7 };

/** Layers of tf.contrib: their default is ReLU. */
const SLIM: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  fully_connected: SLIM_DENSE,
  conv1d: SLIM_CONV,
  conv2d: SLIM_CONV,
  conv3d: SLIM_CONV,
  convolution: SLIM_CONV,
  convolution1d: SLIM_CONV,
  convolution2d: SLIM_CONV,
  convolution3d: SLIM_CONV,
  conv2d_transpose: { activation_fn: 6 },
  convolution2d_transpose: { activation_fn: 6 },
  separable_conv2d: { activation_fn: 8 },
  separable_convolution2d: { activation_fn: 8 },
};

const slim = Object.entries(SLIM).map(
  ([name, places]) => [`tensorflow.contrib.layers.${name}`, places] as const,
);

const RANKS = [1, 2, 3];

/** `kernel_initializer=None` is what a variable is drawn with by default. */
const INITIALISERS = "kernel_initializer='glorot_uniform', bias_initializer='zeros'";
const DENSE_LAYER = `units, activation=None, use_bias=True, ${INITIALISERS}`;
const CONV_LAYER = `filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, activation=None, use_bias=True, ${INITIALISERS}`;
const CONTRIB_LAYER =
  "weights_initializer='glorot_uniform', weights_regularizer=None, biases_initializer='zeros'";

export const tensorflow: Framework = {
  id: "tensorflow",
  roots: ["tensorflow", "tensorflow_core", "tensorflow_addons", "tf_slim"],
  canonical,
  activationArguments: {
    "tensorflow.layers.dense": DENSE,
    "tensorflow.layers.Dense": { activation: 1 },
    "tensorflow.layers.conv1d": CONV,
    "tensorflow.layers.conv2d": CONV,
    "tensorflow.layers.conv3d": CONV,
    "tensorflow.layers.Conv2D": CONV,
    "tensorflow.layers.conv2d_transpose": { activation: 6 },
    "tensorflow.layers.separable_conv2d": { activation: 8 },
    "tensorflow.nn.rnn_cell.BasicRNNCell": { activation: 1 },
    "tensorflow.nn.rnn_cell.GRUCell": { activation: 1 },
    "tensorflow.nn.rnn_cell.BasicLSTMCell": { activation: 3 },
    "tensorflow.nn.rnn_cell.LSTMCell": { activation: 10 },
    ...Object.fromEntries(slim),
  },
  unwritten: {
    ...Object.fromEntries(slim.map(([name]) => [name, { activation_fn: "tensorflow.nn.relu" }])),
    "tensorflow.nn.rnn_cell.BasicRNNCell": { activation: "tensorflow.nn.tanh" },
    "tensorflow.nn.rnn_cell.GRUCell": { activation: "tensorflow.nn.tanh" },
    "tensorflow.nn.rnn_cell.BasicLSTMCell": { activation: "tensorflow.nn.tanh" },
    "tensorflow.nn.rnn_cell.LSTMCell": { activation: "tensorflow.nn.tanh" },
  },
  modules: { "tensorflow.Module": "__call__" },
  sizes: { inputs: "inferred", channels: "last" },
  layers: {
    dense: [`tensorflow.layers.Dense(${DENSE_LAYER})`],
    conv: RANKS.map((rank) => `tensorflow.layers.Conv${rank}D(${CONV_LAYER})`),
    flatten: ["tensorflow.layers.Flatten()"],
    dropout: ["tensorflow.layers.Dropout(rate=0.5)"],
    "batch-norm": ["tensorflow.layers.BatchNormalization()"],
  },
  functions: {
    dense: [
      `tensorflow.layers.dense(inputs, ${DENSE_LAYER})`,
      `tensorflow.contrib.layers.fully_connected(inputs, num_outputs, activation_fn, normalizer_fn, normalizer_params, ${CONTRIB_LAYER})`,
    ],
    conv: [
      ...RANKS.map((rank) => `tensorflow.layers.conv${rank}d(inputs, ${CONV_LAYER})`),
      ...["conv2d", "convolution2d", "convolution"].map(
        (name) =>
          `tensorflow.contrib.layers.${name}(inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1, activation_fn, normalizer_fn, normalizer_params, ${CONTRIB_LAYER})`,
      ),
    ],
    "transposed-conv": [
      `tensorflow.layers.conv2d_transpose(inputs, filters, kernel_size, strides=1, padding='valid', data_format=None, activation=None, use_bias=True, ${INITIALISERS})`,
      ...["conv2d_transpose", "convolution2d_transpose"].map(
        (name) =>
          `tensorflow.contrib.layers.${name}(inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, activation_fn, normalizer_fn, normalizer_params, ${CONTRIB_LAYER})`,
      ),
    ],
    "batch-norm": [
      "tensorflow.layers.batch_normalization(inputs)",
      "tensorflow.contrib.layers.batch_norm(inputs)",
    ],
    "layer-norm": ["tensorflow.contrib.layers.layer_norm(inputs)"],
    flatten: ["tensorflow.layers.flatten(inputs)", "tensorflow.contrib.layers.flatten(inputs)"],
    dropout: ["tensorflow.layers.dropout(inputs, rate=0.5)"],
    pool: [
      ...["max", "average"].flatMap((kind) =>
        RANKS.map(
          (rank) => `tensorflow.layers.${kind}_pooling${rank}d(inputs, pool_size, strides, padding='valid')`,
        ),
      ),
      ...["max", "avg"].map(
        (kind) => `tensorflow.contrib.layers.${kind}_pool2d(inputs, kernel_size, stride=2, padding='VALID')`,
      ),
    ],
  },
  // None of these has a default rate but Adam.
  optimisers: {
    "tensorflow.train.GradientDescentOptimizer(learning_rate)": "sgd",
    "tensorflow.train.MomentumOptimizer(learning_rate, momentum)": "sgd",
    "tensorflow.train.AdamOptimizer(learning_rate=0.001)": "adam",
    "tensorflow.train.RMSPropOptimizer(learning_rate, decay=0.9, momentum=0.0)": "rmsprop",
    // As elsewhere: its first steps are those of Adam.
    "tensorflow.train.AdagradOptimizer(learning_rate)": "adam",
  },
};
