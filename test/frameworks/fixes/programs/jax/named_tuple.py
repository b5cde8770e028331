from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.nn import relu, sigmoid


class Params(NamedTuple):
    w1: jax.Array
    b1: jax.Array
    w2: jax.Array
    b2: jax.Array


def make(key: jax.Array) -> Params:
    a, b = jax.random.split(key)
    return Params(
        jax.random.normal(a, (10, 24)) * 0.05,
        jnp.full((24,), -0.1),
        jax.random.normal(b, (24, 1)) * 0.05,
        jnp.zeros((1,)),
    )


def predict(p: Params, x: jax.Array) -> jax.Array:
    h = relu(x @ p.w1 + p.b1)
    return sigmoid(h @ p.w2 + p.b2)


def bce(p: Params, x: jax.Array, y: jax.Array) -> jax.Array:
    q = jnp.clip(predict(p, x), 1e-6, 1 - 1e-6)
    return -jnp.mean(y * jnp.log(q) + (1 - y) * jnp.log(1 - q))


params = make(jax.random.PRNGKey(5))
x = jax.random.normal(jax.random.PRNGKey(6), (8, 10))
y = (x[:, :1] > 0).astype(jnp.float32)
LEARNING_RATE = 1e-2
for _ in range(2):
    grads = jax.grad(bce)(params, x, y)
    params = jax.tree_util.tree_map(lambda p, g: p - LEARNING_RATE * g, params, grads)
