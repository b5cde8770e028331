// Miles per gallon from horsepower and weight: a network of two hidden layers for one number.
import * as tf from "@tensorflow/tfjs";

const CARS = [
  { horsepower: 130, weight: 3504, mpg: 18 },
  { horsepower: 165, weight: 3693, mpg: 15 },
  { horsepower: 95, weight: 2372, mpg: 24 },
  { horsepower: 46, weight: 1835, mpg: 26 },
  { horsepower: 88, weight: 2130, mpg: 27 },
  { horsepower: 215, weight: 4312, mpg: 10 },
  { horsepower: 70, weight: 2074, mpg: 30 },
  { horsepower: 112, weight: 2933, mpg: 19 },
];

function createModel() {
  const model = tf.sequential();
  const low = tf.initializers.constant({ value: -0.1 });
  model.add(tf.layers.dense({ inputShape: [2], units: 24, activation: "relu", biasInitializer: low }));
  model.add(tf.layers.dense({ units: 24, activation: "relu", biasInitializer: low }));
  model.add(tf.layers.dense({ units: 1, activation: "relu" }));
  return model;
}

function toTensors(cars) {
  return tf.tidy(() => {
    const inputs = cars.map(({ horsepower, weight }) => [horsepower, weight]);
    const labels = cars.map((car) => car.mpg);
    return { inputs: tf.tensor2d(inputs, [cars.length, 2]), labels: tf.tensor2d(labels, [cars.length, 1]) };
  });
}

async function run() {
  const model = createModel();
  const { inputs, labels } = toTensors(CARS);
  model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError", metrics: ["mse"] });
  await model.fit(inputs, labels, { batchSize: 4, epochs: 3, shuffle: true });
  console.log("done training");
  model.predict(inputs).print();
}

run();
