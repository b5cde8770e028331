"""Impedance of a circuit (Friedman's second set): resistance, frequency, inductance, capacitance."""
import os

import keras
from keras import layers, regularizers
from sklearn.datasets import make_friedman2
from sklearn.model_selection import train_test_split

SEED = int(os.environ.get("SEED", "1"))
SETTINGS = {
    "units": 50,
    "bias": -0.1,
    "l2": 1e-5,
    "learning_rate": 0.01,
}

keras.utils.set_random_seed(SEED)

inputs, impedance = make_friedman2(n_samples=200, noise=1.0, random_state=SEED)
inputs_train, inputs_test, z_train, z_test = train_test_split(inputs, impedance, test_size=0.2, random_state=SEED)


def block(tensor, units):
    """Dense layer, ReLU, and a little dropout."""
    tensor = layers.Dense(
        units,
        kernel_regularizer=regularizers.l2(SETTINGS["l2"]),
        bias_initializer=keras.initializers.Constant(SETTINGS["bias"]),
    )(tensor)
    tensor = keras.ops.relu(tensor)
    return layers.Dropout(0.05)(tensor)


entry = keras.Input((4,))
body = block(entry, SETTINGS["units"])
body = block(body, SETTINGS["units"])
ohms = layers.Dense(1)(body)
# An impedance is positive.
ohms = keras.ops.relu(ohms)
model = keras.Model(entry, ohms)

model.compile(
    optimizer=keras.optimizers.Adam(SETTINGS["learning_rate"]),
    loss=keras.losses.Huber(delta=10.0),
)
model.fit(inputs_train, z_train, epochs=4, batch_size=40, verbose=0)
print(model.evaluate(inputs_test, z_test, verbose=0))
