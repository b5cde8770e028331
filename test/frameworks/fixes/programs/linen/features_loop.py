from typing import Sequence

import jax
import jax.numpy as jnp
import optax
import flax.linen as nn


class ExplicitMLP(nn.Module):
    features: Sequence[int] = (16, 24, 16, 3)

    @nn.compact
    def __call__(self, inputs):
        x = inputs
        for i, feat in enumerate(self.features):
            x = nn.Dense(feat, name=f"layers_{i}", bias_init=nn.initializers.constant(-0.1))(x)
            if i != len(self.features) - 1:
                x = nn.relu(x)
        return x


model = ExplicitMLP()
batch = jax.random.normal(jax.random.PRNGKey(4), (8, 10))
labels = jnp.arange(8) % 3
params = model.init(jax.random.PRNGKey(5), batch)
tx = optax.chain(optax.add_decayed_weights(1e-4), optax.adam(0.01))
state = tx.init(params)


def loss_fn(p):
    logits = model.apply(p, batch)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()


for step in range(2):
    grads = jax.grad(loss_fn)(params)
    updates, state = tx.update(grads, state, params)
    params = optax.apply_updates(params, updates)
