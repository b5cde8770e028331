import * as tf from "@tensorflow/tfjs";

const LATENT = 6;

const autoencoder = tf.sequential();
autoencoder.add(tf.layers.dense({ units: 18, inputShape: [14], activation: "relu" }));
autoencoder.add(tf.layers.dense({ units: LATENT, activation: "relu" }));
autoencoder.add(tf.layers.dense({ units: 18, activation: "relu" }));
autoencoder.add(tf.layers.dense({ units: 14, activation: "sigmoid" }));
autoencoder.compile({ optimizer: tf.train.adam(1e-3), loss: "meanSquaredError" });

const data = tf.randomUniform([20, 14]);
await autoencoder.fit(data, data, { epochs: 2, batchSize: 10, shuffle: true });
