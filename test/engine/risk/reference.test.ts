import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, changed } from "../../../src/engine/risk/counterfactuals.ts";
import { type Estimate, estimate } from "../../../src/engine/risk/estimate.ts";
import { gaussHermite, normalCdf } from "../../../src/engine/risk/gaussian.ts";
import { afterTraining, probabilityOver25, probabilityOver50 } from "../../../src/engine/risk/share.ts";
// Written by reference.py.
import reference from "./fixtures/reference.json";
import { modelOf, type Setting } from "./vocabulary.ts";

/** The reference's names of the changes that both know. */
const CHANGES: Readonly<Record<string, Change>> = {
  "lr / 10": "learning rate / 10",
  "He initialiser": "He initialiser",
  "bias 0": "zero biases",
  "BatchNorm before the activation": "BatchNorm before the activation",
  "LayerNorm before the activation": "LayerNorm before the activation",
  "standardised input": "standardised input",
  "half the depth": "half the depth",
  "double the width": "twice the width",
  "clip gradients at 1": "gradients clipped at norm 1",
};

/** Relative, so that scales of 1e-44 count too; shares of exactly 0 have no relative error. */
function difference(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-30);
}

/** The reference counts always-negative units as dead whatever the activation is. */
function outputs(result: Estimate): Readonly<Record<string, number | readonly number[]>> {
  const dead = result.layers.map((layer) => layer.alwaysNegative);
  const q = afterTraining(dead.reduce((sum, p) => sum + p, 0) / dead.length, result.killed);
  return {
    deadAtInit: dead,
    deadAfterTraining: dead.map((p) => afterTraining(p, result.killed)),
    stepSize: result.layers.map((layer) => layer.stepSize),
    correlation: result.layers.map((layer) => layer.correlation),
    q,
    k: result.killed,
    logStepSize: result.logStepSize,
    deadAsWhole: result.deadAsWhole,
    outputStd: result.outputStd,
    gradientNorm: result.gradientNorm,
    over25: probabilityOver25(q),
    over50: probabilityOver50(q),
  };
}

/** 12 digits are stored; the two languages' erfc and order of sums differ beyond. */
const TOLERANCE = 1e-9;

test("quadrature and normal distribution are those of the reference", () => {
  for (const [count, [nodes, weights]] of Object.entries(reference.functions.quadrature)) {
    const own = gaussHermite(Number(count));
    for (const [i, node] of own.nodes.entries()) {
      assert.ok(Math.abs(node - nodes![i]!) < 1e-14, `node ${i} of ${count}`);
      assert.ok(difference(own.weights[i]!, weights![i]!) < 1e-13, `weight ${i} of ${count}`);
    }
  }
  for (const [x, p] of reference.functions.cdf) assert.ok(difference(normalCdf(x!), p!) < 1e-12, `Phi(${x})`);
});

test("every figure of the reference estimator, on every configuration", (t) => {
  let worst = 0;
  for (const { change, expected } of reference.cases) {
    const setting = { ...reference.base, ...change } as unknown as Setting;
    const result = estimate(modelOf(setting));
    assert.ok(result);
    const actual = outputs(result);
    for (const [name, value] of Object.entries(expected)) {
      const own = [actual[name]!].flat();
      for (const [i, figure] of [value].flat().entries()) {
        const off = difference(own[i]!, figure);
        worst = Math.max(worst, off);
        assert.ok(off < TOLERANCE, `${name}[${i}] of ${JSON.stringify(change)}: ${own[i]} for ${figure}`);
      }
    }
  }
  assert.ok(reference.cases.length >= 50);
  t.diagnostic(
    `${reference.cases.length} configurations, largest relative difference ${worst.toExponential(1)}`,
  );
});

test("every single change has the reference's effect", () => {
  let compared = 0;
  for (const { change, effects } of reference.cases as readonly {
    change: object;
    effects?: Record<string, number>;
  }[]) {
    const model = modelOf({ ...reference.base, ...change } as unknown as Setting);
    for (const [name, effect] of Object.entries(effects ?? {})) {
      const own =
        estimate(changed(model, CHANGES[name]!))!.deadAfterTraining - estimate(model)!.deadAfterTraining;
      assert.ok(
        Math.abs(own - effect) < TOLERANCE,
        `${name} on ${JSON.stringify(change)}: ${own} for ${effect}`,
      );
      compared++;
    }
  }
  assert.ok(compared > 50);
});
