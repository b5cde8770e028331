import * as tf from "@tensorflow/tfjs";

const createConvModel = () => {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({ inputShape: [10, 10, 3], filters: 8, kernelSize: 3, padding: "same", useBias: false }),
  );
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.activation({ activation: "relu" }));
  model.add(tf.layers.globalAveragePooling2d({ dataFormat: "channelsLast" }));
  model.add(tf.layers.dense({ units: 24, activation: "relu" }));
  model.add(tf.layers.dense({ units: 5 }));
  return model;
};

const model = createConvModel();
const optimizer = tf.train.adam();
model.compile({ optimizer, loss: tf.losses.softmaxCrossEntropy });
const ys = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2], "int32"), 5).toFloat();
await model.fit(tf.randomNormal([8, 10, 10, 3]), ys, { batchSize: 4 });
