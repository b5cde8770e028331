// The catalogue against PyTorch, JAX and Keras themselves: f and the gradient of their backward pass in float64.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkId } from "../../src/engine/model.ts";
import jax from "./fixtures/jax.json";
import keras from "./fixtures/keras.json";
import torch from "./fixtures/torch.json";
import { type Point, pointsOf, type Reference } from "./references.ts";

const references: readonly (readonly [FrameworkId, Reference])[] = [
  ["pytorch", torch],
  ["jax", jax],
  ["keras", keras],
];

/**
 * 1e-12 relative, or the digits that a framework loses by subtracting nearly equal numbers (1 - tanh^2 far out,
 * x + sqrt(x^2 + b) for negative x): some units in the last place of the larger one. That the catalogue does not
 * lose them is exact.test.ts's business.
 */
function tolerance(framework: FrameworkId, { activation, quantity, x, theirs }: Point): number {
  const lost = 1e-15 * Math.min(Math.max(1, Math.abs(x)), 1e6);
  // PyTorch's kernel multiplies by 1/6 rounded to float32.
  if (framework === "pytorch" && activation.id === "hardsigmoid" && quantity === "gradient") return 1e-8;
  // JAX's gradient multiplies the rounding of tanh by x^3.
  if (framework === "jax" && activation.id === "gelu_tanh" && quantity === "gradient") return 1e-13;
  return 1e-12 * Math.abs(theirs) + lost;
}

/** Where a framework overflows on the way to a number that exists: the catalogue has to do better, not the same. */
function isBroken({ theirs, x }: Point): boolean {
  return Math.abs(x) === 1e308 && (Number.isNaN(theirs) || Math.abs(theirs) === Infinity);
}

/** XLA and TensorFlow take the smallest numbers for 0, so that they land on the kink there. */
function isFlushed(framework: FrameworkId, x: number): boolean {
  return framework !== "pytorch" && Math.abs(x) === 5e-324;
}

function expected(framework: FrameworkId, { activation, quantity, x, parameters, ours }: Point): number {
  const kink = quantity === "gradient" && activation.kinks(parameters).find((each) => each.x === x);
  return kink ? (kink.differs?.[framework] ?? kink.used) : ours;
}

for (const [framework, reference] of references) {
  for (const found of reference.cases) {
    const given = Object.entries(found.parameters).map(([name, value]) => `${name}=${value}`);
    test(`${framework}: ${found.activation}(${given.join(", ")})`, () => {
      for (const point of pointsOf(found)) {
        const { quantity, x, theirs, ours } = point;
        const where = `${quantity}(${x}): ${framework} ${theirs}, here ${ours}`;
        if (isFlushed(framework, x)) continue;
        if (isBroken(point)) {
          assert.ok(
            Number.isFinite(ours) || found.activation === "exponential" || found.activation === "selu",
            where,
          );
        } else {
          const value = expected(framework, point);
          assert.ok(value === theirs || Math.abs(value - theirs) <= tolerance(framework, point), where);
        }
      }
    });
  }
}

test("the references cover PyTorch widely enough to mean something", () => {
  const covered = new Set(torch.cases.map(({ activation }) => activation));
  assert.ok(covered.size >= 24, `${covered.size} functions`);
  for (const { activation, x } of torch.cases) assert.ok(x.length >= 60, `${activation}: ${x.length} points`);
});
