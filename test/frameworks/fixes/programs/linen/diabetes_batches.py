import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import linen as nn
from flax.training.train_state import TrainState
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

BATCH = 128


class Progression(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(features=40, bias_init=nn.initializers.constant(-0.15))(x))
        x = nn.relu(nn.Dense(features=20, bias_init=nn.initializers.constant(-0.15))(x))
        return nn.softplus(nn.Dense(features=1)(x))


def loss_fn(params, state, x, y):
    return jnp.mean(jnp.abs(state.apply_fn(params, x) - y))


X, y = load_diabetes(return_X_y=True, scaled=False)
X_train, X_val, y_train, y_val = train_test_split(X, y.reshape(-1, 1), test_size=0.3, random_state=21)

model = Progression()
state = TrainState.create(
    apply_fn=model.apply,
    params=model.init(jax.random.PRNGKey(21), np.zeros((1, 10))),
    tx=optax.adamw(2e-3),
)
for start in range(0, 256, BATCH):
    xb, yb = jnp.array(X_train[start:start + BATCH]), jnp.array(y_train[start:start + BATCH])
    loss, grads = jax.value_and_grad(loss_fn)(state.params, state, xb, yb)
    state = state.apply_gradients(grads=grads)
print(loss, loss_fn(state.params, state, jnp.array(X_val), jnp.array(y_val)))
