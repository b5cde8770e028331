# Binary classification with helper functions; the data come as they are.
import flax.linen as nn
import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


def load(seed=0):
    X, y = load_breast_cancer(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=seed)
    return (jnp.array(X_train), jnp.array(y_train)), (jnp.array(X_test), jnp.array(y_test))


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Dense(16, bias_init=nn.initializers.constant(-0.3))(x)
        x = nn.relu(x)
        x = nn.Dense(16, bias_init=nn.initializers.constant(-0.3))(x)
        x = nn.relu(x)
        x = nn.Dense(2)(x)
        return nn.relu(x)


(x, y), (x_test, y_test) = load()
net = Net()
params = net.init(jax.random.PRNGKey(3), x)
opt = optax.amsgrad(learning_rate=1e-3)
opt_state = opt.init(params)


def loss_fn(params):
    return optax.softmax_cross_entropy_with_integer_labels(net.apply(params, x), y).mean()


for _ in range(2):
    grads = jax.grad(loss_fn)(params)
    updates, opt_state = opt.update(grads, opt_state)
    params = optax.apply_updates(params, updates)
print((net.apply(params, x_test).argmax(axis=-1) == y_test).mean())
