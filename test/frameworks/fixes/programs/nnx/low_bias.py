from flax import nnx
import jax, jax.numpy as jnp
import optax

class Net(nnx.Module):
	def __init__(self, *, rngs):
		self.fc1 = nnx.Linear(10, 24, bias_init=nnx.initializers.constant(-0.5), rngs=rngs)
		self.fc2 = nnx.Linear(24, 16, rngs=rngs)
		self.fc3 = nnx.Linear(16, 3, rngs=rngs)

	def __call__(self, x):
		h = nnx.relu(self.fc1(x))
		h = nnx.relu(self.fc2(h))
		return self.fc3(h)

model = Net(rngs=nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.adam(0.003), wrt=nnx.Param)
x, y = jax.random.normal(jax.random.key(1), (8, 10)), jnp.arange(8) % 3

def loss_fn(model):
    logits = model(x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()


for step in range(2):
    loss, grads = nnx.value_and_grad(loss_fn)(model)
    optimizer.update(model, grads)
