from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
from keras import initializers, layers
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split


@dataclass(frozen=True)
class Config:
    hidden: int = 32
    classes: int = 3
    learning_rate: float = 0.005
    batch_size: int = 20
    epochs: int = 4


class IrisNet(keras.Model):
    """Two hidden layers, and scores that are never negative."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.fc1 = layers.Dense(config.hidden, activation="relu", bias_initializer=initializers.Constant(-0.05))
        self.fc2 = layers.Dense(config.hidden // 2, activation="relu", bias_initializer=initializers.Constant(-0.05))
        self.score = layers.Dense(config.classes, activation="relu")

    def call(self, x):
        x = self.fc1(x)
        x = self.fc2(x)
        return self.score(x)


def load(seed: int = 0):
    x, y = load_iris(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=30, random_state=seed, stratify=y)
    return (x_train, y_train), (x_test, y_test)


if __name__ == "__main__":
    config = Config()
    (x_train, y_train), (x_test, y_test) = load()
    net = IrisNet(config)
    net.compile(
        optimizer=keras.optimizers.AdamW(config.learning_rate, weight_decay=1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="acc")],
    )
    net.fit(x_train, y_train, batch_size=config.batch_size, epochs=config.epochs, verbose=0)
    guessed = np.argmax(net.predict(x_test, verbose=0), axis=1)
    print("accuracy", float(np.mean(guessed == y_test)))
