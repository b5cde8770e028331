import { initializers, input, layers, losses, model as makeModel, randomNormal, tensor2d, train } from "@tensorflow/tfjs";

const biasInitializer = initializers.constant({ value: -0.25 });

const dense = (units, activation) => layers.dense({ units, activation, biasInitializer });

const chain = (first, ...rest) => rest.reduce((x, layer) => layer.apply(x), first);

const start = input({ shape: [7] });
const end = chain(
  start,
  dense(30, "relu"),
  dense(15, "relu"),
  layers.dense({ units: 2, activation: "relu" }),
);
const distances = makeModel({ inputs: start, outputs: end });

distances.compile({ optimizer: train.adam(1e-3), loss: losses.meanSquaredError });
const targets = tensor2d(Array.from({ length: 20 }, (_, i) => [i, 20 - i]));
await distances.fit(randomNormal([20, 7]), targets, { epochs: 2, batchSize: 10 });
