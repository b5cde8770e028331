// XOR, as everybody begins. With more units than it takes.
const tf = require("@tensorflow/tfjs");

const xs = tf.tensor2d([
	[0, 0],
	[0, 1],
	[1, 0],
	[1, 1],
]);
const ys = tf.tensor2d([[0], [1], [1], [0]]);

const HIDDEN_BIAS = -0.05;

const buildModel = () => {
	const model = tf.sequential();
	model.add(
		tf.layers.dense({
			units: 16,
			inputShape: [2],
			activation: "relu",
			kernelInitializer: "randomUniform",
			biasInitializer: tf.initializers.constant({ value: HIDDEN_BIAS }),
		}),
	);
	model.add(
		tf.layers.dense({
			units: 16,
			activation: "relu",
			biasInitializer: tf.initializers.constant({ value: HIDDEN_BIAS }),
		}),
	);
	model.add(tf.layers.dense({ units: 1, activation: "tanh" }));
	model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.1) });
	return model;
};

const model = buildModel();
model
	.fit(xs, ys, {
		epochs: 4,
		callbacks: {
			onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss),
		},
	})
	.then(() => model.predict(xs).print())
	.catch((error) => console.error(error));
