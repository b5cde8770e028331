"""An autoencoder of two modules."""
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn


class Encoder(nn.Module):
    latents: int

    @nn.compact
    def __call__(self, x):
        x = nn.Dense(16, name='fc1')(x)
        x = nn.relu(x)
        return nn.Dense(self.latents, name='fc2')(x)


class Decoder(nn.Module):
    @nn.compact
    def __call__(self, z):
        z = nn.Dense(16, name='fc1')(z)
        z = nn.relu(z)
        return nn.Dense(10, name='fc2')(z)


class AutoEncoder(nn.Module):
    latents: int = 6

    def setup(self):
        self.encoder = Encoder(self.latents)
        self.decoder = Decoder()

    def __call__(self, x):
        return self.decoder(self.encoder(x))


model = AutoEncoder()
x = jax.random.normal(jax.random.PRNGKey(1), (8, 10))
params = model.init(jax.random.PRNGKey(0), x)
tx = optax.adam(1e-3)
opt_state = tx.init(params)


def loss_fn(params):
    return jnp.mean(jnp.square(model.apply(params, x) - x))


for _ in range(2):
    loss, grads = jax.value_and_grad(loss_fn)(params)
    updates, opt_state = tx.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
