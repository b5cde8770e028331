/** Where inputs are scaled: behind the code that loads or cuts them, before tensors, and nowhere that is not sure. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../../src/engine/index.ts";
import { added } from "./asking.ts";

const scaled = (text: string): string[] => added(text, "scale-input");

const WINE = `from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
`;

const LINEN = `import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
${WINE}
class MLP(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(16)(x))
        return nn.Dense(3)(x)

`;
const linen = (data: string, sample = "x"): string => `${LINEN}${data}
model = MLP()
params = model.init(jax.random.PRNGKey(0), ${sample})
tx = optax.adam(1e-2)
opt_state = tx.init(params)

def loss_fn(params):
    logits = model.apply(params, x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()

grads = jax.grad(loss_fn)(params)
updates, opt_state = tx.update(grads, opt_state)
`;

const IMPORT = "from sklearn.preprocessing import StandardScaler";
const fitted = (name: string): string[] => [
  IMPORT,
  "scaler = StandardScaler()",
  `${name} = scaler.fit_transform(${name})`,
];

const SPLIT = `X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
x, y = jnp.asarray(X_train), jnp.asarray(y_train)
`;

test("Flax: parts are scaled behind the split, whatever is made of them later", () => {
  const wanted = [...fitted("X_train"), "X_test = scaler.transform(X_test)"];
  assert.deepEqual(scaled(linen(SPLIT)), wanted);
  assert.deepEqual(scaled(linen(SPLIT.replace("x, y = ", "x = ").replace(", jnp", "\ny = jnp"))), wanted);
  assert.deepEqual(scaled(linen(SPLIT, "jnp.ones((1, 13))")), wanted, "the data come with apply");
});

test("Flax: noise that is shown to init alone is no data", () => {
  const [network] = inspect({ path: "model.py", text: linen("", "jnp.ones((1, 13))") }).analysis.networks;
  assert.ok(network?.input.assumption);
});

test("a table that is trained on as a whole is scaled where it is loaded", () => {
  assert.deepEqual(
    scaled(linen("X, t = load_wine(return_X_y=True)\nx, y = jnp.array(X), jnp.array(t)\n")),
    fitted("X"),
  );
  assert.deepEqual(
    scaled(
      linen(
        "wine = load_wine()\nX, t = wine.data, wine.target\nx, y = jnp.array(X), jnp.array(t)\n",
        "x[:1]",
      ),
    ),
    fitted("X"),
    "a first row is no part",
  );
  assert.deepEqual(scaled(linen("wine = load_wine()\nx = jnp.array(wine.data)\ny = wine.target\n")), [
    IMPORT,
    "x = jnp.array(StandardScaler().fit_transform(wine.data))",
  ]);
});

test("no statistics of what is put aside, and none of a table's own members", () => {
  const whole = "X, t = load_wine(return_X_y=True)\n";
  const made = "x, y = jnp.array(X), jnp.array(t)\n";
  assert.deepEqual(scaled(linen(`${whole}${made}x, x_test = x[:150], x[150:]\n`)), ["no fix"]);
  assert.deepEqual(scaled(linen(`${whole}X_test = X[150:]\nX = X[:150]\n${made}`)), ["no fix"]);
  assert.deepEqual(scaled(linen(`${whole}order = np.random.permutation(178)\nX = X[order]\n${made}`)), [
    "no fix",
  ]);
  assert.deepEqual(
    scaled(linen(`${whole.replace("True", "True, as_frame=True")}${made}print(X.columns)\n`)),
    ["no fix"],
  );
  assert.deepEqual(
    scaled(linen("wine = load_wine()\nprint(wine.data.mean())\nx = jnp.array(wine.data)\ny = wine.target\n")),
    ["no fix"],
    "used twice",
  );
});

const TORCH = `import numpy as np
import torch
from torch import nn
${WINE}`;
const torch = (data: string, x = "x"): string => `${TORCH}${data}
model = nn.Sequential(nn.Linear(13, 16), nn.ReLU(), nn.Linear(16, 3))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(model(${x}), y)
    loss.backward()
    optimizer.step()
`;

test("PyTorch: arrays for tests beside those for training are scaled with them", () => {
  const loading = `data = np.load("columns.npz")
X_train, X_test = data["x"], data["x_test"]
y = torch.tensor(data["y"])
x = torch.tensor(X_train, dtype=torch.float32)
`;
  const tests = "x_test = torch.tensor(X_test, dtype=torch.float32)\n";
  assert.deepEqual(scaled(torch(loading + tests)), [
    ...fitted("X_train"),
    "X_test = scaler.transform(X_test)",
  ]);
  assert.deepEqual(
    scaled(torch(loading + tests.replaceAll("X_test", "X_more"))),
    ["no fix"],
    "of what kind?",
  );
});

test("PyTorch: no scaler in a loop", () => {
  const loading = "X, t = load_wine(return_X_y=True)\ny = torch.tensor(t)\n";
  const text = torch(loading, "torch.tensor(X).float()");
  assert.deepEqual(scaled(text), fitted("X"));
  const files = loading.replace("load_wine(return_X_y=True)", 'np.load("x.npy"), np.load("y.npy")');
  assert.deepEqual(scaled(torch(files, "torch.tensor(X).float()")), ["no fix"]);
});

const KERAS = `import keras
from keras import layers
${WINE}X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
`;
const functional = (first = "inputs"): string => `${KERAS}inputs = keras.Input((13,))
x = layers.Dense(16, activation="relu")(${first})
model = keras.Model(inputs, layers.Dense(3)(x))
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(X_train, y_train)
`;

test("Keras: a functional model is shown what it is fitted to", () => {
  assert.deepEqual(scaled(functional()), [...fitted("X_train"), "X_test = scaler.transform(X_test)"]);
  const own = functional("layers.Rescaling(1 / 255)(inputs)");
  const [network] = inspect({ path: "model.py", text: own }).analysis.networks;
  assert.equal(network?.input.value.scale, "unit", "a layer of its own scales it");
});

test("Keras: of two inputs it is not known which is which", () => {
  const text = `${KERAS}a = keras.Input((13,))
b = keras.Input((13,))
both = layers.concatenate([layers.Dense(8, activation="relu")(b), layers.Dense(8, activation="relu")(a)])
model = keras.Model([a, b], layers.Dense(3)(both))
model.compile("adam", "mse")
model.fit([X_train, X_train], y_train)
`;
  const [network] = inspect({ path: "model.py", text }).analysis.networks;
  assert.ok(network?.input.assumption);
});
