#!/usr/bin/env python3
"""Progression of diabetes from raw measurements."""
import argparse

import jax
import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split


class Regressor(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.hidden1 = nnx.Linear(10, 32, bias_init=nnx.initializers.constant(-1.0), rngs=rngs)
        self.hidden2 = nnx.Linear(32, 16, bias_init=nnx.initializers.constant(-1.0), rngs=rngs)
        self.out = nnx.Linear(16, 1, rngs=rngs)

    def __call__(self, x):
        x = jax.nn.relu(self.hidden1(x))
        x = jax.nn.relu(self.hidden2(x))
        return jax.nn.relu(self.out(x))  # never below 0


def loss_fn(model, x, y):
    return jnp.mean((model(x) - y) ** 2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    bunch = load_diabetes(scaled=False)
    x_train, x_test, y_train, y_test = train_test_split(
        bunch.data, bunch.target.reshape(-1, 1), random_state=args.seed
    )
    model = Regressor(nnx.Rngs(args.seed))
    optimizer = nnx.Optimizer(model, optax.sgd(learning_rate=1e-5, momentum=0.9), wrt=nnx.Param)
    for step in range(args.steps):
        loss, grads = nnx.value_and_grad(loss_fn)(model, jnp.array(x_train), jnp.array(y_train))
        optimizer.update(model, grads)
        print(step, float(loss))
    print("test", float(loss_fn(model, jnp.array(x_test), jnp.array(y_test))))


if __name__ == "__main__":
    main()
