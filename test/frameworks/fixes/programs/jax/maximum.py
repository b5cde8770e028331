import jax.numpy as jnp
from jax import grad, jit, random, value_and_grad, vmap


def relu(x):
    return jnp.maximum(0, x)


def mlp(params, x):
    for w, b in params[:-1]:
        x = jnp.maximum(x @ w + b, 0)
    w, b = params[-1]
    return x @ w + b


key = random.PRNGKey(0)
sizes = [6, 16, 3]
params = []
for m, n in zip(sizes[:-1], sizes[1:]):
    key, k = random.split(key)
    params.append((random.normal(k, (m, n)) * jnp.sqrt(2.0 / m), jnp.zeros(n)))

x = random.normal(key, (8, 6))
y = random.normal(key, (8, 3))


def mse(params):
    return jnp.mean((mlp(params, x) - y) ** 2)


for _ in range(2):
    value, grads = value_and_grad(mse)(params)
    params = [(w - 0.1 * dw, b - 0.1 * db) for (w, b), (dw, db) in zip(params, grads)]
