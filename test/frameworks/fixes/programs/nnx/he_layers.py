import jax
import jax.numpy as jnp
import optax
from flax import nnx

he = nnx.initializers.he_normal()


class Classifier(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.hidden1 = nnx.Linear(6, 16, kernel_init=he, rngs=rngs)
        self.hidden2 = nnx.Linear(16, 24, kernel_init=he, rngs=rngs)
        self.out = nnx.Linear(24, 3, rngs=rngs)

    def __call__(self, x):
        x = jax.nn.relu(self.hidden1(x))
        x = jax.nn.relu(self.hidden2(x))
        return self.out(x)


model = Classifier(nnx.Rngs(params=1))
optimizer = nnx.Optimizer(model, optax.sgd(learning_rate=0.1), wrt=nnx.Param)
x = jax.random.normal(jax.random.key(0), (8, 6))
y = jnp.arange(8) % 3


def loss_fn(model):
    logits = model(x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()


for step in range(2):
    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
