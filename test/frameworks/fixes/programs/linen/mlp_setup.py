import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from jax import random


class MLP(nn.Module):
    def setup(self):
        self.dense1 = nn.Dense(16, kernel_init=nn.initializers.he_normal())
        self.dense2 = nn.Dense(16, kernel_init=nn.initializers.he_normal())
        self.dense3 = nn.Dense(1)

    def __call__(self, x):
        x = nn.relu(self.dense1(x))
        x = nn.relu(self.dense2(x))
        return self.dense3(x)


key1, key2, key3 = random.split(random.PRNGKey(0), 3)
x = random.normal(key1, (8, 6))
y = random.normal(key3, (8, 1))
model = MLP()
variables = model.init(key2, x)


def mse(params):
    return jnp.mean((model.apply(params, x) - y) ** 2)


optimizer = optax.adam(learning_rate=1e-3)
opt_state = optimizer.init(variables)
for i in range(2):
    loss, grads = jax.value_and_grad(mse)(variables)
    updates, opt_state = optimizer.update(grads, opt_state)
    variables = optax.apply_updates(variables, updates)
