import assert from "node:assert/strict";
import { test } from "node:test";
import type { Experiment, Finished } from "../../src/lab/experiment.ts";
import { presets } from "../../src/lab/presets.ts";
import { baselineLabel, changes, variantsOf } from "../../src/lab/variants.ts";
import { verdict } from "../../src/lab/verdict.ts";
import { dense, networkOf } from "./support.ts";

const relu = { activation: { id: "relu", parameters: {} } };
const spec = networkOf([dense(4, [], relu), dense(4, [0], relu), dense(2, [1])]);
const experiment: Experiment = {
  title: "t",
  data: "cancer",
  scale: "standardised",
  standardiseTargets: false,
  truncates: false,
  variants: variantsOf(spec, ["leaky-0.01", "rate-10"], "ReLU"),
  seeds: 5,
  steps: 10,
  notes: [],
};

const run = (
  variant: number,
  seed: number,
  accuracy: number,
  silent: number,
  divergedAt: number | null = null,
): Finished => ({
  variant,
  seed,
  run: {
    divergedAt,
    measured: [{ step: 10, loss: 1, accuracy, silent: [silent, silent, null], rho: [] }],
  },
});

const finished = [0, 1, 2, 3, 4].flatMap((seed) => [
  run(0, seed, 0.6 + 0.01 * seed, 0.4),
  run(1, seed, 0.6 + 0.01 * seed + (seed % 2 ? 0.02 : -0.02), 0.3),
  run(2, seed, 0.9, 0.03),
]);

test("numbers over the seeds, and each change against the code", () => {
  const { text, comparisons } = verdict(experiment, finished);
  assert.equal(
    text,
    "5 of 5 seeds: ReLU 40 % dead, accuracy 0.62; Leaky ReLU 0.01 no clear difference (accuracy ±0.00, from −0.02 to +0.02), 0 % dead, 30 % always negative; learning rate / 10 better in 5 of 5 (accuracy +0.28), 3 % dead",
  );
  assert.deepEqual(
    comparisons.map((one) => one?.verdict),
    [undefined, "no-clear-difference", "better"],
  );
});

test("never from one seed, and not before all variants have three", () => {
  const some = finished.filter(({ seed, variant }) => seed < 2 || (seed === 2 && variant < 2));
  const { text, basis, parts } = verdict(experiment, some);
  assert.deepEqual([text, parts, basis], [null, [], "2 of 5 seeds: a verdict needs 3"]);
});

test("a run that diverged has learnt nothing, and is counted", () => {
  const broken = finished.map((one) => (one.variant === 1 ? run(1, one.seed, Number.NaN, 0, 3) : one));
  const { text, summaries } = verdict(experiment, broken);
  assert.match(text!, /Leaky ReLU 0\.01 worse in 5 of 5 \(accuracy −0\.12\), NaN in 5 of 5/);
  assert.equal(summaries[1]!.dead, null);
});

test("a change that changes nothing is no variant", () => {
  assert.deepEqual(
    variantsOf(spec, ["relu", "leaky-0.2"]).map(({ id }) => id),
    ["code", "leaky-0.2"],
  );
  const normed = changes.find(({ id }) => id === "batch-norm")!.apply(spec)!;
  assert.equal(changes.find(({ id }) => id === "batch-norm")!.apply(normed), undefined);
  assert.equal(normed.layers.at(-1)!.normalisation, null, "the output stays as it is");
});

test("variants start from the same weights and differ in what they say they change", () => {
  for (const { experiment: preset, id } of presets) {
    const [first, ...others] = preset.variants;
    assert.ok(others.length >= 3 && preset.seeds >= 3, id);
    assert.equal(new Set(preset.variants.map(({ label }) => label)).size, preset.variants.length);
    for (const { spec: other } of others) assert.equal(other.layers.length, first!.spec.layers.length);
  }
});

test("the baseline has the name of its activation, once in brackets", () => {
  const labelOf = (id: string) => {
    const own = { activation: { id, parameters: {} } };
    return baselineLabel(networkOf([dense(4, [], own), dense(2, [0])]));
  };
  assert.equal(labelOf("relu"), "ReLU (as written)");
  assert.equal(labelOf("gelu_tanh"), "GELU (tanh form, as written)");
  assert.equal(baselineLabel(networkOf([dense(2, [])])), "as written");
});
