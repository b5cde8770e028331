/** What users may set of rules: severities and thresholds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, rules } from "../../../src/engine/index.ts";
import type { AnalyzeOptions } from "../../../src/engine/model.ts";

const DEEP = `from torch import nn

model = nn.Sequential(
${Array.from({ length: 8 }, () => "    nn.Linear(64, 64),\n    nn.ReLU(),\n").join("")}    nn.Linear(64, 10),
)
`;
const FAST = `from torch import nn, optim

model = nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
optimizer = optim.Adam(model.parameters(), lr=0.5)
criterion = nn.CrossEntropyLoss()
`;
const NARROW = `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(4,)),
    layers.Dense(3, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
`;
const FADING = `from keras import Sequential, layers
from keras.initializers import RandomNormal

small = RandomNormal(stddev=0.04)
model = Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(64, activation="tanh", kernel_initializer=small),
    layers.Dense(64, activation="tanh", kernel_initializer=small),
    layers.Dense(64, activation="tanh", kernel_initializer=small),
    layers.Dense(64, activation="tanh", kernel_initializer=small),
    layers.Dense(1, activation="sigmoid"),
])
`;

/** `narrow-network information`. */
const said = (text: string, options?: AnalyzeOptions): string[] =>
  analyze({ path: "model.py", text }, options).findings.map(({ rule, severity }) => `${rule} ${severity}`);

const at = (rule: string, threshold: number): AnalyzeOptions => ({ thresholds: { [rule]: threshold } });

test("dying-relu: a higher share is needed, or a lower one will do", () => {
  assert.deepEqual(said(DEEP), ["dying-relu warning"]);
  assert.deepEqual(said(DEEP, at("dying-relu", 0.9)), []);
  const healthy = DEEP.replaceAll(
    "    nn.Linear(64, 64),\n    nn.ReLU(),\n".repeat(4),
    "    nn.Linear(64, 64),\n    nn.ReLU(),\n",
  );
  assert.deepEqual(said(healthy), []);
});

test("step-too-large: a larger step is needed", () => {
  assert.deepEqual(said(FAST), ["step-too-large warning"]);
  assert.deepEqual(said(FAST, at("step-too-large", 1000)), []);
});

test("narrow-network: a warning from the chance that is set, information from half of it", () => {
  assert.deepEqual(said(NARROW), ["narrow-network information"]);
  assert.deepEqual(said(NARROW, at("narrow-network", 0.1)), ["narrow-network warning"]);
  assert.deepEqual(said(NARROW, at("narrow-network", 0.5)), []);
});

test("vanishing-signal: more or less of the gradient may be lost", () => {
  assert.deepEqual(said(FADING), []);
  assert.match(said(FADING, at("vanishing-signal", 0.1)).join(), /^vanishing-signal/);
});

test("thresholds that don't fit, or of rules that have none, change nothing", () => {
  for (const wrong of [Number.NaN, -1, 7, "0.9" as unknown as number])
    assert.deepEqual(said(DEEP, at("dying-relu", wrong)), said(DEEP), String(wrong));
  assert.deepEqual(said(DEEP, at("toString", 1)), said(DEEP));
});

test("the defaults written out change nothing", () => {
  const thresholds = Object.fromEntries(
    rules.flatMap(({ name, threshold }) => (threshold ? [[name, threshold.default]] : [])),
  );
  for (const text of [DEEP, FAST, NARROW, FADING]) assert.deepEqual(said(text, { thresholds }), said(text));
});

test("a rule's severity is the user's, and off means silent", () => {
  assert.deepEqual(said(DEEP, { severities: { "dying-relu": "hint" } }), ["dying-relu hint"]);
  assert.deepEqual(said(DEEP, { severities: { "dying-relu": "off" } }), []);
  assert.deepEqual(said(DEEP, { severities: { "step-too-large": "off" } }), ["dying-relu warning"]);
  for (const nothing of ["default", 3, null])
    assert.deepEqual(said(DEEP, { severities: { "dying-relu": nothing as "default" } }), [
      "dying-relu warning",
    ]);
});

test("in a configuration too", () => {
  const text = `{
  "dataset_reader": { "type": "papers" },
  "model": {
    "type": "classifier",
    "head": { "input_dim": 8, "num_layers": 2, "hidden_dims": [2, 3], "activations": ["relu", "linear"] }
  },
  "trainer": { "num_epochs": 4 }
}
`;
  const found = (options?: AnalyzeOptions) => analyze({ path: "a.json", text }, options).findings.length;
  assert.equal(found(), 1);
  assert.equal(found({ severities: { "narrow-network": "off" } }), 0);
  assert.equal(found(at("narrow-network", 0.9)), 0);
});

test("every threshold says what it is, where its default comes from, and has room on both sides", () => {
  for (const { name, threshold } of rules) {
    if (!threshold) continue;
    const { minimum, maximum, default: usual, meaning, source } = threshold;
    assert.ok(minimum < usual && usual < maximum, name);
    for (const text of [meaning, source]) assert.match(text, /[^.]\.$/, name);
  }
});
