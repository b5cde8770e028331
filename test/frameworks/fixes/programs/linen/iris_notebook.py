#!/usr/bin/env python
# coding: utf-8

# In[1]:


import jax
import jax.numpy as jnp
import flax.linen as nn
import optax
from sklearn import datasets
from sklearn.model_selection import train_test_split


# In[2]:


iris = datasets.load_iris()
X_train, X_test, y_train, y_test = train_test_split(iris.data, iris.target, train_size=0.8, random_state=123)

X_train = jnp.array(X_train, dtype=jnp.float32)
X_test = jnp.array(X_test, dtype=jnp.float32)
y_train = jnp.array(y_train)
y_test = jnp.array(y_test)

samples, features = X_train.shape


# In[3]:


class IrisNet(nn.Module):
    def setup(self):
        self.linear1 = nn.Dense(features=12, bias_init=nn.initializers.constant(-0.05), name="DENSE1")
        self.linear2 = nn.Dense(features=12, bias_init=nn.initializers.constant(-0.05), name="DENSE2")
        self.linear3 = nn.Dense(features=3, name="DENSE3")

    def __call__(self, inputs):
        x = nn.relu(self.linear1(inputs))
        x = nn.relu(self.linear2(x))
        logits = nn.relu(self.linear3(x))
        return logits


# In[4]:


seed = jax.random.PRNGKey(0)
model = IrisNet()
params = model.init(seed, X_train[:5])


def cross_entropy(weights, input_data, actual):
    logits = model.apply(weights, input_data)
    one_hot = jax.nn.one_hot(actual, num_classes=3)
    return optax.softmax_cross_entropy(logits, one_hot).sum()


# In[5]:


optimizer = optax.adam(learning_rate=1/1e3)
optimizer_state = optimizer.init(params)

for i in range(1, 4):
    loss, gradients = jax.value_and_grad(cross_entropy)(params, X_train, y_train)
    updates, optimizer_state = optimizer.update(gradients, optimizer_state)
    params = optax.apply_updates(params, updates)


# In[6]:


print(cross_entropy(params, X_test, y_test))
