import * as tf from "@tensorflow/tfjs";

/** A perceptron with one hidden layer, for prices that are never negative. */
export function multiLayerPerceptronRegressionModel1Hidden(features) {
  const model = tf.sequential();
  model.add(
    tf.layers.dense({
      inputShape: [features],
      units: 50,
      activation: "relu",
      kernelInitializer: "leCunNormal",
    }),
  );
  model.add(tf.layers.dense({ units: 1, activation: "relu" }));
  model.summary();
  return model;
}

const model = multiLayerPerceptronRegressionModel1Hidden(12);
model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
const tensors = { trainFeatures: tf.randomNormal([16, 12]), trainTarget: tf.randomUniform([16, 1], 5, 50) };
await model.fit(tensors.trainFeatures, tensors.trainTarget, {
  batchSize: 8,
  epochs: 2,
  validationSplit: 0.2,
});
