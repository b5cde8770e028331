# Rented bikes per hour as counts. The table is made up: hour, weekday, temperature, humidity, wind.
import numpy as np
import keras

HIDDEN_BIAS = -0.3


def make_table(rows, seed):
    rng = np.random.default_rng(seed)
    features = rng.integers(0, 100, size=(rows, 5))
    expected = 3 + 0.2 * features[:, 0] + 0.1 * features[:, 2]
    counts = rng.poisson(expected)
    return features.astype("float32"), counts.astype("float32")


def make_network():
    return keras.Sequential(
        [
            keras.layers.Input((5,)),
            keras.layers.Dense(48, activation="relu", bias_initializer=keras.initializers.Constant(HIDDEN_BIAS)),
            keras.layers.Dense(48, activation="relu", bias_initializer=keras.initializers.Constant(HIDDEN_BIAS)),
            # a rate, which can't be below 0
            keras.layers.Dense(1, activation="relu"),
        ]
    )


features, counts = make_table(160, seed=5)
network = make_network()
network.compile(loss=keras.losses.Poisson(), optimizer=keras.optimizers.Nadam(learning_rate=0.002))
network.fit(features, counts, epochs=3, batch_size=40, verbose=0)
