import * as tf from "@tensorflow/tfjs";

const CLASSES = 3;

async function trainModel(xTrain, yTrain) {
  const model = tf.sequential();
  const learningRate = 0.01;
  const optimizer = tf.train.adam(learningRate);
  model.add(tf.layers.dense({ units: 10, activation: "relu", inputShape: [xTrain.shape[1]] }));
  model.add(tf.layers.dense({ units: 16, activation: "relu" }));
  model.add(tf.layers.dense({ units: CLASSES, activation: "softmax" }));
  model.compile({ optimizer: optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  await model.fit(xTrain, yTrain, { epochs: 4, validationData: [xTrain, yTrain] });
  return model;
}

const labels = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2], "int32");
const features = tf.randomNormal([9, 4]);
const trained = await trainModel(features, tf.oneHot(labels, CLASSES));
trained.predict(features).print();
