#!/usr/bin/env python3
"""Weight, waist and pulse of members of a fitness club, from three exercises."""

import argparse

import keras
from keras import layers
from sklearn.datasets import load_linnerud


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hidden", type=int, default=24)
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def build(hidden: int) -> keras.Model:
    exercises = keras.Input(shape=(3,), name="exercises")
    # Start below zero, so that most units are silent at first.
    h = layers.Dense(
        hidden,
        activation="relu",
        bias_initializer=keras.initializers.Constant(-0.1),
        name="hidden1",
    )(exercises)
    h = layers.Dense(hidden, activation="relu", name="hidden2")(h)
    body = layers.Dense(3, activation="relu", name="body")(h)
    return keras.Model(exercises, body, name="fitness")


def main() -> None:
    args = parse_args()
    keras.utils.set_random_seed(args.seed)
    x, y = load_linnerud(return_X_y=True)

    model = build(args.hidden)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=args.lr),
        loss=keras.losses.MeanSquaredError(),
        metrics=["mae"],
    )
    history = model.fit(x, y, epochs=args.epochs, batch_size=5, verbose=0)
    print("last loss", history.history["loss"][-1])


if __name__ == "__main__":
    main()
