import * as tf from "@tensorflow/tfjs";

// Doodles of 12 x 12 points: cat, house or tree
const SIDE = 12;
const NAMES = ["cat", "house", "tree"];

function convModel() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({
    inputShape: [SIDE, SIDE, 1],
    kernelSize: 3,
    filters: 6,
    activation: "relu",
    biasInitializer: tf.initializers.constant({ value: -0.1 })
  }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({
    units: 20,
    activation: "relu",
    biasInitializer: tf.initializers.constant({ value: -0.1 })
  }));
  model.add(tf.layers.dense({ units: NAMES.length, activation: "relu" }));
  return model;
}

const model = convModel();
model.compile({
  optimizer: tf.train.adagrad(0.05),
  loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits)
});

const doodles = tf.randomUniform([18, SIDE, SIDE, 1], 0, 1, "float32", 4);
const labels = tf.oneHot(tf.range(0, 18, 1, "int32").mod(tf.scalar(3, "int32")), 3).toFloat();
await model.fit(doodles, labels, { epochs: 1, batchSize: 6 });
