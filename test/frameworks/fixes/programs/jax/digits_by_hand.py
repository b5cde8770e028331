import jax
import jax.numpy as jnp
from jax import grad, random
from jax.nn import relu


def random_layer_params(m, n, key, scale=1e-1):
    w_key, b_key = random.split(key)
    return scale * random.normal(w_key, (n, m)), scale * random.normal(b_key, (n,))


def init_network_params(sizes, key):
    keys = random.split(key, len(sizes))
    return [random_layer_params(m, n, k) for m, n, k in zip(sizes[:-1], sizes[1:], keys)]


layer_sizes = [6, 16, 16, 3]
step_size = 0.01
params = init_network_params(layer_sizes, random.PRNGKey(0))


def predict(params, images):
    activations = images
    for w, b in params[:-1]:
        outputs = jnp.dot(activations, w.T) + b
        activations = relu(outputs)
    final_w, final_b = params[-1]
    logits = jnp.dot(activations, final_w.T) + final_b
    return logits - jax.scipy.special.logsumexp(logits, axis=1, keepdims=True)


def loss(params, images, targets):
    return -jnp.mean(predict(params, images) * targets)


def update(params, x, y):
    grads = grad(loss)(params, x, y)
    return [(w - step_size * dw, b - step_size * db) for (w, b), (dw, db) in zip(params, grads)]


x = random.normal(random.PRNGKey(1), (8, 6))
y = jax.nn.one_hot(jnp.arange(8) % 3, 3)
for epoch in range(2):
    params = update(params, x, y)
