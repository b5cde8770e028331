# Waist in centimetres from chins, sit-ups and jumps.
import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_linnerud

data = load_linnerud()
X = data.data
waist = data.target[:, 1:2] * 2.54

below = nn.initializers.constant(-0.5)
net = nn.Sequential([
    nn.Dense(16, bias_init=below), nn.relu,
    nn.Dense(8, bias_init=below), nn.relu,
    nn.Dense(1), nn.relu,
])

params = net.init(jax.random.key(9), X)
optimizer = optax.adam(learning_rate=0.02, b1=0.8)
state = optimizer.init(params)


def objective(params):
    return jnp.mean(optax.l2_loss(net.apply(params, X), waist))


for iteration in range(3):
    value, gradient = jax.value_and_grad(objective)(params)
    updates, state = optimizer.update(gradient, state, params)
    params = optax.apply_updates(params, updates)
    print(iteration, value)
