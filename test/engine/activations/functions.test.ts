// What holds for every function of the catalogue: that its gradient is its derivative and its facts are facts.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Saturation } from "../../../src/engine/model.ts";
import { type Case, cases, elementwise, grid } from "./cases.ts";

function each(title: string, check: (found: Case) => void): void {
  for (const found of cases) test(`${found.title}: ${title}`, () => check(found));
}

function kinksOf({ activation, parameters }: Case) {
  return activation.kinks(parameters);
}

const step = 2 ** -17;

/** Central difference of fourth order: its error is some 1e-11 for smooth functions of ordinary size. */
function slope(f: (x: number) => number, x: number): number {
  const near = (f(x + step) - f(x - step)) / (2 * step);
  const far = (f(x + 2 * step) - f(x - 2 * step)) / (4 * step);
  return (4 * near - far) / 3;
}

/** The same from one side, without touching x itself: f may jump there. */
function oneSided(f: (x: number) => number, x: number, side: 1 | -1): number {
  return slope(f, x + 4 * side * step);
}

const isClose = (ours: number, theirs: number, limit: number) =>
  Math.abs(ours - theirs) <= limit * Math.max(1, Math.abs(theirs));

each("the gradient is the derivative away from kinks", (found) => {
  const kinks = kinksOf(found);
  let compared = 0;
  for (const x of grid.filter((value) => Math.abs(value) < 30)) {
    if (kinks.some((kink) => Math.abs(kink.x - x) < 1e-3)) continue;
    compared++;
    const theirs = slope(found.f, x);
    // At 0 the curvature may jump (ELU, softsign): there a difference is as far off as its step is wide.
    const limit = x === 0 ? 1e-5 : 1e-7;
    const ours = found.gradient(x);
    assert.ok(isClose(ours, theirs, limit), `at ${x}: ${ours}, differences ${theirs}`);
  }
  assert.ok(compared > 500, `${compared} points`);
});

each("there is no kink but those listed", (found) => {
  const kinks = kinksOf(found);
  for (const [index, to] of grid.entries()) {
    const from = grid[index - 1];
    if (from === undefined || kinks.some(({ x }) => x >= from - 1e-9 && x <= to + 1e-9)) continue;
    // The steepest gradient of a smooth function here changes by less than 8 per unit.
    const jump = Math.abs(found.gradient(to) - found.gradient(from));
    const size = Math.max(1, Math.abs(found.gradient(to)));
    assert.ok(jump <= 8 * (to - from) * size, `the gradient jumps by ${jump} between ${from} and ${to}`);
  }
});

each("kinks say what the gradient does on both sides and at the point", (found) => {
  for (const { x, left, right, used } of kinksOf(found)) {
    // Softplus's threshold of 20 is a kink of 2e-9, which no difference shows: compare the gradients themselves.
    assert.ok(isClose(found.gradient(x - 1e-7), left, 1e-6), `left of ${x}: ${found.gradient(x - 1e-7)}`);
    assert.ok(isClose(found.gradient(x + 1e-7), right, 1e-6), `right of ${x}: ${found.gradient(x + 1e-7)}`);
    assert.ok(isClose(oneSided(found.f, x, -1), left, 1e-3), `f left of ${x}: ${oneSided(found.f, x, -1)}`);
    assert.ok(isClose(oneSided(found.f, x, 1), right, 1e-3), `f right of ${x}: ${oneSided(found.f, x, 1)}`);
    assert.equal(found.gradient(x), used, `at ${x}`);
    const jumps = Math.abs(found.f(x + 1e-9) - found.f(x - 1e-9)) > 1e-6;
    assert.ok(left !== right || used !== left || jumps, `nothing happens at ${x}`);
  }
});

const farOut = [100, 1e4, 1e8, 1e300];

each("values stay within the range, and come to its ends", (found) => {
  const { from, to, fromReached, toReached } = found.activation.range(found.parameters);
  const corners = kinksOf(found).flatMap(({ x }) => [x - 1e-9, x, x + 1e-9]);
  const everywhere = [...farOut.map((x) => -x), ...grid, ...corners, ...farOut];
  const values = everywhere.map(found.f);
  const rounding = 1e-15 * Math.max(1, Math.abs(from) === Infinity ? 0 : Math.abs(from));
  for (const [index, value] of values.entries()) {
    assert.ok(value >= from - rounding && value <= to + rounding, `f(${everywhere[index]}) = ${value}`);
  }
  // The grid's points lie up to 0.03 apart near the minima, whose curvature is below 1.
  const [least, most] = [Math.min(...values), Math.max(...values)];
  assert.ok(from === -Infinity ? least < -1e6 : least - from < 1e-3 * (1 + Math.abs(from)), `least ${least}`);
  assert.ok(to === Infinity ? most > 1e6 : to - most < 1e-3 * (1 + Math.abs(to)), `most ${most}`);
  // Of an end that is only approached, moderate inputs stay clear: rounding reaches it far out.
  const moderate = grid.filter((x) => Math.abs(x) < 5).map(found.f);
  if (!fromReached) assert.ok(Math.min(...moderate) > from, `${from} is reached`);
  if (!toReached) assert.ok(Math.max(...moderate) < to, `${to} is reached`);
});

each("ends that are reached are reached at a finite input", (found) => {
  const { from, to, fromReached, toReached } = found.activation.range(found.parameters);
  for (const end of [...(fromReached ? [from] : []), ...(toReached ? [to] : [])]) {
    assert.ok(Number.isFinite(end), `${end} cannot be reached`);
    assert.ok(closest(found, end) < 1e-12, `${end} is missed by ${closest(found, end)}`);
  }
});

/** Least distance of f from a value, by refining the grid round the point that comes nearest. */
function closest({ f }: Case, value: number): number {
  let [center, width, best] = [0, 60, Infinity];
  for (let round = 0; round < 14; round++) {
    const middle = center;
    for (let index = -100; index <= 100; index++) {
      const x = middle + (width * index) / 100;
      const distance = Math.abs(f(x) - value);
      if (distance < best) [best, center] = [distance, x];
    }
    width /= 20;
  }
  return best;
}

each("monotonic says whether f ever changes direction", (found) => {
  const values = grid.map(found.f);
  const changes = values.slice(1).map((value, index) => value - values[index]!);
  // Softplus's 2e-9 at PyTorch's threshold is no change of direction.
  const tiny = 1e-8;
  const [rises, falls] = [changes.some((change) => change > tiny), changes.some((change) => change < -tiny)];
  assert.equal(found.activation.monotonic(found.parameters), !(rises && falls));
});

each("saturation says on which sides the gradient vanishes", (found) => {
  const vanishes = (sign: number) => [1e4, 1e5, 1e6].every((x) => Math.abs(found.gradient(sign * x)) < 1e-6);
  const sides: Saturation = vanishes(-1) ? (vanishes(1) ? "both" : "left") : vanishes(1) ? "right" : "none";
  assert.equal(found.activation.saturation(found.parameters), sides);
});

each("units die where f and its gradient are exactly 0 for all very negative inputs", (found) => {
  const silent = [-10, -12, -20].every((x) => found.f(x) === 0 && found.gradient(x) === 0);
  // PReLU's slope has a gradient of its own.
  const revived = found.activation.id === "prelu";
  assert.equal(found.activation.dies(found.parameters), silent && !revived);
});

/** Mean and root mean square of f over a standard normal input. */
function moments({ f }: Case): { mean: number; size: number } {
  let [mean, square, total] = [0, 0, 0];
  for (let x = -10; x <= 10; x += 1 / 256) {
    const weight = Math.exp((-x * x) / 2);
    mean += weight * f(x);
    square += weight * f(x) ** 2;
    total += weight;
  }
  return { mean: mean / total, size: Math.sqrt(square / total) };
}

for (const found of cases.filter(({ usual }) => usual)) {
  test(`${found.title}: zero-centred says whether outputs average to 0`, () => {
    const { mean, size } = moments(found);
    assert.equal(found.activation.zeroCentred, Math.abs(mean) < 0.01 * size, `mean ${mean} of ${size}`);
  });
}

const extremes = [
  0, 5e-324, 2.3e-308, 1e-300, 1e-16, 1, 36, 37, 88.7, 103.9, 709, 710, 745, 750, 1e10, 1e155, 1e308,
];

/** The only ones whose true value at a listed input is beyond the largest number. */
function overflows(id: string, x: number): boolean {
  return id === "exponential" && x > 709;
}

each("extreme inputs give numbers", (found) => {
  for (const x of [...extremes, ...extremes.map((value) => -value)]) {
    const [value, gradient] = [found.f(x), found.gradient(x)];
    if (overflows(found.activation.id, x)) continue;
    assert.ok(Number.isFinite(value), `f(${x}) = ${value}`);
    assert.ok(Number.isFinite(gradient), `gradient(${x}) = ${gradient}`);
  }
});

each("a float32 model sees the same function", (found) => {
  // Half a unit in the last place of the input, carried through the steepest slope, is all that may differ.
  for (const x of grid) {
    const single = Math.fround(x);
    if (kinksOf(found).some((kink) => Math.abs(kink.x - x) < 1e-4)) continue;
    const steepest = Math.max(Math.abs(found.gradient(x)), Math.abs(found.gradient(single)), 1e-3);
    const allowed = 1.01 * Math.abs(single - x) * steepest + 1e-6 * Math.abs(found.f(x)) + 1e-12;
    assert.ok(Math.abs(found.f(single) - found.f(x)) <= allowed, `f(${single}) = ${found.f(single)}`);
    assert.ok(!Number.isNaN(Math.fround(found.gradient(single))));
  }
});

each("missing parameters are the defaults", (found) => {
  if (!found.usual) return;
  for (const x of [-3, -0.3, 0, 0.3, 3]) {
    assert.equal(found.activation.f(x, {}), found.f(x));
    assert.equal(found.activation.gradient(x, {}), found.gradient(x));
  }
});

test("every parameter matters", () => {
  for (const activation of elementwise) {
    for (const { name, minimum, maximum, default: usual } of activation.parameters) {
      const other = usual === minimum ? maximum : minimum;
      const differs = grid.some((x) => activation.f(x, { [name]: other }) !== activation.f(x, {}));
      assert.ok(differs, `${activation.id}: ${name}`);
    }
  }
});
