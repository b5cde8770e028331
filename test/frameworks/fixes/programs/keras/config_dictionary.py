import keras
import numpy as np
from keras import layers

CONFIG = dict(units=(48, 24, 12), lr=0.01, l2=1e-4)


def dense_block(x, units):
    x = layers.Dense(units, kernel_regularizer=keras.regularizers.L2(CONFIG["l2"]))(x)
    return layers.ReLU()(x)


inputs = keras.Input(shape=(15,))
x = inputs
for units in CONFIG["units"]:
    x = dense_block(x, units)
outputs = layers.Dense(6)(x)
model = keras.Model(inputs, outputs)

model.compile(
    optimizer=keras.optimizers.SGD(0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(np.random.randn(36, 15), np.random.randint(0, 6, (36,)), batch_size=12, verbose=0)
