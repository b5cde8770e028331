/** Settings that are tried out, written into real code: only where the text afterwards says just that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits, inspect, type Network, type WhatIf } from "../../src/engine/index.ts";
import { riskIf } from "../../src/engine/risk/assess.ts";
import { changesFor, fixFor, writable } from "../../src/host/preview/changes.ts";

const code = `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Linear(784, 100),
    nn.ReLU(),
    nn.Linear(100, 60),
    nn.ReLU(),
    nn.Linear(60, 10),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in loader:
    optimizer.zero_grad()
    criterion(model(x), y).backward()
    optimizer.step()
`;

const read = (text: string) => inspect({ path: "net.py", text });
const { analysis, fixes } = read(code);
const network = analysis.networks[0]!;

function written(settings: WhatIf): { readonly text: string; readonly network: Network } | undefined {
  const setting = Object.keys(settings)[0] as keyof WhatIf;
  const fix = fixFor(network, fixes, settings, setting);
  if (!fix) return undefined;
  const text = applyEdits(code, fix.edits);
  return { text, network: read(text).analysis.networks[0]! };
}

const leaky = (slope: number): WhatIf => ({
  activation: { id: "leaky_relu", parameters: { negative_slope: slope } },
});

test("a learning rate is written where it stands, higher or lower", () => {
  assert.match(written({ learningRate: 0.003 })!.text, /lr=0\.003\)/);
  assert.equal(written({ learningRate: 0.5 })!.network.learningRate.value, 0.5);
  assert.equal(written({ learningRate: 0.1 }), undefined, "as it is already");
});

test("Leaky ReLU is written with the slope that was tried out, at every ReLU of the hidden layers", () => {
  const { text } = written(leaky(0.05))!;
  assert.equal(text.match(/LeakyReLU\((?:negative_slope=)?0\.05\)/g)?.length, 2);
  assert.equal(written(leaky(0)), undefined, "a slope of 0 is ReLU");
});

test("what is written gives the estimate that was shown", () => {
  for (const settings of [{ learningRate: 0.003 }, leaky(0.05), { normalisation: norm }] as const) {
    const after = written(settings);
    assert.ok(after, JSON.stringify(settings));
    const [promised, given] = [riskIf(network, settings)!, after.network.risk!];
    assert.ok(
      Math.abs(promised.deadAfterTraining - given.deadAfterTraining) < 0.02,
      JSON.stringify(settings),
    );
    assert.ok(
      Math.abs(promised.probabilityFailure - given.probabilityFailure) < 0.05,
      JSON.stringify(settings),
    );
  }
});

const norm = { kind: "batch", place: "before" } as const;

test("a scheme is offered where it suits the activation, and no other", () => {
  const weights = (scheme: "he_normal" | "glorot_uniform" | "orthogonal"): WhatIf => ({
    weights: { scheme },
  });
  assert.match(written(weights("he_normal"))!.text, /kaiming_normal_/);
  assert.equal(written(weights("glorot_uniform")), undefined);
  assert.equal(written(weights("orthogonal")), undefined);
});

test("a width is written for all hidden layers and what reads them, or not at all", () => {
  const { text } = written({ width: 2 })!;
  assert.match(text, /Linear\(784, 200\).*Linear\(200, 120\).*Linear\(120, 10\)/s);
  const looped = { ...network, layers: [network.layers[0]!, network.layers[0]!, network.layers[2]!] };
  assert.equal(changesFor(looped, { width: 2 }, "width"), undefined);
});

test("what no edit can do is not offered", () => {
  for (const settings of [
    { depth: 2 },
    { inputScale: "unit" },
    { normalisation: null },
    { bias: null },
  ] as const)
    assert.deepEqual(writable(network, fixes, settings), [], JSON.stringify(settings));
});

test("of several settings each has its own offer, with the words of its fix", () => {
  const offers = writable(network, fixes, { ...leaky(0.2), learningRate: 0.01, depth: 2 });
  assert.deepEqual(
    offers.map(({ setting, kind }) => [setting, kind]),
    [
      ["activation", "leaky-relu"],
      ["learningRate", "learning-rate"],
    ],
  );
  assert.match(offers[0]!.title, /Leaky ReLU/);
});
