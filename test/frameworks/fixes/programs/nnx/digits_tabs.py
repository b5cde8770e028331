import jax, optax
import jax.numpy as jnp
from flax import nnx
from sklearn.datasets import load_digits

# 8x8 pixels between 0 and 16
images, labels = load_digits(return_X_y=True)

class MLP(nnx.Module):
	def __init__(self, *, rngs):
		self.a = nnx.Linear(64, 32, kernel_init=nnx.initializers.xavier_uniform(), bias_init=nnx.initializers.constant(-0.01), rngs=rngs)
		self.b = nnx.Linear(32, 32, kernel_init=nnx.initializers.xavier_uniform(), bias_init=nnx.initializers.constant(-0.01), rngs=rngs)
		self.c = nnx.Linear(32, 10, rngs=rngs)

	def __call__(self, x):
		x = nnx.relu(self.a(x))
		x = nnx.relu(self.b(x))
		return nnx.relu(self.c(x))

model = MLP(rngs=nnx.Rngs(7))
opt = nnx.Optimizer(model, optax.sgd(0.05, momentum=0.9, nesterov=True), wrt=nnx.Param)
x, y = jnp.array(images), jnp.array(labels)

def loss(m):
	return optax.softmax_cross_entropy_with_integer_labels(m(x), y).mean()

for i in range(2):
	value, grads = nnx.value_and_grad(loss)(model)
	opt.update(model, grads)
print(value)
