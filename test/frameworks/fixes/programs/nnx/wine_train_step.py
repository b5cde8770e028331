"""Cultivars of wine, with a train step that is compiled."""
import jax
import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split


class Classifier(nnx.Module):
    def __init__(self, din: int, dmid: int, dout: int, *, rngs: nnx.Rngs):
        self.linear1 = nnx.Linear(din, dmid, bias_init=nnx.initializers.constant(-0.1), rngs=rngs)
        self.linear2 = nnx.Linear(dmid, dmid, bias_init=nnx.initializers.constant(-0.1), rngs=rngs)
        self.linear3 = nnx.Linear(dmid, dout, rngs=rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        x = nnx.relu(self.linear1(x))
        x = nnx.relu(self.linear2(x))
        return nnx.relu(self.linear3(x))


X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)

model = Classifier(13, 24, 3, rngs=nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)


@nnx.jit
def train_step(model, optimizer, x, y):
    def loss_fn(model):
        logits = model(x)
        return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()

    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
    return loss


for epoch in range(2):
    print(epoch, train_step(model, optimizer, jnp.array(X_train), jnp.array(y_train)))
print("accuracy", (model(jnp.array(X_test)).argmax(-1) == jnp.array(y_test)).mean())
