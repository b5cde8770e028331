import assert from "node:assert/strict";
import { test } from "node:test";
import type { Initialiser } from "../../src/engine/model.ts";
import { fillBias, fillWeights } from "../../src/lab/initialise.ts";
import { random } from "../../src/lab/random.ts";

const [fanIn, fanOut] = [300, 200];

function statistics(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (power: number) =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const std = Math.sqrt(moment(2));
  return {
    mean,
    std,
    kurtosis: moment(4) / std ** 4,
    largest: values.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  };
}

function weights(initialiser: Initialiser | { readonly scheme: "rai" }, truncates = false): Float32Array {
  const to = new Float32Array(fanIn * fanOut);
  fillWeights(to, initialiser, { fanIn, fanOut }, random(5, initialiser.scheme), truncates);
  return to;
}

/** Standard deviations by the formulas of the papers and of PyTorch's documentation; 1.8, 3 and 1.85: kurtosis. */
const expected: readonly (readonly [Initialiser, number, number])[] = [
  [{ scheme: "torch_default" }, 1 / Math.sqrt(3 * fanIn), 1.8],
  [{ scheme: "he_normal" }, Math.sqrt(2 / fanIn), 3],
  [{ scheme: "he_uniform" }, Math.sqrt(2 / fanIn), 1.8],
  [{ scheme: "he_normal", fan: "out" }, Math.sqrt(2 / fanOut), 3],
  [{ scheme: "glorot_normal" }, Math.sqrt(2 / (fanIn + fanOut)), 3],
  [{ scheme: "glorot_uniform" }, Math.sqrt(2 / (fanIn + fanOut)), 1.8],
  [{ scheme: "lecun_normal" }, Math.sqrt(1 / fanIn), 3],
  [{ scheme: "lecun_uniform" }, Math.sqrt(1 / fanIn), 1.8],
  [{ scheme: "orthogonal", gain: Math.SQRT2 }, Math.SQRT2 / Math.sqrt(fanIn), 3],
  [{ scheme: "normal", mean: 0.1, std: 0.05 }, 0.05, 3],
  [{ scheme: "uniform", mean: 0.5, std: 1 / Math.sqrt(12) }, 1 / Math.sqrt(12), 1.8],
];

for (const [initialiser, std, kurtosis] of expected) {
  test(`${initialiser.scheme}${initialiser.fan ?? ""}: mean, spread and shape`, () => {
    const found = statistics(weights(initialiser));
    assert.ok(Math.abs(found.std / std - 1) < 0.01, `${found.std} ${std}`);
    assert.ok(Math.abs(found.mean - (initialiser.mean ?? 0)) < 0.02 * std);
    assert.ok(Math.abs(found.kurtosis - kurtosis) < 0.08, `${found.kurtosis}`);
  });
}

test("Keras, JAX and TensorFlow.js cut normal weights off, with the same spread", () => {
  const std = Math.sqrt(2 / fanIn);
  const found = statistics(weights({ scheme: "he_normal" }, true));
  assert.ok(Math.abs(found.std / std - 1) < 0.01);
  assert.ok(found.largest < (2 / 0.8796) * std);
  assert.ok(statistics(weights({ scheme: "normal", mean: 0, std })).largest > 3 * std);
});

test("orthogonal weights have orthonormal columns where there are more units than inputs, else rows", () => {
  for (const [units, inputs] of [
    [12, 20],
    [20, 12],
  ] as const) {
    const to = new Float32Array(units * inputs);
    fillWeights(
      to,
      { scheme: "orthogonal", gain: 1 },
      { fanIn: inputs, fanOut: units },
      random(1, "o"),
      false,
    );
    const few = Math.min(units, inputs);
    const entry = (i: number, p: number) => (units <= inputs ? to[i * inputs + p]! : to[p * inputs + i]!);
    for (let i = 0; i < few; i++) {
      for (let j = 0; j < few; j++) {
        let product = 0;
        for (let p = 0; p < Math.max(units, inputs); p++) product += entry(i, p) * entry(j, p);
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-5);
      }
    }
  }
});

test("biases: PyTorch's default takes the weights' fan-in", () => {
  const to = new Float32Array(100_000);
  fillBias(to, { scheme: "torch_default" }, { fanIn, fanOut }, random(2, "bias"));
  const { std, largest } = statistics(to);
  assert.ok(Math.abs(std * Math.sqrt(3 * fanIn) - 1) < 0.01);
  assert.ok(largest <= 1 / Math.sqrt(fanIn));
  fillBias(to, { scheme: "constant", mean: -0.5 }, { fanIn, fanOut }, random(2, "bias"));
  assert.ok(to.every((value) => value === -0.5));
});

test("the asymmetric initialisation has one positive weight of mean 2/3 in nearly every unit", () => {
  const to = weights({ scheme: "rai" });
  const large = [...to].filter((value) => value > 0.3);
  assert.ok(large.length > 0.85 * fanOut && large.length <= fanOut);
  assert.ok(Math.abs(statistics(Float32Array.from(large)).mean - 0.68) < 0.06);
});
