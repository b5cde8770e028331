"""Layers as pairs of functions, as stax has them."""
import jax
import jax.numpy as jnp
import jax.nn as jnn
import optax


def dense(n_in, n_out):
    def init(key):
        return jax.random.normal(key, (n_in, n_out)) * 0.1, jnp.zeros(n_out)

    def apply(params, x):
        w, b = params
        return jnp.dot(x, w) + b

    return init, apply


def activation(fn):
    return (lambda key: ()), (lambda params, x: fn(x))


def serial(*layers):
    inits, applies = zip(*layers)

    def init(key):
        return [f(k) for f, k in zip(inits, jax.random.split(key, len(inits)))]

    def apply(params, x):
        for f, p in zip(applies, params):
            x = f(p, x)
        return x

    return init, apply


init_fn, apply_fn = serial(dense(6, 16), activation(jnn.relu), dense(16, 16), activation(jnn.relu), dense(16, 3))
params = init_fn(jax.random.PRNGKey(0))
x = jax.random.normal(jax.random.PRNGKey(1), (8, 6))
y = jnp.arange(8) % 3
opt = optax.adam(1e-3)
opt_state = opt.init(params)


def loss(params):
    return optax.softmax_cross_entropy_with_integer_labels(apply_fn(params, x), y).mean()


for _ in range(2):
    grads = jax.grad(loss)(params)
    updates, opt_state = opt.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
