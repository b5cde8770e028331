import keras
import numpy as np
from keras import layers

wide = keras.Input(shape=(10,), name="features")
h = layers.Dense(32, kernel_initializer="he_normal", name="fc1")(wide)
h = layers.BatchNormalization()(h)
h = layers.Activation("relu")(h)
left = layers.Dense(16, activation="relu", name="left")(h)
right = layers.Dense(16, activation="relu", name="right")(h)
h = layers.Concatenate()([left, right])
out = layers.Dense(1, activation="sigmoid", name="label")(h)

model = keras.Model(inputs=wide, outputs=out)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True),
    loss=keras.losses.BinaryCrossentropy(),
)
model.fit(np.random.randn(32, 10), np.random.randint(0, 2, (32, 1)), batch_size=8, verbose=0)
