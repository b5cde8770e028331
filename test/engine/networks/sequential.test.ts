import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../support.ts";
import { inWords, networkOf, TORCH } from "./support.ts";

test("a literal PyTorch Sequential", () => {
  const network = networkOf(`${TORCH}net = nn.Sequential(
    nn.Flatten(),
    nn.Linear(28 * 28, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(256, 64), nn.ReLU(), nn.BatchNorm1d(64),
    nn.Linear(64, 10),
)
optimiser = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
loss = nn.CrossEntropyLoss()
`);
  assert.equal(network.name, "net");
  assert.deepEqual(inWords(network), [
    "784>256 relu batch-before dropout-0.2",
    "256>64 relu batch-after",
    "64>10",
  ]);
  assert.deepEqual(
    [network.optimiser.value, network.learningRate.value, network.loss.value],
    ["momentum", 0.1, "cross-entropy"],
  );
  assert.deepEqual(network.gaps, []);
  assert.ok(network.risk, "a network without gaps has a risk");
});

test("convolutions count kernel, channels and groups", () => {
  const network = networkOf(
    `${TORCH}net = nn.Sequential(nn.Conv2d(3, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, (5, 3), groups=4), nn.ReLU())\n`,
  );
  assert.deepEqual(inWords(network), ["conv 27>32 relu", "conv 120>64 relu"]);
});

test("a Sequential of named layers, and one inside another", () => {
  const network = networkOf(`${TORCH}from collections import OrderedDict
net = nn.Sequential(OrderedDict([("fc", nn.Linear(4, 8)), ("act", nn.ReLU())]), )
`);
  assert.deepEqual(inWords(network), ["4>8 relu"]);
  const nested = networkOf(
    `${TORCH}net = nn.Sequential(nn.Sequential(nn.Linear(4, 8), nn.ReLU()), nn.Linear(8, 2))\n`,
  );
  assert.deepEqual(inWords(nested), ["4>8 relu", "8>2"]);
});

test("a literal Keras Sequential", () => {
  const network = networkOf(`import keras
from keras import layers
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Conv2D(64, 3, activation="relu", padding="same"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(50, kernel_initializer="he_normal", activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam")
`);
  assert.deepEqual(inWords(network), ["conv 9>32 relu", "conv 288>64 relu", "2304>50 relu", "50>10 softmax"]);
  assert.equal(network.layers[2]?.weights.value.scheme, "he_normal");
  assert.deepEqual(network.gaps, []);
});

test("what is not in the file is assumed aloud", () => {
  const { risk } = networkOf(`${TORCH}net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))\n`);
  assert.ok(risk);
  for (const word of [/optimiser/, /learning rate/, /input scaling/, /loss/]) {
    assert.ok(
      risk.assumptions.some((text) => word.test(text)),
      `${word} in ${risk.assumptions.join("; ")}`,
    );
  }
});

const deep = (depth: number): string =>
  `${TORCH}net = nn.Sequential(${"nn.Linear(128, 128), nn.ReLU(), ".repeat(depth)}nn.Linear(128, 10))\noptimiser = torch.optim.Adam(net.parameters(), lr=1e-3)\n`;

test("PyTorch's default initialiser at depth 12 is flagged, a shallow network is not", () => {
  const { findings } = read(deep(12));
  assert.ok(findings.length > 0);
  assert.ok(findings.every(({ rule, severity }) => rule === "dying-relu" && severity === "warning"));
  assert.deepEqual(
    findings[0]?.fixes.map(({ kind }) => kind),
    ["initialiser", "batch-norm", "elu", "leaky-relu", "leaky-relu", "silu"],
  );
  assert.deepEqual(read(deep(2)).findings, []);
});
