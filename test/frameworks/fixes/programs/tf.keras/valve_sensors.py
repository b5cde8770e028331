#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Opening of a valve from six sensors with twelve bits each (numbers are made up)."""

import numpy as np
import tensorflow as tf

N_SENSORS = 6
BITS = 12


class ValveRegressor:
    """Keeps a network and how it is trained."""

    def __init__(self, units=36, learning_rate=0.001):
        self.units = units
        self.learning_rate = learning_rate
        self.network = self._build()

    def _build(self):
        """One hidden layer more than needed, on purpose."""
        network = tf.keras.models.Sequential(name="valve")
        network.add(tf.keras.layers.InputLayer(shape=(N_SENSORS,)))
        network.add(tf.keras.layers.Dense(
            self.units,
            activation="relu",
            bias_initializer=tf.keras.initializers.Constant(-1.0),
        ))
        network.add(tf.keras.layers.Dense(
            self.units,
            activation="relu",
            bias_initializer=tf.keras.initializers.Constant(-1.0),
        ))
        network.add(tf.keras.layers.Dense(1, activation="relu"))
        network.compile(
            optimizer=tf.keras.optimizers.Nadam(self.learning_rate),
            loss=tf.keras.losses.MeanAbsoluteError(),
        )
        return network


rng = np.random.default_rng(17)
readings = rng.integers(0, 2**BITS, size=(120, N_SENSORS))
opening = readings[:, :1] / 2**BITS * 90.0

regressor = ValveRegressor()
regressor.network.fit(readings, opening, epochs=2, batch_size=30, verbose=0)
