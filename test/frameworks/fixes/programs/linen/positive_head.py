import jax
import jax.numpy as jnp
import optax
from flax import linen as nn


class Rate(nn.Module):
    """Counts per hour: never below 0."""

    @nn.compact
    def __call__(self, x):
        x = nn.Dense(24, bias_init=nn.initializers.constant(-0.5))(x)
        x = nn.relu(x)
        x = nn.Dense(16)(x)
        x = nn.relu(x)
        x = nn.Dense(1)(x)
        return nn.relu(x)


model = Rate()
x = jax.random.normal(jax.random.PRNGKey(2), (8, 6))
counts = jnp.arange(8.0).reshape(8, 1)
params = model.init(jax.random.PRNGKey(0), x)
optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(3e-4))
opt_state = optimizer.init(params)


def loss_fn(params):
    return jnp.mean((model.apply(params, x) - counts) ** 2)


for epoch in range(2):
    loss, grads = jax.value_and_grad(loss_fn)(params)
    updates, opt_state = optimizer.update(grads, opt_state, params)
    params = optax.apply_updates(params, updates)
