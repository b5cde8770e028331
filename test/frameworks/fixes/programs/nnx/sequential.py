import jax, jax.numpy as jnp
import optax
from flax import nnx

rngs = nnx.Rngs(3)
net = nnx.Sequential(
    nnx.Linear(6, 24, rngs=rngs),
    nnx.relu,
    nnx.Linear(24, 16, kernel_init=nnx.initializers.he_normal(), rngs=rngs),
    nnx.relu,
    nnx.Linear(16, 1, rngs=rngs),
)
opt = nnx.Optimizer(net, optax.adam(learning_rate=0.01), wrt=nnx.Param)
x = jax.random.normal(jax.random.key(1), (8, 6))
y = jnp.sum(x, axis=1, keepdims=True)


def mse(net):
    return jnp.mean((net(x) - y) ** 2)


for i in range(2):
    grads = nnx.grad(mse)(net)
    opt.update(net, grads)
