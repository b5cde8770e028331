from flax import nnx
import jax
import jax.numpy as jnp
import optax


class AutoEncoder(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.enc1 = nnx.Linear(10, 16, rngs=rngs)
        self.enc2 = nnx.Linear(16, 6, rngs=rngs)
        self.dec1 = nnx.Linear(6, 16, rngs=rngs)
        self.dec2 = nnx.Linear(16, 10, rngs=rngs)

    def __call__(self, x):
        z = self.enc2(nnx.relu(self.enc1(x)))
        return self.dec2(nnx.relu(self.dec1(z)))


model = AutoEncoder(nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.rmsprop(1e-2), wrt=nnx.Param)
batch = jax.random.normal(jax.random.PRNGKey(0), (8, 10))

for step in range(2):
    loss, grads = nnx.value_and_grad(lambda m: jnp.mean((m(batch) - batch) ** 2))(model)
    optimizer.update(model, grads)
