import * as tf from "@tensorflow/tfjs";

const FEATURES = 6;
const CLASSES = 4;
const STEPS = 3;

const input = tf.input({ shape: [FEATURES], name: "features" });
const first = tf.layers
  .dense({ units: 28, activation: "relu", biasInitializer: tf.initializers.constant({ value: -0.2 }), name: "first" })
  .apply(input);
const second = tf.layers
  .dense({ units: 14, activation: "relu", biasInitializer: tf.initializers.constant({ value: -0.2 }), name: "second" })
  .apply(first);
// Scores are cut off at 0, though the loss would take any.
const scores = tf.layers.dense({ units: CLASSES, activation: "relu", name: "scores" }).apply(second);
const net = tf.model({ inputs: input, outputs: scores });

const examples = tf.randomNormal([32, FEATURES], 0, 1, "float32", 8);
const classes = tf.oneHot(
  tf.tensor1d(
    Array.from({ length: 32 }, (_, i) => i % CLASSES),
    "int32",
  ),
  CLASSES,
).toFloat();

const optimizer = tf.train.momentum(0.05, 0.9);
for (let step = 0; step < STEPS; step++) {
  const loss = optimizer.minimize(() => {
    const predicted = net.apply(examples, { training: true });
    return tf.losses.softmaxCrossEntropy(classes, predicted);
  }, true);
  console.log(`step ${step}: ${loss.dataSync()[0].toFixed(4)}`);
  loss.dispose();
}
