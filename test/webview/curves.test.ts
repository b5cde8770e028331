import assert from "node:assert/strict";
import { test } from "node:test";
import { activationById, defaultParameters } from "../../src/engine/activations/catalogue.ts";
import { activations } from "../../src/engine/activations/index.ts";
import type { ElementwiseActivation } from "../../src/engine/model.ts";
import { bounds, type Curve, flatZones, functionCurve, gradientCurve } from "../../webview/curves.ts";

const within = (reach: number) => ({ from: -reach, to: reach });
const elementwise = (id: string) => activationById(id) as ElementwiseActivation;

test("the gradient of ReLU is broken at 0: filled where it is used, open where it is not reached", () => {
  const curve = gradientCurve(elementwise("relu"), {}, within(6));
  assert.equal(curve.pieces.length, 2);
  assert.deepEqual(curve.pieces[0]!.at(-1), { x: 0, y: 0 });
  assert.deepEqual(curve.pieces[1]![0], { x: 0, y: 1 });
  assert.deepEqual(curve.ends, [
    { x: 0, y: 0, filled: true },
    { x: 0, y: 1, filled: false },
  ]);
});

test("no sample lies between the two limits of a jump", () => {
  const curve = gradientCurve(elementwise("leaky_relu"), { negative_slope: 0.2 }, within(3));
  for (const { y } of curve.pieces.flat()) assert.ok(y === 0.2 || y === 1, `${y}`);
});

test("f of ReLU bends at 0 without a break, and its corner is a sample", () => {
  const curve = functionCurve(elementwise("relu"), {}, within(6));
  assert.equal(curve.pieces.length, 1);
  assert.deepEqual(curve.ends, []);
  assert.ok(curve.pieces[0]!.some(({ x, y }) => x === 0 && y === 0));
});

test("f of a hard threshold is broken itself", () => {
  const { pieces, ends } = functionCurve(elementwise("threshold"), { threshold: 1, value: 0 }, within(6));
  assert.equal(pieces.length, 2);
  assert.deepEqual(
    ends.map(({ x, filled }) => [x, filled]),
    [
      [1, true],
      [1, false],
    ],
  );
});

test("a slope of 1 has no kink left", () => {
  assert.equal(gradientCurve(elementwise("leaky_relu"), { negative_slope: 1 }, within(6)).pieces.length, 1);
});

test("ReLU has a flat zone on the left, Leaky ReLU has none, tanh has two", () => {
  assert.deepEqual(flatZones(elementwise("relu"), {}, within(6)), [{ from: -6, to: 0 }]);
  assert.deepEqual(flatZones(elementwise("leaky_relu"), { negative_slope: 0.2 }, within(6)), []);
  assert.equal(flatZones(elementwise("tanh"), {}, within(6)).length, 2);
});

test("the axis keeps an exploding curve from flattening the others", () => {
  const curve: Curve = {
    pieces: [
      [
        { x: 0, y: 1 },
        { x: 9, y: 8000 },
      ],
    ],
    ends: [],
  };
  assert.ok(bounds([curve], 6).to < 7);
});

for (const activation of activations) {
  if (activation.shape !== "elementwise") continue;
  test(`${activation.id}: samples are finite, in order, and agree with the function`, () => {
    const parameters = defaultParameters(activation);
    for (const reach of [3, 6, 10]) {
      const value = functionCurve(activation, parameters, within(reach));
      for (const curve of [value, gradientCurve(activation, parameters, within(reach))]) {
        const xs = curve.pieces.flat().map(({ x }) => x);
        assert.deepEqual(
          xs,
          xs.toSorted((a, b) => a - b),
        );
        assert.ok(curve.pieces.flat().every(({ y }) => Number.isFinite(y)));
      }
      for (const { x, y } of value.pieces.flatMap((points) => points.slice(1, -1))) {
        assert.equal(y, activation.f(x, parameters));
      }
    }
  });
}
