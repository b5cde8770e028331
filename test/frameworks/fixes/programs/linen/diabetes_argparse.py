#!/usr/bin/env python3
"""Progression of diabetes from raw measurements.

    python diabetes_argparse.py --steps 3
"""
import argparse

import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


class Regressor(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Dense(32, bias_init=nn.initializers.constant(-1.0), name="hidden1")(x)
        x = jax.nn.relu(x)
        x = nn.Dense(16, bias_init=nn.initializers.constant(-1.0), name="hidden2")(x)
        x = jax.nn.relu(x)
        x = nn.Dense(1, name="out")(x)
        return jax.nn.relu(x).squeeze(-1)  # never below 0


def mse(params, model, x, y):
    return jnp.mean((model.apply(params, x) - y) ** 2)


def main():
    args = parse()
    bunch = load_diabetes(scaled=False)
    x_train, x_test, y_train, y_test = train_test_split(bunch.data, bunch.target, random_state=args.seed)
    x_train, y_train = jnp.array(x_train), jnp.array(y_train)

    model = Regressor()
    params = model.init(jax.random.PRNGKey(args.seed), x_train[:1])
    optimizer = optax.sgd(learning_rate=1e-4, momentum=0.9)
    opt_state = optimizer.init(params)

    for step in range(args.steps):
        loss, grads = jax.value_and_grad(mse)(params, model, x_train, y_train)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
        print(step, float(loss))
    print("test", float(mse(params, model, jnp.array(x_test), jnp.array(y_test))))


if __name__ == "__main__":
    main()
