import dataclasses

import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from flax.training.train_state import TrainState
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split


@dataclasses.dataclass
class Config:
    seed: int = 3
    steps: int = 2


class Block(nn.Module):
    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.Dense(self.width, bias_init=nn.initializers.constant(-0.3))(x)
        return nn.relu(x)


class Alcohol(nn.Module):
    """The first column of the table from the twelve others."""

    @nn.compact
    def __call__(self, x):
        x = Block(24)(x)
        x = Block(12)(x)
        x = nn.Dense(1)(x)
        return nn.relu(x)


config = Config()
table = load_wine().data
X_train, X_test, y_train, y_test = train_test_split(table[:, 1:], table[:, :1], random_state=config.seed)
model = Alcohol()
state = TrainState.create(
    apply_fn=model.apply,
    params=model.init(jax.random.PRNGKey(config.seed), jnp.array(X_train)),
    tx=optax.adagrad(0.02),
)
inputs, targets = jnp.array(X_train), jnp.array(y_train)


def loss_fn(params):
    return jnp.abs(state.apply_fn(params, inputs) - targets).mean()


for _ in range(config.steps):
    grads = jax.grad(loss_fn)(state.params)
    state = state.apply_gradients(grads=grads)
print(jnp.abs(model.apply(state.params, jnp.array(X_test)) - y_test).mean())
