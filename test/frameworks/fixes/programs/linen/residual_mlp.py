import jax, jax.numpy as jnp, optax
import flax.linen as nn

class Residual(nn.Module):
  features: int

  @nn.compact
  def __call__(self, x):
    h = nn.Dense(self.features, kernel_init=nn.initializers.he_normal())(x)
    h = jax.nn.relu(h)
    h = nn.Dense(self.features, kernel_init=nn.initializers.he_normal())(h)
    return jax.nn.relu(x + h)

class Net(nn.Module):
  @nn.compact
  def __call__(self, x):
    x = nn.Dense(16)(x)
    x = Residual(16)(x)
    return nn.Dense(1)(x)

net = Net()
key = jax.random.PRNGKey(0)
x = jax.random.normal(key, (8, 6))
y = x.sum(axis=1, keepdims=True)
params = net.init(key, x)['params']
opt = optax.adam(0.01)
opt_state = opt.init(params)

@jax.jit
def step(params, opt_state):
  def loss_fn(p):
    return jnp.mean((net.apply({'params': p}, x) - y) ** 2)
  grads = jax.grad(loss_fn)(params)
  updates, opt_state = opt.update(grads, opt_state, params)
  return optax.apply_updates(params, updates), opt_state

for _ in range(2):
  params, opt_state = step(params, opt_state)
