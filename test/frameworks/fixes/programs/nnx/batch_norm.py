import jax
import jax.numpy as jnp
import optax
from flax import nnx


class Net(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.linear = nnx.Linear(6, 24, use_bias=False, rngs=rngs)
        self.bn = nnx.LayerNorm(24, rngs=rngs)
        self.hidden = nnx.Linear(24, 16, rngs=rngs)
        self.linear_out = nnx.Linear(16, 3, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn(self.linear(x)))
        x = nnx.relu(self.hidden(x))
        return self.linear_out(x)


model = Net(rngs=nnx.Rngs(0))
tx = optax.adam(learning_rate=5e-3)
optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)
x = jax.random.normal(jax.random.PRNGKey(0), (8, 6))
y = jnp.arange(8) % 3


def loss_fn(model):
    logits = model(x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()


for step in range(2):
    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
