"""Regression on the diabetes table through a tf.data pipeline."""
import argparse

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from tensorflow.keras import layers, models


def make_dataset(x, y, batch_size, training):
    ds = tf.data.Dataset.from_tensor_slices((x.astype(np.float32), y.astype(np.float32)))
    if training:
        ds = ds.shuffle(len(x), seed=1)
    return ds.batch(batch_size).prefetch(1)


def make_model(width, dropout):
    m = models.Sequential()
    m.add(layers.Input(shape=(10,)))
    for _ in range(2):
        m.add(layers.Dense(width, activation="relu", bias_initializer=tf.keras.initializers.Constant(-0.25)))
        m.add(layers.Dropout(dropout))
    m.add(layers.Dense(1, activation="softplus"))
    return m


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--width", type=int, default=48)
    p.add_argument("--dropout", type=float, default=0.0)
    p.add_argument("--batch-size", type=int, default=64)
    a = p.parse_args()

    x, y = load_diabetes(return_X_y=True, scaled=False)
    x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2, random_state=5)

    model = make_model(a.width, a.dropout)
    model.compile(optimizer=tf.keras.optimizers.RMSprop(0.001), loss="mse", metrics=["mae"])
    model.fit(
        make_dataset(x_train, y_train, a.batch_size, True),
        validation_data=make_dataset(x_val, y_val, a.batch_size, False),
        epochs=3,
        verbose=0,
    )


if __name__ == "__main__":
    main()
