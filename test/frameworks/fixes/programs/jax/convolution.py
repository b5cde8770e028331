import jax
import jax.numpy as jnp
from jax import lax

key = jax.random.PRNGKey(0)
ka, kb, kc = jax.random.split(key, 3)
params = {
    "conv": jax.random.normal(ka, (4, 1, 3, 3)) * jnp.sqrt(2 / 9),
    "fc": jax.random.normal(kb, (4 * 6 * 6, 16)) * jnp.sqrt(2 / 144),
    "out": jax.random.normal(kc, (16, 3)) * 0.1,
}


def forward(params, images):
    x = lax.conv(images, params["conv"], (1, 1), "VALID")
    x = jax.nn.relu(x)
    x = x.reshape(x.shape[0], -1)
    x = jax.nn.relu(x @ params["fc"])
    return x @ params["out"]


images = jax.random.normal(jax.random.PRNGKey(1), (8, 1, 8, 8))
labels = jax.nn.one_hot(jnp.arange(8) % 3, 3)


def cross_entropy(params):
    return -jnp.mean(jnp.sum(labels * jax.nn.log_softmax(forward(params, images)), axis=1))


lr = 0.05
for _ in range(2):
    grads = jax.grad(cross_entropy)(params)
    params = jax.tree_util.tree_map(lambda p, g: p - lr * g, params, grads)
