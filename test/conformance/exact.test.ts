// The catalogue against the formulas evaluated with 60 digits: here nothing but its own rounding counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { erf, erfc, normalCumulative, normalDensity } from "../../src/engine/activations/erf.ts";
import exact from "./fixtures/exact.json";
import { numberIn, pointsOf, type Reference } from "./references.ts";

/** What exact.json holds besides activations: two functions in the places of f and its gradient. */
const others: Readonly<Record<string, readonly [(x: number) => number, (x: number) => number]>> = {
  erf: [erf, erfc],
  normal: [normalCumulative, normalDensity],
};

/** Relative error, with numbers too small for full precision counted as if they had it. */
function error(ours: number, theirs: number): number {
  if (ours === theirs) return 0;
  return Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 2.3e-308);
}

/**
 * Where x^3 or 1.702 x goes into an exponent, its rounding error is multiplied by the size of that exponent, up
 * to 750: no rearrangement avoids that in double precision.
 */
const amplified = new Map([
  ["gelu_tanh", 3e-13],
  ["quick_gelu", 5e-14],
]);

const reference: Reference = exact;
for (const found of reference.cases) {
  const pair = others[found.activation];
  if (pair) {
    test(`${found.activation} is right to 1e-15`, () => {
      for (const [index, x] of found.x.entries()) {
        for (const [column, f] of [found.f, found.gradient].map(
          (values, at) => [values, pair[at]!] as const,
        )) {
          const theirs = numberIn(column[index]);
          assert.ok(error(f(x), theirs) <= 1e-15, `${f.name}(${x}): ${f(x)}, exactly ${theirs}`);
        }
      }
    });
  } else {
    const limit = amplified.get(found.activation) ?? 1e-14;
    test(`${found.activation} is right to ${limit}`, () => {
      for (const { quantity, x, ours, theirs } of pointsOf(found)) {
        assert.ok(error(ours, theirs) <= limit, `${quantity}(${x}): ${ours}, exactly ${theirs}`);
      }
    });
  }
}
