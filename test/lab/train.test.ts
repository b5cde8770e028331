import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "../../src/lab/data/dataset.ts";
import { dataInfos, trainedRows } from "../../src/lab/data/infos.ts";
import { loadData } from "../../src/lab/data/shipped.ts";
import { optimiser } from "../../src/lab/optimiser.ts";
import type { NetworkSpec, OptimiserSpec } from "../../src/lab/spec.ts";
import { type Measured, type TrainEvent, train } from "../../src/lab/train.ts";
import { dense, networkOf } from "./support.ts";

const relu = { activation: { id: "relu", parameters: {} } };
const zero = { scheme: "constant", mean: 0 } as const;

async function run(
  spec: NetworkSpec,
  id: "cancer" | "spiral" | "digits",
  seed = 0,
  steps = 60,
): Promise<TrainEvent[]> {
  const data = await loadData(id);
  const split = prepare(data, "standardised", true);
  return [...train(spec, data.shape, split, { seed, steps, every: steps, truncates: false })];
}

const last = (events: readonly TrainEvent[]): Measured =>
  events.flatMap((event) => (event.type === "measured" ? [event.measured] : [])).at(-1)!;

test("a seed is a run: the same again, another with another seed", async () => {
  const spec = networkOf([dense(16, [], { ...relu, dropout: 0.2 }), dense(2, [0])]);
  const first = await run(spec, "cancer", 4);
  assert.deepEqual(await run(spec, "cancer", 4), first);
  assert.notDeepEqual(await run(spec, "cancer", 5), first);
});

test("it learns", async () => {
  const spec = networkOf([dense(32, [], relu), dense(10, [0])]);
  const end = last(await run(spec, "digits", 0, 200));
  assert.ok(end.accuracy > 0.9, `${end.accuracy}`);
});

test("a bias far below the data kills all units, and says so at the start", async () => {
  const spec = networkOf([
    dense(16, [], { ...relu, bias: { scheme: "constant", mean: -1000 } }),
    dense(2, [0]),
  ]);
  const [first] = await run(spec, "cancer");
  assert.ok(first?.type === "measured");
  assert.deepEqual(first.measured.silent, [1, null]);
});

test("rho grows with the learning rate, in proportion for SGD", async () => {
  const rho = async (learningRate: number) => {
    const spec = networkOf([dense(16, [], relu), dense(2, [0])], { optimiser: { ...sgd, learningRate } });
    const [first] = await run(spec, "cancer");
    assert.ok(first?.type === "measured");
    return first.measured.rho[0]!;
  };
  const [small, large] = [await rho(0.01), await rho(0.1)];
  assert.ok(Math.abs(large / small - 10) < 0.01, `${large} ${small}`);
});

test("training that diverges ends, with its step", async () => {
  const spec = networkOf(
    [dense(16, [], { activation: { id: "leaky_relu", parameters: {} } }), dense(2, [0])],
    {
      optimiser: { ...sgd, learningRate: 1e12 },
    },
  );
  const end = (await run(spec, "cancer")).at(-1)!;
  assert.ok(end.type === "diverged" && end.step > 0 && end.step < 60);
});

test("every data set loads, is split, and is scaled by its training part", async () => {
  for (const { id, classes, kind, rows } of dataInfos) {
    const data = await loadData(id);
    assert.equal(data.targets.length, rows, id);
    const size = data.inputs.length / data.targets.length;
    assert.ok(data.inputs.every(Number.isFinite) && data.targets.every(Number.isFinite), id);
    if (classes > 0) assert.equal(new Set(data.targets).size, classes, id);
    const { train: part, test: rest } = prepare(data, "standardised", true);
    assert.equal(part.count, trainedRows(rows));
    assert.equal(part.count + rest.count, rows);
    const columns = kind === "image" ? 1 : size;
    for (let column = 0; column < columns; column++) {
      const values = part.inputs.filter((_, i) => i % columns === column);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      assert.ok(
        Math.abs(mean) < 1e-3 && Math.abs(variance - 1) < 1e-2,
        `${id} ${column} ${mean} ${variance}`,
      );
    }
    const raw = prepare(data, "raw", false);
    if (kind === "image")
      assert.equal(
        raw.train.inputs.reduce((most, one) => Math.max(most, one), 0),
        255,
      );
  }
});

const sgd: OptimiserSpec = {
  kind: "sgd",
  learningRate: 0.1,
  momentum: 0.9,
  epsilon: 1e-8,
  decay: 0.99,
  clip: null,
};

/** Two steps with gradients 2 and -1 from 1; computed by torch.optim 2.x and, for the first, by hand. */
const steps: readonly (readonly [string, Partial<OptimiserSpec>, number])[] = [
  ["sgd", {}, 1 - 0.2 + 0.1],
  ["momentum", { kind: "momentum" }, 1 - 0.2 - 0.1 * (1.8 - 1)],
  ["adam", { kind: "adam" }, 1 - 0.1 - (0.1 * (0.08 / 0.19)) / Math.sqrt(0.004996 / 0.001999)],
  ["rmsprop", { kind: "rmsprop" }, 1 - 0.2 / Math.sqrt(0.04) + 0.1 / Math.sqrt(0.99 * 0.04 + 0.01)],
  ["clip by norm", { clip: { by: "norm", limit: 1 } }, 1 - 0.1 + 0.1],
  ["clip by value", { clip: { by: "value", limit: 0.5 } }, 1 - 0.05 + 0.05],
];

for (const [name, spec, expected] of steps) {
  test(`${name} steps as torch.optim does`, () => {
    const one = { value: Float32Array.of(1), gradient: Float32Array.of(0) };
    const step = optimiser({ ...sgd, ...spec }, [one]);
    for (const gradient of [2, -1]) {
      one.gradient[0] = gradient;
      step();
    }
    assert.ok(Math.abs(one.value[0]! - expected) < 1e-6, `${one.value[0]} ${expected}`);
  });
}

test("all weights zero: nothing is learnt before the output's bias", async () => {
  const weights = zero;
  const spec = networkOf([
    dense(8, [], { ...relu, weights, bias: zero }),
    dense(2, [0], { weights, bias: zero }),
  ]);
  const end = last(await run(spec, "cancer"));
  assert.deepEqual(end.silent, [1, null]);
});
