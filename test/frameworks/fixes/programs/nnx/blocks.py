"""A block used twice."""
import jax
import jax.numpy as jnp
import optax
from flax import nnx


class Block(nnx.Module):
    def __init__(self, din: int, dout: int, *, rngs: nnx.Rngs):
        self.linear = nnx.Linear(din, dout, rngs=rngs)
        self.dropout = nnx.Dropout(0.0, rngs=rngs)

    def __call__(self, x):
        return self.dropout(nnx.relu(self.linear(x)))


class Model(nnx.Module):
    def __init__(self, *, rngs: nnx.Rngs):
        self.block1 = Block(6, 16, rngs=rngs)
        self.block2 = Block(16, 16, rngs=rngs)
        self.head = nnx.Linear(16, 3, rngs=rngs)

    def __call__(self, x):
        return self.head(self.block2(self.block1(x)))


model = Model(rngs=nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.adamw(1e-3), wrt=nnx.Param)
x = jax.random.normal(jax.random.PRNGKey(3), (8, 6))
y = jnp.array([0, 1, 2, 0, 1, 2, 0, 1])


def loss_fn(model):
    logits = model(x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()


for step in range(2):
    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
