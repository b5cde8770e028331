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

export const tensorflow: Framework = {
  id: "tensorflow",
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
  layers: {},
  optimisers: {},
};
