import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, analyzeSites, inspect } from "../../src/engine/index.ts";

test("an empty file has nothing to say", () => {
  const analysis = analyze({ path: "empty.py", text: "" });
  assert.deepEqual(analysis, { path: "empty.py", sites: [], networks: [], findings: [] });
});

test("an inspection makes its findings when they are looked at, once; an analysis has them", () => {
  const hidden = "nn.Linear(64, 64), nn.ReLU(), ".repeat(12);
  const text = `import torch.nn as nn\nmodel = nn.Sequential(${hidden}nn.Linear(64, 10))\nloss = nn.CrossEntropyLoss()\n`;
  const { analysis } = inspect({ path: "net.py", text });
  const isMade = (of: object) => Object.getOwnPropertyDescriptor(of, "findings")?.get === undefined;
  assert.equal(isMade(analysis), false);
  assert.equal(analysis.findings, analysis.findings);
  const whole = analyze({ path: "net.py", text });
  assert.equal(isMade(whole), true);
  assert.ok(whole.findings.length > 0);
  assert.deepEqual(whole, { ...analysis });
});

test("sites alone are those of the analysis, of code, notebooks, configurations and what is not read", () => {
  const code =
    "import torch\nfrom torch import nn\nrnn = nn.LSTM(4, 4)\nnet = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2))\n";
  for (const file of [
    { path: "net.py", text: code },
    { path: "n.ipynb", text: "", language: "notebook" as const, cells: [{ index: 0, text: code }] },
    { path: "config.json", text: '{"hidden_act": "relu", "model_type": "bert"}' },
    { path: "net.py", text: "\0" },
  ]) {
    const whole = analyze(file);
    assert.deepEqual(analyzeSites(file), { ...whole, networks: [], findings: [] }, file.path);
  }
  assert.ok(analyze({ path: "net.py", text: code }).networks.length > 0);
});
