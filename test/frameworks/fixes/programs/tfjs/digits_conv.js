const tf = require("@tensorflow/tfjs-node");

const model = tf.sequential();
model.add(
  tf.layers.conv2d({
    inputShape: [12, 12, 1],
    filters: 8,
    kernelSize: 3,
    activation: "relu",
  }),
);
model.add(tf.layers.maxPooling2d({ poolSize: [2, 2] }));
model.add(
  tf.layers.conv2d({
    filters: 12,
    kernelSize: 3,
    activation: "relu",
  }),
);
model.add(tf.layers.flatten());
model.add(tf.layers.dropout({ rate: 0.25 }));
model.add(tf.layers.dense({ units: 24, activation: "relu" }));
model.add(tf.layers.dense({ units: 10, activation: "softmax" }));

const optimizer = "rmsprop";
model.compile({
  optimizer: optimizer,
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});

async function run() {
  const images = tf.randomUniform([16, 12, 12, 1]);
  const labels = tf.oneHot(tf.range(0, 16, 1, "int32").mod(tf.scalar(10, "int32")), 10);
  await model.fit(images, labels, { epochs: 1, batchSize: 8 });
}

run();
