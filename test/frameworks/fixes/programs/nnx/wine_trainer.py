"""A trainer class around model and optimiser."""
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_wine


@dataclass
class Config:
    width: int = 20
    steps: int = 2


class Net(nnx.Module):
    def __init__(self, config: Config, rngs: nnx.Rngs):
        self.inner = nnx.Linear(13, config.width, bias_init=nnx.initializers.constant(-0.4), rngs=rngs)
        self.outer = nnx.Linear(config.width, 3, bias_init=nnx.initializers.constant(-0.4), rngs=rngs)

    def __call__(self, x):
        h = nnx.relu(self.inner(x))
        return nnx.relu(self.outer(h))


def cross_entropy(model, x, labels):
    return optax.softmax_cross_entropy_with_integer_labels(model(x), labels).mean()


class Trainer:
    def __init__(self, config: Config):
        self.config = config
        self.model = Net(config, rngs=nnx.Rngs(0))
        self.optimizer = nnx.Optimizer(self.model, optax.adam(2e-3), wrt=nnx.Param)

    def fit(self, x, labels):
        for _ in range(self.config.steps):
            loss, grads = nnx.value_and_grad(cross_entropy)(self.model, x, labels)
            self.optimizer.update(self.model, grads)
        return loss


wine = load_wine()
measurements = jnp.array(wine.data)
cultivars = jnp.array(wine.target)
print(Trainer(Config()).fit(measurements, cultivars))
