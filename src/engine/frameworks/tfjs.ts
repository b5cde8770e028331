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

export const tfjs: Framework = {
  id: "tfjs",
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
  layers: {},
  optimisers: {},
};
