"""Cultivars of wine with a TrainState and mini batches."""
from typing import Sequence

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import linen as nn
from flax.training import train_state
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split


class Classifier(nn.Module):
    hidden: Sequence[int]
    num_classes: int

    @nn.compact
    def __call__(self, x):
        for width in self.hidden:
            x = nn.Dense(width, bias_init=nn.initializers.constant(-0.1))(x)
            x = nn.relu(x)
        x = nn.Dense(self.num_classes)(x)
        return nn.relu(x)


X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)

model = Classifier(hidden=(24, 16), num_classes=3)
params = model.init(jax.random.PRNGKey(0), jnp.ones((1, 13)))["params"]
state = train_state.TrainState.create(apply_fn=model.apply, params=params, tx=optax.adam(1e-3))


@jax.jit
def train_step(state, batch, labels):
    def loss_fn(params):
        logits = state.apply_fn({"params": params}, batch)
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

    loss, grads = jax.value_and_grad(loss_fn)(state.params)
    return state.apply_gradients(grads=grads), loss


rng = np.random.default_rng(0)
for epoch in range(2):
    order = rng.permutation(len(X_train))[:64]
    state, loss = train_step(state, jnp.array(X_train[order]), jnp.array(y_train[order]))
    print(epoch, loss)

logits = model.apply({"params": state.params}, jnp.array(X_test))
print("accuracy", (logits.argmax(-1) == y_test).mean())
