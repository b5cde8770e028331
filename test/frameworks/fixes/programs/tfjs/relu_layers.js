import * as tf from "@tensorflow/tfjs-node";

const layers = [
  tf.layers.dense({ units: 32, inputShape: [8], kernelInitializer: "heNormal", useBias: true }),
  tf.layers.reLU(),
  tf.layers.dense({ units: 32, kernelInitializer: "heNormal" }),
  tf.layers.reLU({ name: "second_relu" }),
  tf.layers.dense({ units: 4 }),
];
const model = tf.sequential({ layers });
model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: tf.losses.softmaxCrossEntropy });

const xs = tf.randomNormal([16, 8]);
const ys = tf
  .oneHot(
    tf.tensor1d(
      Array.from({ length: 16 }, (_, i) => i % 4),
      "int32",
    ),
    4,
  )
  .toFloat();
model
  .fit(xs, ys, { epochs: 3, callbacks: { onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss) } })
  .then(() => {
    console.log("trained");
  });
