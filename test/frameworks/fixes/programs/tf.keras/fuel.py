import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

# displacement, horsepower, weight, ...: raw columns
train_data = np.random.uniform(4, 200, (50, 7))
train_labels = np.random.uniform(9, 46, (50, 1))


def build_model():
  model = keras.Sequential([
    layers.Input(shape=[7]),
    layers.Dense(64, activation=tf.nn.relu),
    layers.Dense(64, activation=tf.nn.relu),
    layers.Dense(1)
  ])

  optimizer = tf.keras.optimizers.RMSprop(0.001)

  model.compile(loss='mean_squared_error',
                optimizer=optimizer,
                metrics=['mean_absolute_error'])
  return model


model = build_model()
history = model.fit(train_data, train_labels, epochs=1, batch_size=25, verbose=0)
