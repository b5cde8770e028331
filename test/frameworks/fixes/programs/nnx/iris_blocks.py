"""Dense layer and activation in one block."""
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from flax import nnx
import jax.numpy as jnp
import optax


class Dense(nnx.Module):
    def __init__(self, n_in, n_out, rngs):
        self.linear = nnx.Linear(n_in, n_out, bias_init=nnx.initializers.constant(-0.3), rngs=rngs)

    def __call__(self, x):
        return nnx.relu(self.linear(x))


class Model(nnx.Module):
    def __init__(self, rngs):
        self.block1 = Dense(4, 24, rngs)
        self.block2 = Dense(24, 12, rngs)
        self.out = nnx.Linear(12, 3, rngs=rngs)

    def __call__(self, x):
        x = self.block2(self.block1(x))
        return nnx.relu(self.out(x))


data, species = load_iris(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(data, species, test_size=0.3, stratify=species, random_state=1)
train_x, train_y = jnp.array(train_x), jnp.array(train_y)
test_x, test_y = jnp.array(test_x), jnp.array(test_y)

model = Model(nnx.Rngs(1))
optimizer = nnx.Optimizer(model, optax.adagrad(0.02), wrt=nnx.Param)


def loss_fn(model, x, y):
    return optax.softmax_cross_entropy_with_integer_labels(model(x), y).mean()


for _ in range(2):
    grads = nnx.grad(loss_fn)(model, train_x, train_y)
    optimizer.update(model, grads)
print("test loss", loss_fn(model, test_x, test_y))
