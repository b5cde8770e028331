import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_linnerud


class Physiology(nnx.Module):
    """chins, situps, jumps -> weight, waist, pulse"""

    def __init__(self, rngs):
        low = nnx.initializers.constant(-0.2)
        self.first = nnx.Linear(3, 16, bias_init=low, rngs=rngs)
        self.second = nnx.Linear(16, 16, bias_init=low, rngs=rngs)
        self.last = nnx.Linear(16, 3, bias_init=low, rngs=rngs)

    def __call__(self, exercise):
        h = nnx.relu(self.first(exercise))
        h = nnx.relu(self.second(h))
        return nnx.relu(self.last(h))


exercise, body = load_linnerud(return_X_y=True)
x = jnp.asarray(exercise)
targets = jnp.asarray(body)

model = Physiology(nnx.Rngs(4))
optimizer = nnx.Optimizer(model, optax.rmsprop(1e-3, decay=0.95), wrt=nnx.Param)


def huber(model):
    return optax.huber_loss(model(x), targets, delta=5.0).mean()


for step in range(3):
    loss, grads = nnx.value_and_grad(huber)(model)
    optimizer.update(model, grads)
    print(f"step {step}: {loss:.3f}")
