/** Keras 3 and tf.keras: https://keras.io/api. Signatures as of keras 3.15; Keras 2's argument names where they differ. */
import { type Framework, moved } from "./framework.ts";

/** Other roads to the same package. */
const ROOTS = [
  "tensorflow_core.python.keras",
  "tensorflow_core.keras",
  "keras._tf_keras.keras",
  "tensorflow.compat.v1.keras",
  "tensorflow.compat.v2.keras",
  "tensorflow.contrib.keras",
  "tensorflow.python.keras",
  "tensorflow.keras",
  "tf_keras",
  "keras.api",
  "keras.src",
  "keras_core.src",
  "keras_core",
];

/** `keras.layers.core.Dense`, `keras.layers.advanced_activations.ReLU`: where Keras 2 kept its classes. */
function canonical(symbol: string): string | undefined {
  let name = symbol;
  for (const root of ROOTS) name = moved(name, root, "keras") ?? name;
  name = moved(name, "tensorflow.optimizers", "keras.optimizers") ?? name;
  if (name !== "keras" && !name.startsWith("keras.")) return undefined;
  return name
    .replace(/^keras\.optimizers\.(?:legacy|experimental)\./, "keras.optimizers.")
    .replace(/^keras\.engine\.(?:\w+\.)*(Model|Sequential|Layer)$/, "keras.$1")
    .replace(/^keras\.layers\.(?:[a-z_0-9]+\.)+(?=[A-Z])/, "keras.layers.")
    .replace(/^keras\.activations\.activations\./, "keras.activations.")
    .replace(/^keras\.(?:ops|backend)\.(?:\w+\.)*(?:nn|numpy)\.(?=\w+$)/, "keras.ops.")
    .replace(/^keras\.(?:legacy\.backend|backend\.\w+_backend)\./, "keras.backend.");
}

const RECURRENT = { activation: 1, recurrent_activation: 2 };
const CONV_LSTM = { activation: 6, recurrent_activation: 7 };
const CONV = { activation: 7 };

/** Position of the activation among the arguments after `self`, by name of the layer. */
const LAYERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Activation: { activation: 0 },
  Dense: { activation: 1 },
  EinsumDense: { activation: 2 },
  Conv1D: CONV,
  Conv2D: CONV,
  Conv3D: CONV,
  Convolution1D: CONV,
  Convolution2D: CONV,
  Convolution3D: CONV,
  Conv1DTranspose: CONV,
  Conv2DTranspose: CONV,
  Conv3DTranspose: CONV,
  SeparableConv1D: CONV,
  SeparableConv2D: CONV,
  DepthwiseConv1D: { activation: 6 },
  DepthwiseConv2D: { activation: 6 },
  LocallyConnected1D: { activation: 5 },
  LocallyConnected2D: { activation: 5 },
  LSTM: RECURRENT,
  GRU: RECURRENT,
  LSTMCell: RECURRENT,
  GRUCell: RECURRENT,
  CuDNNLSTM: RECURRENT,
  TimeDistributedDense: { activation: 1 },
  AtrousConvolution2D: CONV,
  Deconvolution2D: CONV,
  SimpleRNN: { activation: 1 },
  SimpleRNNCell: { activation: 1 },
  ConvLSTM1D: CONV_LSTM,
  ConvLSTM2D: CONV_LSTM,
  ConvLSTM3D: CONV_LSTM,
};

const GATES = { activation: "tanh", recurrent_activation: "sigmoid" };

const activationArguments: Record<string, Readonly<Record<string, number>>> = {
  "keras.activations.get": { identifier: 0 },
  "keras.activations.deserialize": { config: 0 },
};
for (const [name, positions] of Object.entries(LAYERS))
  activationArguments[`keras.layers.${name}`] = positions;

const ranks = [1, 2, 3];
const INITIALISERS = "kernel_initializer='glorot_uniform', bias_initializer='zeros'";
const CONVOLUTION = `filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, ${INITIALISERS}`;

export const keras: Framework = {
  id: "keras",
  roots: ["keras", "tf_keras", "keras_core", "tensorflow", "tensorflow_core"],
  canonical,
  activationArguments,
  unwritten: {
    "keras.layers.LSTM": GATES,
    "keras.layers.GRU": GATES,
    "keras.layers.LSTMCell": GATES,
    "keras.layers.GRUCell": GATES,
    "keras.layers.CuDNNLSTM": GATES,
    "keras.layers.CuDNNGRU": GATES,
    "keras.layers.ConvLSTM1D": GATES,
    "keras.layers.ConvLSTM2D": GATES,
    "keras.layers.ConvLSTM3D": GATES,
    "keras.layers.SimpleRNN": { activation: "tanh" },
    "keras.layers.SimpleRNNCell": { activation: "tanh" },
  },
  modules: {
    "keras.Model": "call",
    "keras.models.Model": "call",
    "keras.layers.Layer": "call",
    "keras.Layer": "call",
  },
  sizes: { inputs: "inferred", channels: "last" },
  layers: {
    sequential: ["keras.Sequential(layers=None)", "keras.models.Sequential(layers=None)"],
    model: ["Model", "models.Model", "models.Functional", "Functional"].map(
      (name) => `keras.${name}(inputs, outputs)`,
    ),
    dense: [`keras.layers.Dense(units, activation=None, use_bias=True, ${INITIALISERS})`],
    conv: ranks.flatMap((rank) => [
      `keras.layers.Conv${rank}D(${CONVOLUTION})`,
      `keras.layers.Convolution${rank}D(${CONVOLUTION})`,
    ]),
    "transposed-conv": ranks.map(
      (rank) =>
        `keras.layers.Conv${rank}DTranspose(filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True, ${INITIALISERS})`,
    ),
    "depthwise-conv": ranks.map(
      (rank) =>
        `keras.layers.DepthwiseConv${rank}D(kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, depthwise_initializer='glorot_uniform', bias_initializer='zeros')`,
    ),
    "separable-conv": ranks.map(
      (rank) =>
        `keras.layers.SeparableConv${rank}D(filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', bias_initializer='zeros')`,
    ),
    "batch-norm": ["keras.layers.BatchNormalization(axis)"],
    "layer-norm": ["keras.layers.LayerNormalization(axis)", "keras.layers.RMSNormalization(axis)"],
    "group-norm": ["keras.layers.GroupNormalization(groups=32)"],
    flatten: ["keras.layers.Flatten()"],
    reshape: ["keras.layers.Reshape(target_shape)"],
    permute: ["keras.layers.Permute(dims)"],
    "pool-to-vector": ["Average", "Max"].flatMap((kind) => [
      ...ranks.map((rank) => `keras.layers.Global${kind}Pooling${rank}D(data_format=None, keepdims=False)`),
      ...ranks.map(
        (rank) =>
          `keras.layers.Global${kind === "Max" ? "Max" : "Avg"}Pool${rank}D(data_format=None, keepdims=False)`,
      ),
    ]),
    pool: ["MaxPooling", "AveragePooling", "MaxPool", "AvgPool"].flatMap((name) =>
      ranks.map((rank) => `keras.layers.${name}${rank}D(pool_size=2, strides=None, padding='valid')`),
    ),
    dropout: [
      "keras.layers.Dropout(rate)",
      "keras.layers.AlphaDropout(rate)",
      ...ranks.map((rank) => `keras.layers.SpatialDropout${rank}D(rate)`),
      "keras.layers.GaussianDropout(rate)",
    ],
    "keeps-all": [
      "keras.layers.GaussianNoise(stddev)",
      "keras.layers.ActivityRegularization()",
      "keras.layers.Identity()",
      "keras.layers.RandomFlip()",
      "keras.layers.RandomRotation()",
      "keras.layers.RandomZoom()",
      "keras.layers.RandomContrast()",
      "keras.layers.RandomTranslation()",
    ],
    resizes: [
      ...ranks.map((rank) => `keras.layers.UpSampling${rank}D(size=2)`),
      ...ranks.map((rank) => `keras.layers.ZeroPadding${rank}D(padding=1)`),
      ...ranks.map((rank) => `keras.layers.Cropping${rank}D(cropping)`),
      "keras.layers.Resizing(height, width)",
    ],
    add: ["keras.layers.Add()", "keras.layers.Average()"],
    concatenate: ["keras.layers.Concatenate(axis=-1)"],
    combines: [
      "keras.layers.Multiply()",
      "keras.layers.Subtract()",
      "keras.layers.Maximum()",
      "keras.layers.Minimum()",
      "keras.layers.Dot()",
    ],
    activation: ["keras.layers.Activation(activation)"],
    input: ["keras.Input(shape)", "keras.layers.Input(shape)", "keras.layers.InputLayer(shape)"],
    rescale: [
      "keras.layers.Rescaling(scale, offset=0.0)",
      "keras.layers.experimental.preprocessing.Rescaling(scale, offset=0.0)",
    ],
    standardise: ["keras.layers.Normalization()", "keras.layers.experimental.preprocessing.Normalization()"],
    "not-estimated": [
      "LSTM",
      "GRU",
      "SimpleRNN",
      "RNN",
      "Bidirectional",
      "TimeDistributed",
      "Embedding",
      "MultiHeadAttention",
      "Attention",
      "AdditiveAttention",
      "ConvLSTM1D",
      "ConvLSTM2D",
      "ConvLSTM3D",
      "EinsumDense",
      "LocallyConnected1D",
      "LocallyConnected2D",
      "CuDNNLSTM",
      "CuDNNGRU",
    ].map((name) => `keras.layers.${name}()`),
  },
  functions: {
    add: ["keras.layers.add(inputs)", "keras.layers.average(inputs)", "keras.ops.add(x1, x2)"],
    concatenate: [
      "keras.layers.concatenate(inputs, axis=-1)",
      "keras.backend.concatenate(tensors, axis=-1)",
      "keras.ops.concatenate(xs, axis=-1)",
      "tensorflow.concat(values, axis)",
      "tensorflow.keras.backend.concatenate(tensors, axis=-1)",
    ],
    flatten: ["keras.ops.ravel(x)"],
    reshape: [
      "keras.ops.reshape(x, newshape)",
      "tensorflow.reshape(tensor, shape)",
      "keras.backend.reshape(x, shape)",
    ],
    permute: ["keras.ops.transpose(x, axes=None)", "tensorflow.transpose(a, perm=None)"],
    combines: [
      "keras.layers.multiply()",
      "keras.layers.subtract()",
      "keras.layers.maximum()",
      "keras.layers.dot()",
      "keras.ops.matmul()",
      "keras.ops.multiply()",
      "keras.ops.sum()",
      "keras.ops.mean()",
      "tensorflow.matmul()",
      "tensorflow.multiply()",
      "tensorflow.reduce_sum()",
      "tensorflow.reduce_mean()",
      "tensorflow.einsum()",
    ],
    "keeps-all": [
      "tensorflow.cast(x, dtype)",
      "keras.ops.cast(x, dtype)",
      "tensorflow.identity(input)",
      "tensorflow.stop_gradient(input)",
    ],
  },
  optimisers: {
    "keras.optimizers.SGD(learning_rate=0.01, momentum=0.0)": "sgd",
    "keras.optimizers.Adam(learning_rate=0.001)": "adam",
    "keras.optimizers.AdamW(learning_rate=0.001)": "adam",
    "keras.optimizers.Nadam(learning_rate=0.001)": "adam",
    "keras.optimizers.Adamax(learning_rate=0.001)": "adam",
    "keras.optimizers.Adagrad(learning_rate=0.001)": "adam",
    "keras.optimizers.RMSprop(learning_rate=0.001)": "rmsprop",
  },
};
