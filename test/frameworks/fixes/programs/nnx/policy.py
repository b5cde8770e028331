import jax
import jax.numpy as jnp
import optax
import flax.nnx as nnx


class Policy(nnx.Module):
    def __init__(self, obs_dim, n_actions, rngs):
        self.net = nnx.Sequential(
            nnx.Linear(obs_dim, 16, rngs=rngs), nnx.relu,
            nnx.Linear(16, 16, rngs=rngs), nnx.relu,
            nnx.Linear(16, n_actions, rngs=rngs),
        )

    def __call__(self, obs):
        return self.net(obs)


policy = Policy(6, 3, nnx.Rngs(0))
optimizer = nnx.Optimizer(policy, optax.chain(optax.clip_by_global_norm(0.5), optax.adam(3e-4)), wrt=nnx.Param)
obs = jax.random.normal(jax.random.key(1), (8, 6))
actions = jnp.arange(8) % 3
advantages = jnp.linspace(-1.0, 1.0, 8)


def objective(policy):
    log_probs = jax.nn.log_softmax(policy(obs))
    chosen = jnp.take_along_axis(log_probs, actions[:, None], axis=1)[:, 0]
    return -(chosen * advantages).mean()


for _ in range(2):
    grads = nnx.grad(objective)(policy)
    optimizer.update(policy, grads)
