from flax import nnx
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
import jax
import jax.numpy as jnp
import numpy as np
import optax

class Net(nnx.Module):
  def __init__(self, rngs):
    self.fc1 = nnx.Linear(30, 32, bias_init=jax.nn.initializers.constant(-0.1), rngs=rngs)
    self.drop = nnx.Dropout(0.0, rngs=rngs)
    self.fc2 = nnx.Linear(32, 32, bias_init=jax.nn.initializers.constant(-0.1), rngs=rngs)
    self.fc3 = nnx.Linear(32, 2, rngs=rngs)

  def __call__(self, x):
    x = self.drop(nnx.relu(self.fc1(x)))
    x = self.drop(nnx.relu(self.fc2(x)))
    return nnx.relu(self.fc3(x))

cancer = load_breast_cancer()
x_train, x_test, y_train, y_test = train_test_split(cancer.data, cancer.target, test_size=0.25, random_state=8)

net = Net(nnx.Rngs(5))
tx = optax.adabelief(learning_rate=1e-4)
optimizer = nnx.Optimizer(net, tx, wrt=nnx.Param)

def loss_fn(net, batch):
  x, y = batch
  return optax.softmax_cross_entropy_with_integer_labels(net(x), y).mean()

for start in range(0, 256, 128):
  batch = (jnp.array(x_train[start:start + 128]), jnp.array(y_train[start:start + 128]))
  loss, grads = nnx.value_and_grad(loss_fn)(net, batch)
  optimizer.update(net, grads)
print(np.mean(net(jnp.array(x_test)).argmax(-1) == y_test))
