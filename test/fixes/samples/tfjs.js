import * as tf from "@tensorflow/tfjs";
import { relu, tanh } from "@tensorflow/tfjs-core";

const model = tf.sequential();
model.add(tf.layers.dense({ units: 8, inputShape: [4] }));
model.add(tf.layers.reLU());
model.add(tf.layers.activation({ activation: "relu" }));
const f = (x) => relu(x.relu().relu());
const act = tf.relu;

export { act, f, model, tanh };
