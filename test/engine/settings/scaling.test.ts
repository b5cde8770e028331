/** What is written to scale inputs, and where it stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { added } from "./asking.ts";
import { HEAD, LOSS, MODEL } from "./code.ts";

test("a scaler learns from the training part alone, and comes before tensors", () => {
  const data = `import pandas as pd
${HEAD}from torch.utils.data import DataLoader, TensorDataset
df = pd.read_csv("states.csv")
X = df.drop(columns=["state"]).to_numpy()
y = df["state"].to_numpy()
train_set = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
loader = DataLoader(train_set, batch_size=64)
${MODEL}${LOSS}optimizer = optim.SGD(model.parameters(), lr=0.1)
for x, target in loader:
    loss = criterion(model(x), target)
`;
  assert.deepEqual(added(data, "scale-input"), [
    "from sklearn.preprocessing import StandardScaler",
    "scaler = StandardScaler()",
    "X = scaler.fit_transform(X)",
  ]);
  const parts = `from sklearn.datasets import load_linnerud
${HEAD}bunch = load_linnerud()
exercise = bunch.data
body = bunch.target
x, wanted = torch.tensor(exercise).float(), torch.tensor(body).float()
model = nn.Sequential(nn.Linear(3, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = optim.SGD(model.parameters(), lr=0.1)
F.mse_loss(model(x), wanted).backward()
`;
  assert.deepEqual(added(parts, "scale-input").slice(1), [
    "scaler = StandardScaler()",
    "exercise = scaler.fit_transform(exercise)",
  ]);
  const split = `from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from keras import Sequential, layers
X, y = load_wine(return_X_y=True)
X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest)
model = Sequential([layers.Input((13,)), layers.Dense(16, activation="relu"), layers.Dense(3)])
model.compile("adam", "mse")
model.fit(X_train, y_train, validation_data=(X_val, y_val))
`;
  assert.deepEqual(added(split, "scale-input").slice(1), [
    "scaler = StandardScaler()",
    "X_train = scaler.fit_transform(X_train)",
    "X_val = scaler.transform(X_val)",
    "X_test = scaler.transform(X_test)",
  ]);
  assert.deepEqual(
    added(`${split}print(X_train.columns)\n`, "scale-input"),
    ["no fix"],
    "a table's own members",
  );
});

test("inputs are scaled where all that the model is shown is scaled too", () => {
  const head = `import keras
from sklearn.datasets import load_wine, make_blobs
x, y = load_wine(return_X_y=True)
model = keras.Sequential([keras.Input((13,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
`;
  const inFunction = "def train(x):\n    model.fit(x, y)\ntrain(x)\n";
  assert.equal(added(`${head}${inFunction}`, "scale-input").length, 3);
  const scaled = ["scaler = StandardScaler()", "x = scaler.fit_transform(x)"];
  const drawn = head.replace("load_wine(return_X_y=True)", "make_blobs(n_features=13)");
  for (const shown of ["model.predict(x)", "print(model(x))"]) {
    const rest = `${inFunction}${shown}\n`;
    assert.deepEqual(added(`${head}${rest}`, "scale-input").slice(1), scaled, `${shown}: where it is loaded`);
    assert.deepEqual(added(`${drawn}${rest}`, "scale-input"), ["no fix"], shown);
  }
  const kept = `${head}class Kept:\n    pass\nkept = Kept()\nkept.model = model\nkept.model.fit(x, y)\nkept.model.predict(x)\n`;
  assert.deepEqual(added(kept, "scale-input").slice(1), [
    "scaler = StandardScaler()",
    "x = scaler.fit_transform(x)",
  ]);
});

test("digits are standardised as a whole, with the numbers of the training part", () => {
  const text = `import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
x = torch.tensor(X_train, dtype=torch.float32)
t = torch.tensor(y_train)
model = nn.Sequential(nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 10))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(10):
    loss = nn.functional.cross_entropy(model(x), t)
    loss.backward()
    opt.step()
print(model(torch.tensor(X_test, dtype=torch.float32)).argmax(1) == torch.tensor(y_test))
`;
  assert.deepEqual(added(text, "scale-input"), [
    "X_test = (X_test - X_train.mean()) / X_train.std()",
    "X_train = (X_train - X_train.mean()) / X_train.std()",
  ]);
});

test("scikit-learn's digits go up to 16; what is learnt of itself keeps to what the output reaches", () => {
  const coder = (load: string, size: number, output: string): string[] =>
    added(
      `import keras
from sklearn.datasets import load_digits, load_wine
x, _ = ${load}(return_X_y=True)
inputs = keras.Input((${size},))
code = keras.layers.Dense(8, activation="relu")(inputs)
coder = keras.Model(inputs, keras.layers.Dense(${size}${output})(code))
coder.compile("adam", "mse")
coder.fit(x, x)
`,
      "scale-input",
    );
  assert.deepEqual(coder("load_digits", 64, ', activation="relu"'), ['x = x.astype("float32") / 16.0']);
  assert.deepEqual(coder("load_digits", 64, ""), ["x = (x - x.mean()) / x.std()"]);
  assert.deepEqual(coder("load_wine", 13, ', activation="relu"'), ["no fix"]);
  assert.equal(coder("load_wine", 13, "").length, 3);
});
