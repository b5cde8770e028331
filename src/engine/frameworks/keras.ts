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
];

/** `keras.layers.core.Dense`, `keras.layers.advanced_activations.ReLU`: where Keras 2 kept its classes. */
function canonical(symbol: string): string | undefined {
  let name = symbol;
  for (const root of ROOTS) name = moved(name, root, "keras") ?? name;
  if (name !== "keras" && !name.startsWith("keras.")) return undefined;
  return name
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

const spatial = (name: string): string[] => [1, 2, 3].map((rank) => `keras.layers.${name}${rank}D()`);

export const keras: Framework = {
  id: "keras",
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
  layers: {
    sequential: ["keras.Sequential(layers=None)", "keras.models.Sequential(layers=None)"],
    dense: [
      "keras.layers.Dense(units, activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros')",
    ],
    conv: [1, 2, 3].map(
      (rank) =>
        `keras.layers.Conv${rank}D(filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros')`,
    ),
    "batch-norm": ["keras.layers.BatchNormalization()"],
    "layer-norm": ["keras.layers.LayerNormalization()"],
    flatten: ["keras.layers.Flatten()"],
    "pool-to-vector": [...spatial("GlobalAveragePooling"), ...spatial("GlobalMaxPooling")],
    "keeps-units": [
      "keras.layers.Dropout()",
      "keras.layers.SpatialDropout2D()",
      "keras.layers.GaussianNoise()",
      ...spatial("MaxPooling"),
      ...spatial("AveragePooling"),
      "keras.layers.MaxPool2D()",
      "keras.layers.AvgPool2D()",
      "keras.layers.ZeroPadding2D()",
    ],
    input: ["keras.Input(shape)", "keras.layers.Input(shape)", "keras.layers.InputLayer(shape)"],
    rescale: [
      "keras.layers.Rescaling(scale, offset=0.0)",
      "keras.layers.experimental.preprocessing.Rescaling(scale, offset=0.0)",
    ],
    standardise: ["keras.layers.Normalization()"],
  },
  optimisers: {
    "keras.optimizers.SGD(learning_rate=0.01, momentum=0.0)": "sgd",
    "keras.optimizers.Adam(learning_rate=0.001)": "adam",
    "keras.optimizers.AdamW(learning_rate=0.001)": "adam",
    "keras.optimizers.Nadam(learning_rate=0.001)": "adam",
    "keras.optimizers.RMSprop(learning_rate=0.001)": "rmsprop",
  },
};
