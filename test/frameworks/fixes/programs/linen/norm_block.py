import jax
import jax.numpy as jnp
import optax
from flax import linen as nn


class Block(nn.Module):
    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.Dense(self.width)(x)
        x = nn.LayerNorm()(x)
        return jax.nn.relu(x)


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = Block(16)(x)
        x = Block(24)(x)
        x = nn.Dense(1)(x)
        return nn.relu(x)


net = Net()
x = jax.random.uniform(jax.random.PRNGKey(3), (8, 6)) * 100.0
params = net.init(jax.random.PRNGKey(0), x)
tx = optax.sgd(learning_rate=0.05)
opt_state = tx.init(params)
target = jnp.ones((8, 1))
for step in range(2):
    grads = jax.grad(lambda p: jnp.mean((net.apply(p, x) - target) ** 2))(params)
    updates, opt_state = tx.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
