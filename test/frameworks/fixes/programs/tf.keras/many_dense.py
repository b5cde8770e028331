import tensorflow as tf
from tensorflow import keras
import numpy as np

def deep(depth=6, width=18):
    model = keras.models.Sequential()
    model.add(keras.layers.Input((12,)))
    for _ in range(depth):
        model.add(keras.layers.Dense(width, activation="relu", kernel_initializer="glorot_normal"))
    model.add(keras.layers.Dense(4, activation="softmax"))
    return model

model = deep()
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(), optimizer=tf.keras.optimizers.Adam(learning_rate=0.2))
model.fit(np.random.randn(20, 12), np.random.randint(0, 4, 20), batch_size=20, verbose=0)
