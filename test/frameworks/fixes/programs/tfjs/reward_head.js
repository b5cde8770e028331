import * as tf from "@tensorflow/tfjs";

// Expected reward of an action: never negative in this game.

function denseLayer(units, inputShape) {
  const settings = {
    units: units,
    activation: "relu",
    kernelInitializer: "varianceScaling",
    biasInitializer: tf.initializers.constant({ value: -0.01 }),
  };
  if (inputShape) {
    settings.inputShape = inputShape;
  }
  return tf.layers.dense(settings);
}

function createCritic(stateSize, actionCount) {
  const critic = tf.sequential();
  critic.add(denseLayer(40, [stateSize]));
  critic.add(denseLayer(40));
  critic.add(tf.layers.dense({ units: actionCount, activation: "softplus" }));
  return critic;
}

const STATES = 5;
const ACTIONS = 3;
const critic = createCritic(STATES, ACTIONS);
const optimizer = tf.train.adam(0.0005);

/** One step of fitting the critic to the rewards of chosen actions. */
function learn(states, chosen, rewards) {
  return optimizer.minimize(() => {
    const values = critic.apply(states, { training: true });
    const own = values.mul(tf.oneHot(chosen, ACTIONS)).sum(1);
    return tf.losses.meanSquaredError(rewards, own);
  }, true);
}

for (let episode = 0; episode < 2; episode++) {
  const states = tf.randomNormal([12, STATES]);
  const chosen = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], "int32");
  const rewards = tf.randomUniform([12], 0, 10);
  learn(states, chosen, rewards).dispose();
}
