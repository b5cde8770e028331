"""Unscaled measurements of wine; the loss is written out."""
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from sklearn import datasets
from sklearn.model_selection import train_test_split


class WineNet(nn.Module):
    hidden: int = 20

    @nn.compact
    def __call__(self, x):
        x = nn.Dense(self.hidden, bias_init=nn.initializers.constant(-0.2), name="a")(x)
        x = nn.relu(x)
        x = nn.Dense(3, bias_init=nn.initializers.constant(-0.2), name="b")(x)
        return nn.relu(x)


wine = datasets.load_wine()
train_x, test_x, train_y, test_y = train_test_split(wine.data, wine.target, test_size=50, random_state=17)
model = WineNet()
params = model.init(jax.random.key(1), jnp.array(train_x))
learning_rate = 5e-4
tx = optax.nadam(learning_rate=learning_rate)
opt_state = tx.init(params)


def nll(params, x, y):
    log_probs = jax.nn.log_softmax(model.apply(params, x))
    return -jnp.take_along_axis(log_probs, y[:, None], axis=1).mean()


def run(params, opt_state, steps):
    for _ in range(steps):
        grads = jax.grad(nll)(params, jnp.array(train_x), jnp.array(train_y))
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    return params, opt_state


params, opt_state = run(params, opt_state, 2)
print(nll(params, jnp.array(test_x), jnp.array(test_y)))
