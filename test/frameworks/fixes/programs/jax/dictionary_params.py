import jax
import jax.numpy as jnp


def init(key):
    k1, k2, k3 = jax.random.split(key, 3)
    return {
        "w1": jax.random.normal(k1, (6, 16)) * jnp.sqrt(2 / 6),
        "b1": jnp.zeros(16),
        "w2": jax.random.normal(k2, (16, 16)) * jnp.sqrt(2 / 16),
        "b2": jnp.zeros(16),
        "w3": jax.random.normal(k3, (16, 1)) * jnp.sqrt(1 / 16),
        "b3": jnp.zeros(1),
    }


def forward(p, x):
    x = jax.nn.relu(x @ p["w1"] + p["b1"])
    x = jax.nn.relu(x @ p["w2"] + p["b2"])
    return x @ p["w3"] + p["b3"]


@jax.jit
def loss_fn(p, x, y):
    return jnp.mean((forward(p, x) - y) ** 2)


p = init(jax.random.PRNGKey(0))
x = jax.random.normal(jax.random.PRNGKey(1), (8, 6))
y = jnp.sum(x, axis=1, keepdims=True)
for i in range(2):
    g = jax.grad(loss_fn)(p, x, y)
    p = jax.tree.map(lambda a, b: a - 0.01 * b, p, g)
