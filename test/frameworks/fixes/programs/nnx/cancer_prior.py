"""Malignant or benign; the output's bias starts at the odds of a rare class."""
from __future__ import annotations

import jax.numpy as jnp
import optax
from flax import nnx
from jax import Array
from sklearn.datasets import load_breast_cancer


class Screening(nnx.Module):
    def __init__(self, hidden: int = 24, *, rngs: nnx.Rngs) -> None:
        self.body = nnx.Sequential(
            nnx.Linear(30, hidden, rngs=rngs),
            nnx.relu,
            nnx.Linear(hidden, hidden, rngs=rngs),
            nnx.relu,
        )
        self.head = nnx.Linear(hidden, 1, bias_init=nnx.initializers.constant(-2.2), rngs=rngs)

    def __call__(self, x: Array) -> Array:
        return nnx.tanh(self.head(self.body(x)))


data = load_breast_cancer()
x = jnp.asarray(data.data, dtype=jnp.float32)
t = jnp.asarray(data.target == 0, dtype=jnp.float32)[:, None]

net = Screening(rngs=nnx.Rngs(42))
optimizer = nnx.Optimizer(net, optax.adamw(learning_rate=3e-4, weight_decay=1e-2), wrt=nnx.Param)


def bce(net: Screening, x: Array, t: Array) -> Array:
    return jnp.mean(optax.sigmoid_binary_cross_entropy(net(x), t))


for epoch in range(2):
    value, grads = nnx.value_and_grad(bce)(net, x, t)
    optimizer.update(net, grads)
    print(epoch, value)
