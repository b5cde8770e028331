import jax
import jax.numpy as jnp
import optax
from flax import nnx


class Price(nnx.Module):
    """Prices are positive."""

    def __init__(self, features: int, hidden: int = 16, *, rngs: nnx.Rngs):
        self.l1 = nnx.Linear(features, hidden, rngs=rngs)
        self.l2 = nnx.Linear(hidden, 1, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.l1(x))
        return nnx.relu(self.l2(x))


price = Price(6, rngs=nnx.Rngs(7))
optimizer = nnx.Optimizer(price, optax.sgd(1e-2, momentum=0.9), wrt=nnx.Param)
x = jax.random.normal(jax.random.key(0), (8, 6))
y = jax.random.uniform(jax.random.key(1), (8, 1))


@nnx.jit
def train_step(model, optimizer):
    def loss_fn(model):
        return jnp.mean((model(x) - y) ** 2)

    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
    return loss


for epoch in range(2):
    train_step(price, optimizer)
