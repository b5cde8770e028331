/** What the page writes: the table of values, numbers, framework defaults and words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { activationById } from "../../src/engine/activations/catalogue.ts";
import { activations } from "../../src/engine/activations/index.ts";
import type { ElementwiseActivation } from "../../src/engine/model.ts";
import { frameworkDefaults, isOffered, spellings } from "../../webview/defaults.ts";
import { kinkRows } from "../../webview/facts.ts";
import { formatInterval, formatNumber } from "../../webview/format.ts";
import { niceStep } from "../../webview/plot/scale.ts";
import { effectWords, signalWords, stepWords, unknown } from "../../webview/risk.ts";
import { curveLabel } from "../../webview/shown.ts";
import { heightOf } from "../../webview/stripBox.ts";
import { asText, gradientText, notablePoints, valueTable } from "../../webview/table.ts";
import { resnetStrip } from "./samples.ts";

const elementwise = (id: string) => activationById(id) as ElementwiseActivation;
const leaky = { label: "Leaky", activation: elementwise("leaky_relu"), parameters: { negative_slope: 0.2 } };

test("the table holds kinks, the cross-hair and no point twice", () => {
  const threshold = {
    label: "T",
    activation: elementwise("threshold"),
    parameters: { threshold: 1.25, value: 0 },
  };
  const points = notablePoints([threshold], { from: -6, to: 6 }, 0.1);
  assert.ok(points.includes(1.25));
  assert.equal(new Set(points).size, points.length);
  assert.deepEqual(
    points,
    [...points].sort((a, b) => a - b),
  );
  assert.ok(notablePoints([leaky], { from: -6, to: 6 }, 2.5).includes(2.5));
});

test("at a kink the table has both one-sided gradients and what is used", () => {
  assert.equal(gradientText(leaky.activation, leaky.parameters, 0), "0.2 | 1 (0.2 used)");
  const { rows, functions } = valueTable([leaky], { from: -6, to: 6 }, 1);
  assert.deepEqual(functions, ["Leaky"]);
  assert.deepEqual(rows[0], ["−6", "−1.2", "0.2"]);
});

test("copied text is for spreadsheets", () => {
  const lines = asText(valueTable([leaky], { from: -6, to: 6 }, 1)).split("\n");
  assert.equal(lines[0], "x\tLeaky: f(x)\tLeaky: f'(x)");
  assert.equal(lines[1], "-6\t-1.2\t0.2");
});

test("numbers have a true minus sign and no noise", () => {
  assert.equal(formatNumber(0.1 + 0.2), "0.3");
  assert.equal(formatNumber(-1e-15), "0");
  assert.equal(formatNumber(-0.00002), "−2e−5");
  assert.equal(formatNumber(Number.NEGATIVE_INFINITY), "−∞");
  assert.equal(formatInterval({ from: 0, to: Infinity, fromReached: true, toReached: false }), "[0, ∞)");
});

test("defaults of Leaky ReLU by framework", () => {
  const defaults = frameworkDefaults(leaky.activation, leaky.activation.parameters[0]!);
  const usersOf = (value: number) => defaults.find((entry) => entry.value === value)?.usedBy ?? [];
  assert.ok(usersOf(0.01).includes("PyTorch"));
  assert.ok(usersOf(0.3).includes("Keras LeakyReLU"));
  assert.ok(usersOf(0.2).includes("Keras leaky_relu"));
  const values = defaults.map(({ value }) => value);
  assert.deepEqual(values, [...new Set(values)].sort(), "each value once, smallest first");
  assert.ok(spellings(leaky.activation).some(({ code }) => code.startsWith("torch.nn.LeakyReLU")));
});

test("PyTorch's ReLU offers none of Keras's parameters", () => {
  const relu = elementwise("relu");
  for (const parameter of relu.parameters) {
    assert.equal(isOffered(relu, parameter, "pytorch"), false);
    assert.equal(isOffered(relu, parameter, "keras"), true);
  }
});

test("labels name what is unusual", () => {
  assert.equal(curveLabel(elementwise("leaky_relu"), { negative_slope: 0.2 }), "Leaky ReLU 0.2");
  assert.equal(curveLabel(elementwise("relu"), {}), "ReLU");
  assert.equal(curveLabel(elementwise("relu"), { max_value: 6 }), "ReLU max_value 6");
});

test("the kink is told with the frameworks that differ", () => {
  const [[term, text]] = kinkRows(leaky.activation, leaky.parameters) as [[string, string]];
  assert.equal(term, "Gradient at 0");
  assert.match(
    text,
    /^Undefined: 0\.2 from the left, 1 from the right; frameworks use 0\.2; JAX and Flax use 1$/,
  );
});

test("the mechanisms are told in words", () => {
  assert.equal(effectWords(-0.16), "15 points fewer dead units");
  assert.equal(effectWords(0.01, -0.2), "20 points less often failing");
  assert.equal(effectWords(-0.16, 0.1), "15 points fewer dead units, 10 points more often failing");
  assert.equal(effectWords(0.01, 0.01), "next to nothing");
  assert.match(stepWords(3), /^Too large/);
  assert.match(stepWords(0.01), /^Small enough/);
  assert.match(signalWords(0.99), /^Faint/);
});

test("slider steps are round", () => {
  assert.deepEqual([0.005, 0.03, 0.015, 0.07].map(niceStep), [0.005, 0.05, 0.02, 0.1]);
});

for (const activation of activations) {
  test(`${activation.id}: defaults and spellings can be read`, () => {
    for (const parameter of activation.parameters) {
      for (const { value } of frameworkDefaults(activation, parameter)) assert.ok(!Number.isNaN(value));
    }
    for (const { code } of spellings(activation)) assert.ok(code.length > 0);
  });
}

test("why there is no estimate: not read, pretrained, or nothing can die", () => {
  const shown = { name: "Net", framework: "pytorch", pretrained: false, gaps: [], risk: null } as const;
  assert.match(unknown({ ...shown, gaps: ["width of layer 3 is not known"] }), /Not read: width of layer 3/);
  assert.match(unknown({ ...shown, pretrained: true }), /weights are pretrained/);
  assert.match(unknown(shown), /no hidden units that can die/);
});

test("the strip draws widths on a log scale, alike ones alike", () => {
  const strip = (units: readonly (number | null)[]) => ({
    ...resnetStrip,
    boxes: units.map((count, index) => ({ ...box, index, units: count })),
  });
  const box = resnetStrip.boxes.flatMap((each) => (each.part === "layer" ? [each] : []))[0]!;
  const heights = (units: readonly number[]) => units.map((count) => heightOf(count, strip(units)));
  const [low, middle, high] = heights([16, 128, 1024]) as [number, number, number];
  assert.ok(Math.abs(middle - low - (high - middle)) < 1e-9, "equal ratios are equal steps");
  assert.equal(high, 1);
  const [narrow] = heights([120, 128]);
  assert.ok(narrow! > 0.95, "a small difference is no cliff");
  assert.deepEqual(heights([0, 0]).map(Number.isFinite), [true, true]);
});
