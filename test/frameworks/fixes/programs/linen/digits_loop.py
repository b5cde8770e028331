import jax, optax
import jax.numpy as jnp
from flax import linen as nn
from sklearn.datasets import load_digits

# 8x8 pixels between 0 and 16
digits = load_digits()
images, labels = digits.data, digits.target

class MLP(nn.Module):
	sizes: tuple = (32, 32)

	@nn.compact
	def __call__(self, x):
		for n in self.sizes:
			x = nn.relu(nn.Dense(n, bias_init=nn.initializers.constant(-0.01))(x))
		return nn.relu(nn.Dense(10, bias_init=nn.initializers.constant(-0.01))(x))

model = MLP()
key = jax.random.PRNGKey(7)
params = model.init(key, jnp.zeros((1, 64)))
opt = optax.chain(optax.add_decayed_weights(1e-4), optax.sgd(0.05, momentum=0.9, nesterov=True))
state = opt.init(params)

def loss(p, x, y):
	return optax.softmax_cross_entropy_with_integer_labels(model.apply(p, x), y).mean()

step = jax.jit(jax.value_and_grad(loss))
for i in range(0, 256, 128):
	x, y = jnp.array(images[i:i + 128]), jnp.array(labels[i:i + 128])
	value, grads = step(params, x, y)
	updates, state = opt.update(grads, state, params)
	params = optax.apply_updates(params, updates)
print(value)
