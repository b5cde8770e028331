"""Two classes of tumours, by Lion."""
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train: bool = False):
        x = nn.Dense(32, bias_init=nn.initializers.constant(-0.1))(x)
        x = nn.relu(x)
        x = nn.Dropout(0.0, deterministic=not train)(x)
        x = nn.Dense(32, bias_init=nn.initializers.constant(-0.1))(x)
        x = nn.relu(x)
        x = nn.Dense(2)(x)
        return nn.relu(x)


cancer = load_breast_cancer()
x_train, x_test, y_train, y_test = train_test_split(
    cancer.data, cancer.target, test_size=0.25, stratify=cancer.target, random_state=8
)
x_train = jnp.array(x_train)
y_train = jnp.array(y_train)

net = Net()
params = net.init(jax.random.PRNGKey(5), x_train[:1])["params"]
tx = optax.lion(learning_rate=1e-4)
opt_state = tx.init(params)


def loss_fn(params):
    logits = net.apply({"params": params}, x_train, train=True)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y_train).mean()


for step in range(3):
    loss, grads = jax.value_and_grad(loss_fn)(params)
    updates, opt_state = tx.update(grads, opt_state, params)
    params = optax.apply_updates(params, updates)

predicted = net.apply({"params": params}, jnp.array(x_test)).argmax(axis=-1)
print((predicted == jnp.array(y_test)).mean())
