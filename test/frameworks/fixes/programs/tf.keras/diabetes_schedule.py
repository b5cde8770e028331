import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes

# ---------------------------------------------------------------------------
# parameters
# ---------------------------------------------------------------------------
params = {
    "hidden_1": 64,
    "hidden_2": 32,
    "lr": 0.02,
    "batch": 40,
    "epochs": 2,
}

# ---------------------------------------------------------------------------
# data
# ---------------------------------------------------------------------------
bunch = load_diabetes(scaled=False)
X, y = bunch.data, bunch.target
print("columns:", bunch.feature_names, "range:", np.ptp(X, axis=0))

# ---------------------------------------------------------------------------
# network
# ---------------------------------------------------------------------------
dense_kwargs = {"activation": "relu", "bias_initializer": tf.keras.initializers.Constant(-0.1)}
model = tf.keras.Sequential()
model.add(tf.keras.Input(shape=(10,)))
model.add(tf.keras.layers.Dense(params["hidden_1"], **dense_kwargs))
model.add(tf.keras.layers.Dense(params["hidden_2"], **dense_kwargs))
model.add(tf.keras.layers.Dense(1, activation="relu"))

optimizer = tf.keras.optimizers.SGD(learning_rate=params["lr"])
model.compile(optimizer=optimizer, loss="mean_absolute_percentage_error")


def halve(epoch, lr):
    return lr if epoch < 10 else lr * 0.5


model.fit(X, y, epochs=params["epochs"], batch_size=params["batch"], verbose=0,
          callbacks=[tf.keras.callbacks.LearningRateScheduler(halve)])
