import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from sklearn.datasets import load_linnerud


class Physiology(nn.Module):
    """chins, situps, jumps -> weight, waist, pulse"""

    width: int = 16

    def setup(self):
        low = nn.initializers.constant(-0.2)
        self.first = nn.Dense(self.width, bias_init=low)
        self.second = nn.Dense(self.width, bias_init=low)
        self.last = nn.Dense(3, bias_init=low)

    def __call__(self, x):
        x = nn.relu(self.first(x))
        x = nn.relu(self.second(x))
        return nn.relu(self.last(x))


exercise, body = load_linnerud(return_X_y=True)
exercise = jnp.asarray(exercise)
body = jnp.asarray(body)

model = Physiology()
params = model.init(jax.random.key(0), exercise)
tx = optax.rmsprop(1e-3, decay=0.95)
opt_state = tx.init(params)


def loss_fn(params):
    predicted = model.apply(params, exercise)
    return optax.huber_loss(predicted, body, delta=5.0).mean()


for step in range(3):
    loss, grads = jax.value_and_grad(loss_fn)(params)
    updates, opt_state = tx.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
    print(f"step {step}: {loss:.3f}")
