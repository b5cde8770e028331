const tf = require("@tensorflow/tfjs");

class Agent {
  constructor(stateSize, actionSize) {
    this.stateSize = stateSize;
    this.actionSize = actionSize;
    this.learningRate = 0.001;
    this.model = this.buildModel();
  }

  buildModel() {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 24, inputShape: [this.stateSize], activation: "relu" }));
    model.add(tf.layers.dense({ units: 24, activation: "relu" }));
    model.add(tf.layers.dense({ units: this.actionSize, activation: "linear" }));
    model.compile({ optimizer: tf.train.adam(this.learningRate), loss: "meanSquaredError" });
    return model;
  }

  async replay(states, targets) {
    await this.model.fit(states, targets, { epochs: 1, verbose: 0 });
  }
}

const agent = new Agent(4, 2);
agent.replay(tf.randomNormal([8, 4]), tf.randomNormal([8, 2]));
