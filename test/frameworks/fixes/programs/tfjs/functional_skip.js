import * as tf from "@tensorflow/tfjs";

const input = tf.input({ shape: [10] });
const first = tf.layers.dense({ units: 20, activation: "relu" }).apply(input);
const second = tf.layers.dense({ units: 20, activation: "relu" }).apply(first);
const joined = tf.layers.concatenate().apply([first, second]);
const output = tf.layers.dense({ units: 1, activation: "sigmoid" }).apply(joined);
const model = tf.model({ inputs: input, outputs: output });

model.compile({ optimizer: "adam", loss: "binaryCrossentropy" });
const x = tf.randomNormal([12, 10]);
const y = tf.randomUniform([12, 1]).round();
await model.fit(x, y, { epochs: 1 });
