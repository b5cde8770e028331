import numpy as np
import tensorflow as tf
from tensorflow.keras import layers as tfl


def residual(x, units):
    skip = x
    x = tfl.Dense(units)(x)
    x = tfl.ReLU()(x)
    x = tfl.Dense(units)(x)
    x = tfl.Add()([x, skip])
    return tfl.ReLU()(x)


inp = tf.keras.Input((9,))
y = tfl.Dense(20, activation="relu")(inp)
y = residual(y, 20)
y = residual(y, 20)
out = tfl.Dense(2)(y)
model = tf.keras.Model(inp, out)
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss=tf.keras.losses.MeanSquaredError())
model.fit(np.random.randn(30, 9), np.random.randn(30, 2), batch_size=10, verbose=0)
