import flax.linen as nn
import jax, optax
import jax.numpy as jnp

net = nn.Sequential([
    nn.Dense(16),
    nn.relu,
    nn.Dense(16),
    nn.relu,
    nn.Dense(3),
])

x = jax.random.normal(jax.random.PRNGKey(0), (8, 6))
labels = jnp.array([0, 1, 2, 0, 1, 2, 0, 1])
params = net.init(jax.random.PRNGKey(42), x)
opt = optax.rmsprop(learning_rate=1e-2)
opt_state = opt.init(params)


def loss(params, x, labels):
    logits = net.apply(params, x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()


for _ in range(2):
    value, grads = jax.value_and_grad(loss)(params, x, labels)
    updates, opt_state = opt.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
