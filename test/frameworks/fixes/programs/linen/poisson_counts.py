"""Rates of events; the mean of a Poisson distribution is positive."""
from functools import partial

import jax
import jax.numpy as jnp
import optax
from flax import linen as nn

Layer = partial(nn.Dense, kernel_init=nn.initializers.he_normal(), bias_init=nn.initializers.constant(-0.25))


class Rate(nn.Module):
    @nn.compact
    def __call__(self, covariates):
        h = nn.relu(Layer(20)(covariates))
        h = nn.relu(Layer(20)(h))
        return nn.relu(Layer(1)(h)) + 1e-3


key_x, key_y, key_p = jax.random.split(jax.random.PRNGKey(11), 3)
covariates = jax.random.normal(key_x, (32, 5))
counts = jax.random.poisson(key_y, 3.0, (32, 1)).astype(jnp.float32)

model = Rate()
params = model.init(key_p, covariates)
tx = optax.adam(5e-3)
opt_state = tx.init(params)


@jax.jit
def nll(params):
    rate = model.apply(params, covariates)
    return jnp.mean(rate - counts * jnp.log(rate))


for _ in range(3):
    grads = jax.grad(nll)(params)
    updates, opt_state = tx.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
print(nll(params))
