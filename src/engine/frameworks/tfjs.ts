/** TensorFlow.js: https://js.tensorflow.org/api/latest. Names and arguments as of @tensorflow/tfjs 4.22. */
import type { Framework } from "./framework.ts";

/**
 * The packages that hold the same API, whole or in part, by whatever road: `@tensorflow/tfjs-core/dist/ops/relu`,
 * `https://esm.sh/@tensorflow/tfjs@4.22.0`. The reader writes the dots in a path as %2E.
 */
const PACKAGE =
  /^(?:[^.]*[/:])?@tensorflow\/tfjs(?:-(?:core|layers|node|node-gpu|union))?(?:@[^./]*)?(?:\/[^.]*)?(?=\.|$)/;

/** `tf` of the browser's bundle is a member of the global object. */
const GLOBAL = /^globalThis\.tf(?=\.|$)/;

function canonical(symbol: string): string | undefined {
  const name = symbol
    .replace(GLOBAL, "tf")
    .replace(PACKAGE, "tf")
    .replace(/^tf\.default(?=\.|$)/, "tf");
  return name === "tf" || name.startsWith("tf.") ? name : undefined;
}

/** Layers take one object: behind every position that a call could have. */
const BY_NAME = 99;
const ONE = { activation: BY_NAME };
const RECURRENT = { activation: BY_NAME, recurrentActivation: BY_NAME };

/** Unlike Keras it draws from Glorot's normal. */
const INITIALISERS = "useBias=True, kernelInitializer='glorotNormal', biasInitializer='zeros'";
const WINDOW = "kernelSize, strides=1, padding='valid', dilationRate=1";
const RANKS = [1, 2, 3];

const layers = (names: readonly string[], parameters = ""): string[] =>
  names.map((name) => `tf.layers.${name}(${parameters})`);
const ranked = (name: string): string[] => RANKS.map((rank) => `${name}${rank}d`);

export const tfjs: Framework = {
  id: "tfjs",
  roots: ["tf", "tensorflow"],
  canonical,
  activationArguments: {
    "tf.layers.activation": ONE,
    "tf.layers.dense": ONE,
    "tf.layers.conv1d": ONE,
    "tf.layers.conv2d": ONE,
    "tf.layers.conv2dTranspose": ONE,
    "tf.layers.conv3d": ONE,
    "tf.layers.conv3dTranspose": ONE,
    "tf.layers.separableConv2d": ONE,
    "tf.layers.depthwiseConv2d": ONE,
    "tf.layers.simpleRNN": ONE,
    "tf.layers.simpleRNNCell": ONE,
    "tf.layers.gru": RECURRENT,
    "tf.layers.gruCell": RECURRENT,
    "tf.layers.lstm": RECURRENT,
    "tf.layers.lstmCell": RECURRENT,
    "tf.layers.convLstm2d": RECURRENT,
    "tf.layers.convLstm2dCell": RECURRENT,
    "tf.fused.conv2d": ONE,
    "tf.fused.depthwiseConv2d": ONE,
    "tf.fused.matMul": ONE,
  },
  sizes: { inputs: "inferred", channels: "last" },
  layers: {
    sequential: ["tf.sequential(layers)"],
    model: ["tf.model(inputs, outputs)"],
    input: ["tf.input(shape)", "tf.layers.input(shape)", "tf.layers.inputLayer(inputShape)"],
    dense: layers(["dense"], `units, activation, ${INITIALISERS}`),
    conv: layers(ranked("conv"), `filters, ${WINDOW}, activation, ${INITIALISERS}`),
    "transposed-conv": layers(
      ["conv2dTranspose", "conv3dTranspose"],
      `filters, ${WINDOW}, activation, ${INITIALISERS}`,
    ),
    "depthwise-conv": layers(
      ["depthwiseConv2d"],
      `${WINDOW}, depthMultiplier=1, activation, useBias=True, depthwiseInitializer='glorotNormal', biasInitializer='zeros'`,
    ),
    "separable-conv": layers(
      ["separableConv2d"],
      `filters, ${WINDOW}, depthMultiplier=1, activation, useBias=True, depthwiseInitializer='glorotUniform', pointwiseInitializer='glorotUniform', biasInitializer='zeros'`,
    ),
    "batch-norm": layers(["batchNormalization"]),
    "layer-norm": layers(["layerNormalization"]),
    dropout: layers(["dropout", "spatialDropout1d", "gaussianDropout", "alphaDropout"], "rate"),
    flatten: layers(["flatten"]),
    reshape: layers(["reshape"], "targetShape"),
    permute: layers(["permute"], "dims"),
    pool: layers(
      ["maxPooling", "averagePooling", "maxPool", "avgPool", "avgPooling"].flatMap(ranked),
      "poolSize=2, strides, padding='valid'",
    ),
    "pool-to-vector": layers([
      "globalMaxPooling1d",
      "globalMaxPooling2d",
      "globalAveragePooling1d",
      "globalAveragePooling2d",
    ]),
    resizes: layers(["zeroPadding2d", "upSampling2d", "cropping2D", "resizing", "centerCrop"]),
    "keeps-all": layers(["gaussianNoise", "masking"]),
    activation: layers(["activation"], "activation"),
    rescale: layers(["rescaling"], "scale, offset=0"),
    add: layers(["add", "average"]),
    concatenate: layers(["concatenate"], "axis=-1"),
    combines: layers(["multiply", "maximum", "minimum", "dot"]),
    "not-estimated": layers([
      "embedding",
      "gru",
      "lstm",
      "simpleRNN",
      "rnn",
      "convLstm2d",
      "bidirectional",
      "timeDistributed",
      "repeatVector",
    ]),
  },
  functions: {
    flatten: ["tf.flatten(x)"],
    add: ["tf.add(a, b)"],
    combines: ["tf.mul()", "tf.matMul()"],
  },
  // https://js.tensorflow.org/api/latest/#Training-Optimizers
  optimisers: {
    "tf.train.sgd(learningRate)": "sgd",
    "tf.train.momentum(learningRate, momentum)": "sgd",
    "tf.train.rmsprop(learningRate, decay, momentum)": "rmsprop",
    "tf.train.adam(learningRate=0.001)": "adam",
    "tf.train.adamax(learningRate=0.002)": "adam",
    "tf.train.adagrad(learningRate)": "adam",
  },
};
