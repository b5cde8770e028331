"""Functions for everything but the module."""
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from jax import random
from sklearn.datasets import load_iris


class Flower(nn.Module):
    units: int

    @nn.compact
    def __call__(self, x):
        h = nn.Dense(self.units, bias_init=nn.initializers.constant(-0.4))(x)
        h = nn.activation.relu(h)
        h = nn.Dense(self.units, bias_init=nn.initializers.constant(-0.4))(h)
        h = nn.activation.relu(h)
        h = nn.Dense(3)(h)
        return nn.activation.relu(h)


def init_model(key, example):
    model = Flower(units=10)
    return model, model.init(key, example)


def train(steps=2):
    X, y = load_iris(return_X_y=True)
    X, y = jnp.asarray(X), jnp.asarray(y)
    model, params = init_model(random.PRNGKey(2), X)

    def loss_fn(params):
        return optax.softmax_cross_entropy_with_integer_labels(model.apply(params, X), y).mean()

    tx = optax.sgd(0.1)
    opt_state = tx.init(params)
    for _ in range(steps):
        loss, grads = jax.value_and_grad(loss_fn)(params)
        updates, opt_state = tx.update(grads, opt_state)
        params = optax.apply_updates(params, updates)
    return loss


print(train())
