const tf = require('@tensorflow/tfjs')

/* Degrees, humidity, pressure and wind of the last days; what falls tomorrow, in millimetres. */
const days = tf.tensor2d([
  [12.1, 81, 1009, 14],
  [13.4, 76, 1012, 9],
  [11.0, 92, 1001, 22],
  [15.8, 60, 1019, 5],
  [16.2, 58, 1021, 7],
  [10.3, 95, 998, 30]
])
const rain = tf.tensor2d([[4.2], [0.8], [11.5], [0], [0], [17.3]])

function forecaster (hidden) {
  const layers = [
    tf.layers.dense({
      units: hidden,
      inputShape: [4],
      activation: 'relu',
      kernelInitializer: 'glorotNormal',
      biasInitializer: tf.initializers.constant({ value: -0.5 })
    }),
    tf.layers.dropout({ rate: 0.1 }),
    tf.layers.dense({
      units: hidden,
      activation: 'relu',
      kernelInitializer: 'glorotNormal',
      biasInitializer: tf.initializers.constant({ value: -0.5 })
    }),
    tf.layers.dense({ units: 1, activation: 'relu' }) // it never rains upwards
  ]
  return tf.sequential({ layers })
}

const model = forecaster(20)
model.compile({ optimizer: tf.train.rmsprop(0.005), loss: tf.losses.huberLoss })

;(async () => {
  const info = await model.fit(days, rain, { epochs: 2, verbose: 0 })
  console.log('loss', info.history.loss)
})()
