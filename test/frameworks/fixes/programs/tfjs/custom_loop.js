import * as tf from "@tensorflow/tfjs";

const policy = tf.sequential({
  layers: [
    tf.layers.dense({ inputShape: [5], units: 16, activation: "relu" }),
    tf.layers.dense({ units: 16, activation: "relu" }),
    tf.layers.dense({ units: 3 }),
  ],
});
const optimizer = tf.train.adam(0.005);
const states = tf.randomNormal([10, 5]);
const wanted = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], "int32"), 3).toFloat();

for (let step = 0; step < 2; step++) {
  optimizer.minimize(() => {
    const logits = policy.apply(states, { training: true });
    return tf.losses.softmaxCrossEntropy(wanted, logits);
  });
}
