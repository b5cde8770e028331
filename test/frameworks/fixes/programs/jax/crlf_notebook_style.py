# %%
import jax, jax.numpy as jnp
import numpy as np
from jax import nn as jnn

# %%
rng = np.random.default_rng(0)
W1 = jnp.asarray(rng.normal(0, 0.1, (6, 16)), dtype=jnp.float32)
W2 = jnp.asarray(rng.normal(0, 0.1, (16, 1)), dtype=jnp.float32)

# %%
def f(weights, x):
    W1, W2 = weights
    return jnn.relu( x @ W1 ) @ W2   # no biases

def loss(weights, x, y):
    return ((f(weights, x) - y) ** 2).mean()

# %%
x = jnp.asarray(rng.normal(size=(8, 6)), dtype=jnp.float32)
y = jnp.asarray(rng.normal(size=(8, 1)), dtype=jnp.float32)
weights = [W1, W2]
for _ in range(2):
    g = jax.grad(loss)(weights, x, y)
    weights = [w - 0.1 * dw for w, dw in zip(weights, g)]
