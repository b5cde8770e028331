from flax import linen as nn
from flax.training import train_state
import jax
import jax.numpy as jnp
import optax


class CNN(nn.Module):
  """A simple CNN model."""

  @nn.compact
  def __call__(self, x):
    x = nn.Conv(features=4, kernel_size=(3, 3))(x)
    x = nn.relu(x)
    x = nn.avg_pool(x, window_shape=(2, 2), strides=(2, 2))
    x = nn.Conv(features=6, kernel_size=(3, 3))(x)
    x = nn.relu(x)
    x = nn.avg_pool(x, window_shape=(2, 2), strides=(2, 2))
    x = x.reshape((x.shape[0], -1))  # flatten
    x = nn.Dense(features=16)(x)
    x = nn.relu(x)
    x = nn.Dense(features=3)(x)
    return x


@jax.jit
def apply_model(state, images, labels):
  def loss_fn(params):
    logits = state.apply_fn({'params': params}, images)
    one_hot = jax.nn.one_hot(labels, 3)
    loss = jnp.mean(optax.softmax_cross_entropy(logits=logits, labels=one_hot))
    return loss, logits

  grad_fn = jax.value_and_grad(loss_fn, has_aux=True)
  (loss, logits), grads = grad_fn(state.params)
  return grads, loss


cnn = CNN()
images = jax.random.normal(jax.random.PRNGKey(1), (8, 8, 8, 1))
labels = jnp.array([0, 1, 2, 0, 1, 2, 0, 1])
params = cnn.init(jax.random.PRNGKey(0), images)['params']
tx = optax.sgd(0.1, 0.9)
state = train_state.TrainState.create(apply_fn=cnn.apply, params=params, tx=tx)
for epoch in range(2):
  grads, loss = apply_model(state, images, labels)
  state = state.apply_gradients(grads=grads)
