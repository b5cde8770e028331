import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSignature } from "../../../src/engine/activations/signature.ts";

test("a layer with numbers and switches", () => {
  assert.deepEqual(parseSignature("torch.nn.LeakyReLU(negative_slope=0.01, inplace=False)"), {
    symbol: "torch.nn.LeakyReLU",
    parameters: [
      { name: "negative_slope", position: 0, default: 0.01, literal: "0.01" },
      { name: "inplace", position: 1, literal: "False" },
    ],
  });
});

test("no parameters, with brackets or without", () => {
  assert.deepEqual(parseSignature("relu()"), { symbol: "relu", parameters: [] });
  assert.deepEqual(parseSignature("relu"), { symbol: "relu", parameters: [] });
});

test("required arguments have no default", () => {
  const { parameters } = parseSignature("torch.nn.Threshold(threshold, value, inplace=False)");
  assert.deepEqual(parameters[1], { name: "value", position: 1 });
});

test("numbers as frameworks write them", () => {
  const { parameters } = parseSignature(
    "f(a=1./8, b=1/3, c=-1., d=1e-3, e='Zeros', g=\"zeros\", h='none', i=None)",
  );
  assert.deepEqual(
    parameters.map(({ default: value }) => value),
    [0.125, 1 / 3, -1, 0.001, 0, 0, undefined, undefined],
  );
});

test("a value that the argument must have", () => {
  const { parameters } = parseSignature("jax.nn.gelu(x, approximate: False)");
  assert.deepEqual(parameters[1], { name: "approximate", position: 1, required: "False" });
});

test("markers of keyword-only and positional-only arguments take no place", () => {
  const { parameters } = parseSignature("torch.softmax(input, /, dim, *, dtype=None)");
  assert.deepEqual(
    parameters.map(({ name, position, keywordOnly }) => [name, position, keywordOnly]),
    [
      ["input", 0, undefined],
      ["dim", 1, undefined],
      ["dtype", 2, true],
    ],
  );
});

test("what is no signature throws", () => {
  for (const text of ["", "2relu()", "relu(", "relu(x y)", "relu(=1)", "relu() -> Tensor"]) {
    assert.throws(() => parseSignature(text), /not a (?:signature|parameter)/, text);
  }
});
