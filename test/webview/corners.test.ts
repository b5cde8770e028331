/** The points that Chart.js is given are the curve, however many of them are left out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultParameters } from "../../src/engine/activations/catalogue.ts";
import { activations } from "../../src/engine/activations/index.ts";
import { functionCurve, gradientCurve } from "../../webview/curves.ts";
import { corners } from "../../webview/plot/corners.ts";
import type { Spot } from "../../webview/plot/scene.ts";

const REACHES = [1, 3, 6, 10, 30];

/** Where the line through the points is at x. */
function lineAt(points: readonly Spot[], x: number): number {
  const at = points.findIndex((point) => point[0] >= x);
  const [before, after] = [points[Math.max(0, at - 1)]!, points[at]!];
  if (after[0] === before[0]) return after[1];
  return before[1] + ((after[1] - before[1]) * (x - before[0])) / (after[0] - before[0]);
}

test("ReLU keeps its corner, also where a sample falls on it", () => {
  const relu: Spot[] = [-6, -3, 0, 0, 3, 6].map((x) => [x, Math.max(0, x)]);
  assert.deepEqual(corners(relu), [
    [-6, 0],
    [0, 0],
    [6, 6],
  ]);
  assert.deepEqual(corners(relu.slice(0, 2)), relu.slice(0, 2));
  assert.deepEqual(corners([]), []);
});

for (const activation of activations) {
  if (activation.shape !== "elementwise") continue;
  test(`${activation.name}: nothing of its curves is lost at any range`, () => {
    const parameters = defaultParameters(activation);
    let left = 0;
    for (const reach of REACHES) {
      const range = { from: -reach, to: reach };
      const { pieces } = functionCurve(activation, parameters, range);
      const slopes = gradientCurve(activation, parameters, range).pieces;
      for (const piece of [...pieces, ...slopes]) {
        const points = piece.map(({ x, y }): Spot => [x, y]);
        const drawn = corners(points);
        left += drawn.length;
        for (const [x, y] of points) {
          const off = Math.abs(lineAt(drawn, x) - y);
          assert.ok(off <= 1e-9 * Math.max(1, Math.abs(y)), `${off} at ${x} of -${reach} to ${reach}`);
        }
      }
    }
    assert.ok(left > 0);
  });
}
