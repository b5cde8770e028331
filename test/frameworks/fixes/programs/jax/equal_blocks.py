import jax
import jax.numpy as jnp
import optax
from jax import nn


def block(p, h):
    return h + nn.relu(h @ p["w"] + p["b"])


def net(params, x):
    h = nn.relu(x @ params["in"])
    for p in params["blocks"]:
        h = block(p, h)
    return h @ params["out"]


keys = jax.random.split(jax.random.PRNGKey(0), 4)
params = {
    "in": jax.random.normal(keys[0], (6, 16)) * 0.4,
    "blocks": [{"w": jax.random.normal(k, (16, 16)) * 0.1, "b": jnp.zeros(16)} for k in keys[1:3]],
    "out": jax.random.normal(keys[3], (16, 3)) * 0.1,
}
x = jax.random.normal(jax.random.PRNGKey(1), (8, 6))
labels = jnp.arange(8) % 3
tx = optax.sgd(0.05)
state = tx.init(params)
for step in range(2):
    loss, grads = jax.value_and_grad(
        lambda p: optax.softmax_cross_entropy_with_integer_labels(net(p, x), labels).mean()
    )(params)
    updates, state = tx.update(grads, state, params)
    params = optax.apply_updates(params, updates)
