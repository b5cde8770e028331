# %%
import jax
import jax.numpy as jnp
import optax
from flax import nnx
from sklearn import datasets
from sklearn.model_selection import train_test_split

# %%
iris = datasets.load_iris()
X_train, X_test, y_train, y_test = train_test_split(iris.data, iris.target, train_size=0.8, random_state=123)
X_train = jnp.array(X_train, dtype=jnp.float32)
X_test = jnp.array(X_test, dtype=jnp.float32)
y_train = jnp.array(y_train)
y_test = jnp.array(y_test)


# %%
class IrisNet(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.fc1 = nnx.Linear(in_features=4, out_features=12, bias_init=nnx.initializers.constant(-0.05), rngs=rngs)
        self.fc2 = nnx.Linear(in_features=12, out_features=12, bias_init=nnx.initializers.constant(-0.05), rngs=rngs)
        self.fc3 = nnx.Linear(in_features=12, out_features=3, rngs=rngs)

    def __call__(self, inputs):
        x = nnx.relu(self.fc1(inputs))
        x = nnx.relu(self.fc2(x))
        logits = nnx.relu(self.fc3(x))
        return logits


# %%
net = IrisNet(nnx.Rngs(params=0))
opt = nnx.Optimizer(net, optax.nadam(learning_rate=3e-3), wrt=nnx.Param)


def cross_entropy(net):
    one_hot = jax.nn.one_hot(y_train, num_classes=3)
    return optax.softmax_cross_entropy(net(X_train), one_hot).sum()


# %%
for i in range(1, 4):
    loss, grads = nnx.value_and_grad(cross_entropy)(net)
    opt.update(net, grads)

# %%
print((net(X_test).argmax(axis=1) == y_test).mean())
