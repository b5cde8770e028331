import * as tf from "@tensorflow/tfjs";

/** Length and width of sepals and petals in centimetres, and the species as a number. */
const IRIS = [
  [5.1, 3.5, 1.4, 0.2, 0],
  [4.9, 3.0, 1.4, 0.2, 0],
  [5.4, 3.9, 1.7, 0.4, 0],
  [7.0, 3.2, 4.7, 1.4, 1],
  [6.4, 3.2, 4.5, 1.5, 1],
  [5.7, 2.8, 4.1, 1.3, 1],
  [6.3, 3.3, 6.0, 2.5, 2],
  [7.1, 3.0, 5.9, 2.1, 2],
  [6.5, 3.0, 5.8, 2.2, 2],
];
const SPECIES = ["setosa", "versicolor", "virginica"];

const flowers = tf.tensor2d(IRIS.map((row) => row.slice(0, 4)));
const species = tf.oneHot(tf.tensor1d(IRIS.map((row) => row[4]), "int32"), SPECIES.length).toFloat();

const model = tf.sequential({
  layers: [
    tf.layers.dense({
      inputShape: [4],
      units: 18,
      activation: "relu",
      biasInitializer: tf.initializers.constant({ value: -1 }),
    }),
    tf.layers.dense({ units: 12, activation: "relu", biasInitializer: tf.initializers.constant({ value: -1 }) }),
    tf.layers.dense({ units: SPECIES.length, activation: "relu" }),
  ],
});
model.summary();

model.compile({ optimizer: tf.train.adadelta(0.5), loss: tf.losses.softmaxCrossEntropy, metrics: ["accuracy"] });
await model.fit(flowers, species, { epochs: 2, batchSize: 3 });

const guesses = model.predict(flowers).argMax(1).arraySync();
console.log(guesses.map((guess) => SPECIES[guess]).join(", "));
