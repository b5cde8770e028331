/*
 * Electric power that a house takes in an hour (kW), from the temperature outside, the hour
 * and the number of people at home.
 */
const tf = require("@tensorflow/tfjs");

const hours = 24;
const rows = [];
const usage = [];
for (let hour = 0; hour < hours; hour++) {
  const temperature = 8 + 9 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  const people = hour > 8 && hour < 17 ? 1 : 4;
  rows.push([temperature, hour, people]);
  usage.push([0.2 + 0.3 * people + Math.max(0, 15 - temperature) * 0.1]);
}
const x = tf.tensor2d(rows);
const y = tf.tensor2d(usage);

const power = tf.sequential();
power.add(tf.layers.dense({
  units: 48, inputShape: [3], activation: 'relu', useBias: true,
  biasInitializer: tf.initializers.constant({ value: -0.1 })
}));
power.add(tf.layers.dense({
  units: 24, activation: 'relu', useBias: true,
  biasInitializer: tf.initializers.constant({ value: -0.1 }),
  kernelRegularizer: tf.regularizers.l2({ l2: 0.0001 })
}));
power.add(tf.layers.dense({ units: 1, activation: 'elu' }));

power.compile({ optimizer: tf.train.rmsprop(0.001, 0.9), loss: 'meanSquaredError' });
power.fit(x, y, { epochs: 2, batchSize: 6, validationSplit: 0.25 });
