/** TensorFlow's own operations (`tf.nn.relu`); its Keras is in keras.ts. https://www.tensorflow.org/api_docs/python */
import { type Framework, moved } from "./framework.ts";

function canonical(symbol: string): string | undefined {
  const plain =
    moved(symbol, "tensorflow.compat.v1", "tensorflow") ??
    moved(symbol, "tensorflow.compat.v2", "tensorflow") ??
    symbol;
  return plain === "tensorflow" || plain.startsWith("tensorflow.") ? plain : undefined;
}

export const tensorflow: Framework = {
  id: "tensorflow",
  canonical,
  activationArguments: {
    "tensorflow.layers.dense": { activation: 2 },
    "tensorflow.layers.conv1d": { activation: 7 },
    "tensorflow.layers.conv2d": { activation: 7 },
    "tensorflow.layers.conv3d": { activation: 7 },
  },
  layers: {},
  optimisers: {},
};
