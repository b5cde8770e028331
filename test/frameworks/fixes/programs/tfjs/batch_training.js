// Trains batch by batch, and keeps count of what it costs.
const tf = require("@tensorflow/tfjs-node");

const config = {
  inputs: 9,
  hidden: [36, 18],
  outputs: 1,
  learningRate: 0.003,
  batchSize: 8,
  batches: 2,
};

function makeNetwork({ inputs, hidden, outputs }) {
  const net = tf.sequential();
  hidden.forEach((units, i) => {
    const inputShape = i === 0 ? [inputs] : undefined;
    net.add(
      tf.layers.dense({
        units,
        inputShape,
        kernelInitializer: "heUniform",
        biasInitializer: tf.initializers.constant({ value: -0.15 }),
      }),
    );
    net.add(tf.layers.activation({ activation: "relu" }));
  });
  net.add(tf.layers.dense({ units: outputs }));
  net.add(tf.layers.activation({ activation: "relu" }));
  return net;
}

async function main() {
  const net = makeNetwork(config);
  net.compile({ optimizer: tf.train.adam(config.learningRate), loss: "meanSquaredError" });
  let total = 0;
  for (let batch = 0; batch < config.batches; batch += 1) {
    const x = tf.randomNormal([config.batchSize, config.inputs], 0, 1, "float32", batch);
    const y = x.square().sum(1, true);
    total += await net.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
  console.log("mean cost", total / config.batches);
}

main().catch(console.error);
