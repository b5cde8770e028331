import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

BATCH = 64


class Progression(nnx.Module):
    def __init__(self, features, *, rngs):
        self.hidden = nnx.Linear(features, 40, bias_init=nnx.initializers.constant(-0.15), rngs=rngs)
        self.output = nnx.Linear(40, 1, rngs=rngs)

    def __call__(self, x):
        return nnx.relu(self.output(nnx.relu(self.hidden(x)))).squeeze(-1)


def batches(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for start in range(0, len(x) - BATCH, BATCH):
        chosen = order[start:start + BATCH]
        yield jnp.array(x[chosen]), jnp.array(y[chosen])


features, target = load_diabetes(return_X_y=True, scaled=False)
x_train, x_val, y_train, y_val = train_test_split(features, target, test_size=0.25, random_state=3)
model = Progression(10, rngs=nnx.Rngs(3))
optimizer = nnx.Optimizer(model, optax.adamw(5e-4), wrt=nnx.Param)


def l1(model, x, y):
    return jnp.abs(model(x) - y).mean()


for epoch in range(1):
    for x, y in batches(x_train, y_train, epoch):
        loss, grads = nnx.value_and_grad(l1)(model, x, y)
        optimizer.update(model, grads)
    print(epoch, loss, l1(model, jnp.array(x_val), jnp.array(y_val)))
