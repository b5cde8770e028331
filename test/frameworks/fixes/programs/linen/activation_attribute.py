from typing import Callable

import jax
import jax.numpy as jnp
import optax
from flax import linen as nn


class MLP(nn.Module):
    hidden: int = 16
    act: Callable = nn.relu

    @nn.compact
    def __call__(self, x):
        x = self.act(nn.Dense(self.hidden)(x))
        x = self.act(nn.Dense(self.hidden)(x))
        return nn.Dense(3)(x)


model = MLP()
x = jax.random.normal(jax.random.PRNGKey(0), (8, 6))
y = jnp.arange(8) % 3
params = model.init(jax.random.PRNGKey(1), x)
tx = optax.sgd(0.1)
state = tx.init(params)


def loss(params):
    return optax.softmax_cross_entropy_with_integer_labels(model.apply(params, x), y).mean()


for i in range(2):
    grads = jax.grad(loss)(params)
    updates, state = tx.update(grads, state)
    params = optax.apply_updates(params, updates)
