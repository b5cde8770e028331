import functools

import jax
import jax.numpy as jnp


def mlp(params, x, activation=jax.nn.relu):
    *hidden, last = params
    for layer in hidden:
        x = activation(jnp.dot(x, layer["weights"]) + layer["biases"])
    return jnp.dot(x, last["weights"]) + last["biases"]


def init_mlp_params(layer_widths):
    params = []
    key = jax.random.PRNGKey(42)
    for n_in, n_out in zip(layer_widths[:-1], layer_widths[1:]):
        key, sub = jax.random.split(key)
        params.append(dict(weights=jax.random.normal(sub, (n_in, n_out)) * jnp.sqrt(2 / n_in), biases=jnp.ones((n_out,))))
    return params


params = init_mlp_params([1, 16, 16, 1])
xs = jnp.linspace(-1, 1, 8).reshape(-1, 1)
ys = xs**2


def loss_fn(params, x, y):
    return jnp.mean((mlp(params, x) - y) ** 2)


@jax.jit
def update(params, x, y):
    grads = jax.grad(loss_fn)(params, x, y)
    return jax.tree.map(lambda p, g: p - 0.001 * g, params, grads)


for _ in range(2):
    params = update(params, xs, ys)
