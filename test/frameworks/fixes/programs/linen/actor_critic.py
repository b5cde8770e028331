import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from flax.training.train_state import TrainState


class QNetwork(nn.Module):
    action_dim: int

    @nn.compact
    def __call__(self, x: jnp.ndarray):
        x = nn.Dense(24)(x)
        x = nn.relu(x)
        x = nn.Dense(16)(x)
        x = nn.relu(x)
        x = nn.Dense(self.action_dim)(x)
        return x


key = jax.random.PRNGKey(1)
obs = jax.random.normal(key, (8, 6))
actions = jnp.array([0, 1, 2, 0, 1, 2, 0, 1])
q_network = QNetwork(action_dim=3)
q_state = TrainState.create(
    apply_fn=q_network.apply,
    params=q_network.init(key, obs),
    tx=optax.adam(learning_rate=2.5e-4),
)


@jax.jit
def update(q_state, observations, actions, targets):
    def mse_loss(params):
        q_pred = q_network.apply(params, observations)
        q_pred = q_pred[jnp.arange(q_pred.shape[0]), actions.squeeze()]
        return ((q_pred - targets) ** 2).mean(), q_pred

    (loss_value, q_pred), grads = jax.value_and_grad(mse_loss, has_aux=True)(q_state.params)
    q_state = q_state.apply_gradients(grads=grads)
    return loss_value, q_pred, q_state


for step in range(2):
    loss, pred, q_state = update(q_state, obs, actions, jnp.ones((8,)))
