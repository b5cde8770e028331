import jax
import jax.numpy as jnp
import optax

key = jax.random.PRNGKey(0)
k1, k2, k3 = jax.random.split(key, 3)
params = dict(
    body=(jax.random.normal(k1, (6, 24)) * 0.3, jnp.zeros(24)),
    policy=jax.random.normal(k2, (24, 3)) * 0.01,
    value=jax.random.normal(k3, (24, 1)) * 0.1,
)


def apply(params, obs):
    w, b = params["body"]
    h = jax.nn.relu(obs @ w + b)
    return h @ params["policy"], h @ params["value"]


obs = jax.random.normal(jax.random.PRNGKey(1), (8, 6))
returns = jnp.ones((8, 1))
actions = jnp.arange(8) % 3
tx = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(7e-4))
opt_state = tx.init(params)


def loss_fn(params):
    logits, value = apply(params, obs)
    policy_loss = optax.softmax_cross_entropy_with_integer_labels(logits, actions).mean()
    return policy_loss + 0.5 * jnp.mean((value - returns) ** 2)


for step in range(2):
    grads = jax.grad(loss_fn)(params)
    updates, opt_state = tx.update(grads, opt_state, params)
    params = optax.apply_updates(params, updates)
