import * as tf from '@tensorflow/tfjs-node';

/**
 * Predicts how many pieces of an article are sold next week.
 */
class SalesModel {
  /**
   * @param {number} weeks how many weeks are looked back at
   * @param {{units?: number, rate?: number}} [options]
   */
  constructor(weeks, { units = 32, rate = 0.002 } = {}) {
    this.weeks = weeks;
    this.units = units;
    this.rate = rate;
    this.model = null;
  }

  compile() {
    const model = tf.sequential({ name: 'sales' });
    model.add(tf.layers.dense({
      inputShape: [this.weeks],
      units: this.units,
      biasInitializer: tf.initializers.constant({ value: -0.3 }),
    }));
    model.add(tf.layers.reLU());
    model.add(tf.layers.dense({
      units: this.units / 2,
      biasInitializer: tf.initializers.constant({ value: -0.3 }),
    }));
    model.add(tf.layers.reLU());
    model.add(tf.layers.dense({ units: 1 }));
    model.add(tf.layers.reLU());
    model.compile({ optimizer: tf.train.adamax(this.rate), loss: 'meanAbsoluteError' });
    this.model = model;
  }

  async train(windows, sold) {
    return this.model.fit(windows, sold, { epochs: 2, batchSize: 5, shuffle: false });
  }
}

const WEEKS = 5;
const pieces = [31, 28, 40, 44, 39, 35, 52, 61, 48, 30, 33, 47, 55, 58, 41];
const windows = [];
const next = [];
for (let i = 0; i + WEEKS < pieces.length; i++) {
  windows.push(pieces.slice(i, i + WEEKS));
  next.push([pieces[i + WEEKS]]);
}

const sales = new SalesModel(WEEKS);
sales.compile();
await sales.train(tf.tensor2d(windows), tf.tensor2d(next));
