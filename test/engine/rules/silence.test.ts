/** Code that looks like a fault and is none: no rule warns of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../support.ts";

const warningsIn = (text: string): string[] =>
  read(text).findings.flatMap(({ rule, severity }) => (severity === "warning" ? [rule] : []));

const TORCH = "import torch\nimport torch.nn.functional as F\nfrom torch import nn, optim\n";
const TRAINED = `
model = Net()
criterion = nn.MSELoss()
optimizer = optim.Adam(model.parameters(), lr=1e-3)
`;

const net = (init: string, forward: string, more = ""): string => `${TORCH}${more}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 64)
        self.out = nn.Linear(64, 1)
${init}
    def forward(self, x):
        h = torch.tanh(self.hidden(x))
${forward}
${TRAINED}`;

test("a ReLU on the output is found in this frame, and nothing without it", () => {
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h))")), ["relu-on-output"]);
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h)).squeeze(-1)")), ["relu-on-output"]);
  assert.deepEqual(warningsIn(net("", "        return self.out(h)")), []);
});

test("a value clamped on purpose, arithmetic of rectifiers, and what follows unread are no outputs", () => {
  assert.deepEqual(warningsIn(net("", "        return self.out(h).clamp(min=0)")), []);
  assert.deepEqual(warningsIn(net("", "        return F.relu(1 - self.out(h)).mean()")), []);
  assert.deepEqual(
    warningsIn(
      net(
        "        self.own = nn.Parameter(torch.randn(1, 4))",
        "        return F.relu(self.out(h)) @ self.own",
      ),
    ),
    [],
  );
  assert.deepEqual(
    warningsIn(net("", "        return mine(F.relu(self.out(h)))", "from somewhere import mine\n")),
    [],
  );
});

test("a pretrained network keeps what it was trained with", () => {
  const text = net("", "        return F.relu(self.out(h))");
  assert.deepEqual(warningsIn(`${text}model.load_state_dict(torch.load("weights.pt"))\n`), []);
});

test("a network that nobody trains here may be a part of another", () => {
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h))").replace(TRAINED, "")), []);
});

test("the gate of a squeeze-and-excite block is narrow for good reason", () => {
  const text = `${TORCH}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.squeeze = nn.Linear(32, 2)
        self.excite = nn.Linear(2, 32)
        self.out = nn.Linear(32, 4)

    def forward(self, x):
        scale = torch.sigmoid(self.excite(F.relu(self.squeeze(x))))
        return self.out(x * scale)
${TRAINED}`;
  assert.deepEqual(warningsIn(text), []);
});

test("zero weights at the end of a branch or on the output are good practice", () => {
  assert.deepEqual(
    warningsIn(net("        nn.init.zeros_(self.out.weight)\n", "        return self.out(h)")),
    [],
  );
  assert.deepEqual(
    warningsIn(net("        nn.init.zeros_(self.hidden.weight)\n", "        return self.out(h)")),
    [],
    "tanh passes the gradient at 0, and the output is drawn at random",
  );
});

test("softmax over steps of a sequence is attention", () => {
  const text = net("", "        return (torch.softmax(self.out(h), dim=1) * h).sum(1)");
  assert.deepEqual(warningsIn(text), []);
});

test("an optimiser's own rate, and settings that are assumed, never warn", () => {
  const wide = (rest: string) => `${TORCH}
model = nn.Sequential(nn.Linear(4096, 512), nn.ReLU(), nn.Linear(512, 10))
criterion = nn.CrossEntropyLoss()
${rest}
`;
  assert.deepEqual(warningsIn(wide("")), []);
  assert.deepEqual(warningsIn(wide("optimizer = optim.Adam(model.parameters())")), []);
  assert.deepEqual(warningsIn(wide("optimizer = optim.Adam(model.parameters(), lr=0.001)")), []);
  assert.deepEqual(read(wide("optimizer = optim.Adam(model.parameters(), lr=0.001)")).findings, []);
  // In deep networks a step shifts what all inputs have in common, and the units with it.
  const deep = (rate: number) => `${TORCH}
model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=${rate})
`;
  assert.deepEqual(warningsIn(deep(0.001)), []);
  assert.deepEqual(warningsIn(deep(0.5)), ["step-too-large"]);
});

test("targets of unknown size are no reason to lower the rate; a rate that is too large for any size is", () => {
  const regression = (rate: number) => `${TORCH}
x = torch.linspace(-1, 1, 100).unsqueeze(1)
y = x.pow(2) + 0.1 * torch.rand(x.size())
model = nn.Sequential(nn.Linear(1, 12), nn.ReLU(), nn.Linear(12, 1))
criterion = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=${rate})
for epoch in range(100):
    loss = criterion(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;
  const told = (rate: number) => read(regression(rate)).findings.map(({ rule }) => rule);
  assert.deepEqual(told(0.1), []);
  assert.deepEqual(told(500), ["step-too-large"]);
});

test("targets of a data set as they come are told of with SGD, with the size that is assumed", () => {
  const text = (optimiser: string) => `${TORCH}from sklearn.datasets import load_diabetes
x, y = load_diabetes(return_X_y=True)
x, y = torch.tensor(x), torch.tensor(y)
model = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = optim.${optimiser}
for epoch in range(100):
    loss = F.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;
  const [finding] = read(text("SGD(model.parameters(), lr=0.01, momentum=0.9)")).findings;
  assert.deepEqual([finding?.rule, finding?.severity], ["step-too-large", "information"]);
  assert.match(
    finding?.message ?? "",
    /if targets are about \d+ in size.* Scale the targets to about 1 first/,
  );
  assert.deepEqual(read(text("Adam(model.parameters(), lr=0.001)")).findings, []);
});

test("weights at a constant are told of once, not also as steps beyond any size", () => {
  const text = `from keras import Sequential, initializers, layers, optimizers

start = initializers.Constant(1e5)
model = Sequential([
    layers.Input(shape=(12,)),
    layers.Dense(8, activation="relu", kernel_initializer=start),
    layers.Dense(3, activation="softmax", kernel_initializer=start),
])
model.compile(optimizer=optimizers.SGD(0.5), loss="categorical_crossentropy")
`;
  assert.deepEqual(
    read(text).findings.map(({ rule }) => rule),
    ["zero-weights"],
  );
});

test("gates among normalised layers, and depthwise layers before a normalisation, keep the signal", () => {
  const separable = `from keras import Sequential, initializers, layers

small = initializers.RandomNormal(stddev=0.01)
model = Sequential([layers.Input(shape=(32, 32, 16))])
for _ in range(12):
    model.add(layers.Conv2D(16, 3, padding="same", use_bias=False, kernel_initializer=small))
    model.add(layers.Conv2D(16, 1, use_bias=False, kernel_initializer=small))
    model.add(layers.BatchNormalization())
    model.add(layers.Activation("relu"))
model.add(layers.Flatten())
model.add(layers.Dense(4, activation="softmax"))
`;
  assert.deepEqual(read(separable).findings, []);
  const bare = separable.replace("    model.add(layers.BatchNormalization())\n", "");
  assert.deepEqual(warningsIn(bare), ["vanishing-signal"]);
});

test("a narrow network that nobody trains in the file is a hint only", () => {
  const text = (rest: string) => `from keras import Sequential, layers

model = Sequential([layers.Input(shape=(4,)), layers.Dense(2, activation="relu"), layers.Dense(3)])
${rest}
`;
  const told = (rest: string) => read(text(rest)).findings.map(({ severity }) => severity);
  assert.deepEqual(told("model.summary()"), ["hint"]);
  assert.deepEqual(told('model.compile(optimizer="adam", loss="mse")'), ["warning"]);
});

test("columns that a function of the program may scale are not told of", () => {
  const text = (map: string) => `import * as tf from "@tensorflow/tfjs";
const table = tf.data.csv("pitches.csv", { columnConfigs: { code: { isLabel: true } } })${map}.batch(32);
const model = tf.sequential();
model.add(tf.layers.dense({ units: 64, activation: "relu", inputShape: [8] }));
model.add(tf.layers.dense({ units: 4, activation: "softmax" }));
model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
model.evaluate(table);
`;
  const told = (map: string) => read(text(map), "a.js").findings.map(({ rule }) => rule);
  assert.deepEqual(told(""), ["unscaled-input"]);
  assert.deepEqual(told(".map(scaled)"), []);
});

test("a sum of rectified branches is no layer's output", () => {
  const text = (output: string) => `from keras import Model, layers

shared = layers.Dense(8, activation="relu")
a, b = layers.Input(shape=(10,)), layers.Input(shape=(10,))
model = Model([a, b], ${output})
model.compile(optimizer="adam", loss="mse")
`;
  assert.deepEqual(warningsIn(text("layers.Add()([shared(a), shared(b)])")), []);
  assert.deepEqual(warningsIn(text("shared(a)")), ["relu-on-output"]);
});

test("data that is drawn with a spread of 1 needs no scaling", () => {
  const text = (make: string) => `from sklearn.datasets import make_blobs, make_regression
from sklearn.neural_network import MLPRegressor
x, y = ${make}
MLPRegressor(hidden_layer_sizes=32).fit(x, y)
`;
  const told = (make: string) => read(text(make)).findings.map(({ rule }) => rule);
  assert.deepEqual(told("make_regression(n_samples=50, n_features=5)"), []);
  assert.deepEqual(told("make_blobs(n_samples=50, n_features=5)"), ["unscaled-input"]);
});
