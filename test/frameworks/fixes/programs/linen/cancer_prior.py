"""Malignant or benign, with an output bias at the odds of a rare class."""
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import linen as nn
from jax import Array
from sklearn.datasets import load_breast_cancer

PRIOR_LOGIT = -2.2


class Screening(nn.Module):
    hidden: int = 24

    @nn.compact
    def __call__(self, x: Array) -> Array:
        dense = nn.Dense(self.hidden, kernel_init=nn.initializers.lecun_normal())
        x = nn.relu(dense(x))
        x = nn.relu(nn.Dense(self.hidden)(x))
        x = nn.Dense(1, bias_init=nn.initializers.constant(-2.2))(x)
        return nn.tanh(x)[..., 0]


data = load_breast_cancer()
x = jnp.asarray(data.data, dtype=jnp.float32)
t = jnp.asarray(data.target == 0, dtype=jnp.float32)

net = Screening()
variables = net.init(jax.random.PRNGKey(42), x[:2])
tx = optax.adamw(learning_rate=3e-4, weight_decay=1e-2)
opt_state = tx.init(variables)


def bce(variables: dict, x: Array, t: Array) -> Array:
    logits = net.apply(variables, x)
    return jnp.mean(optax.sigmoid_binary_cross_entropy(logits, t))


for epoch in range(2):
    value, grads = jax.value_and_grad(bce)(variables, x, t)
    updates, opt_state = tx.update(grads, opt_state, variables)
    variables = optax.apply_updates(variables, updates)
    print(epoch, np.asarray(value))
