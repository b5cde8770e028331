import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/engine/index.ts";
import { read } from "../support.ts";

const model = (line: string, before = "", top = ""): string => `${top}from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(12,)),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
${before}    layers.Dense(1, activation="relu"),${line}
])
model.compile(optimizer="adam", loss="mse")
`;

const rulesIn = (text: string): string[] => read(text).findings.map(({ rule }) => rule);

test("a comment silences its rule on its line, with or without a reason", () => {
  assert.deepEqual(rulesIn(model("")), ["relu-on-output"]);
  assert.deepEqual(rulesIn(model("  # activation-lens: ignore[relu-on-output]")), []);
  assert.deepEqual(
    rulesIn(model("  # activation-lens: ignore[relu-on-output] counts are never negative")),
    [],
  );
  assert.deepEqual(rulesIn(model("  # activation-lens: ignore[dying-relu, relu-on-output]")), []);
});

test("other rules, other lines and other words silence nothing", () => {
  assert.deepEqual(rulesIn(model("  # activation-lens: ignore[dying-relu]")), ["relu-on-output"]);
  assert.deepEqual(rulesIn(model("  # activation-lens: ignore")), ["relu-on-output"]);
  assert.deepEqual(rulesIn(model("  # ignore[relu-on-output]")), ["relu-on-output"]);
  assert.deepEqual(rulesIn(model("", "", "x = 1  # activation-lens: ignore[relu-on-output]\n")), [
    "relu-on-output",
  ]);
});

test("a comment of its own is for the next line of code", () => {
  const before = "    # activation-lens: ignore[relu-on-output] counts\n";
  assert.deepEqual(rulesIn(model("", before)), []);
  assert.deepEqual(rulesIn(model("", `${before}    # another comment\n`)), []);
  assert.deepEqual(rulesIn(model("", `${before}    layers.Dropout(0.1),\n`)), ["relu-on-output"]);
});

test("a file can be silenced as a whole", () => {
  assert.deepEqual(rulesIn(model("", "", "# activation-lens: ignore-file[relu-on-output]\n")), []);
  assert.deepEqual(rulesIn(model("", "", "# activation-lens: ignore-file[dying-relu]\n")), [
    "relu-on-output",
  ]);
});

test("line ends of Windows count as one", () => {
  assert.deepEqual(
    rulesIn(model("  # activation-lens: ignore[relu-on-output]").replaceAll("\n", "\r\n")),
    [],
  );
});

test("in a notebook a comment at the end of a cell is not for the next", () => {
  const cells = (...texts: string[]) =>
    analyze({ path: "a.ipynb", text: "", cells: texts.map((text, index) => ({ index, text })) }).findings.map(
      ({ rule }) => rule,
    );
  const [top, rest] = model("").split("\nmodel = ");
  assert.deepEqual(cells(`${top}\n# activation-lens: ignore[relu-on-output]`, `model = ${rest}`), [
    "relu-on-output",
  ]);
  const silenced = model("  # activation-lens: ignore[relu-on-output]").split("\nmodel = ")[1];
  assert.deepEqual(cells(`${top}`, `model = ${silenced}`), []);
});

test("in JavaScript the comment begins with two slashes", () => {
  const code = (comment: string) => `import * as tf from "@tensorflow/tfjs";
const model = tf.sequential();
model.add(tf.layers.dense({ units: 1, inputShape: [4], activation: "relu" }));${comment}
model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
`;
  const rules = (text: string) => read(text, "a.js").findings.map(({ rule }) => rule);
  assert.deepEqual(rules(code("")), ["relu-on-output"]);
  assert.deepEqual(rules(code("  // activation-lens: ignore[relu-on-output]")), []);
});
