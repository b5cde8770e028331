import * as tf from "@tensorflow/tfjs";

const HIDDEN = 30;

const net = tf.sequential();
net.add(
  tf.layers.dense({
    units: HIDDEN, // first hidden layer
    inputShape: [7],
    activation: "relu",
    biasInitializer: tf.initializers.constant({ value: -0.5 }),
  }),
);
net.add(
  tf.layers.dense({
    units: 20,
    activation: "relu",
    kernelInitializer: tf.initializers.randomNormal({ mean: 0, stddev: 0.02 }),
  }),
);
net.add(tf.layers.dense({ units: 1 }));
net.compile({ loss: "meanSquaredError", optimizer: tf.train.rmsprop(0.002) });

await net.fit(tf.randomNormal([16, 7]), tf.randomNormal([16, 1]), { epochs: 1 });
