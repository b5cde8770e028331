# Waist in centimetres from chins, sit-ups and jumps.
import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_linnerud

data = load_linnerud()
X = jnp.array(data.data)
waist = jnp.array(data.target[:, 1:2] * 2.54)

rngs = nnx.Rngs(9)
below = nnx.initializers.constant(-0.5)
net = nnx.Sequential(
    nnx.Linear(3, 16, bias_init=below, rngs=rngs), nnx.relu,
    nnx.Linear(16, 8, bias_init=below, rngs=rngs), nnx.relu,
    nnx.Linear(8, 1, rngs=rngs), nnx.relu,
)
optimizer = nnx.Optimizer(net, optax.adam(learning_rate=0.02, b1=0.8), wrt=nnx.Param)


def objective(net):
    return jnp.mean(optax.l2_loss(net(X), waist))


for iteration in range(3):
    value, gradient = nnx.value_and_grad(objective)(net)
    optimizer.update(net, gradient)
    print(iteration, value)
