import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/engine/index.ts";
import { lensLines } from "../../../src/host/lensLines.ts";
import { shifted } from "../../../src/host/shift.ts";

const cells = [
  { index: 0, text: "import torch\nfrom torch import nn\nfirst = nn.ReLU()" },
  {
    index: 1,
    text: `model = nn.Sequential(${"nn.Linear(128, 128), nn.ReLU(), ".repeat(12)}nn.Linear(128, 10))`,
  },
  { index: 2, text: "opt = torch.optim.Adam(model.parameters(), lr=1e-3)\nloss = nn.CrossEntropyLoss()" },
];
const analysis = analyze({ path: "n.ipynb", text: "", language: "notebook", cells });
const start = analysis.notebook?.starts[1] ?? 0;

test("every span counts from the cell, and what was one object stays one", () => {
  const moved = shifted(analysis, start);
  assert.equal(moved.notebook, undefined);
  assert.deepEqual(
    moved.sites.map(({ span }) => span.from),
    analysis.sites.map(({ span }) => span.from - start),
  );
  const [network] = moved.networks;
  assert.equal(network?.span.from, "model = ".length);
  assert.ok(moved.sites.some((site) => network?.layers[0]?.site === site) || network?.layers[0]?.site);
  assert.ok(
    (network?.optimiser.span?.from ?? 0) > (cells[1]?.text.length ?? 0),
    "the optimiser is behind the cell",
  );
  assert.equal(moved.findings.length, analysis.findings.length);
  assert.ok(moved.findings.length > 0);
  assert.equal(
    moved.findings[0]?.fixes[0]?.edits[0]?.span.from,
    (analysis.findings[0]?.fixes[0]?.edits[0]?.span.from ?? 0) - start,
  );
  assert.deepEqual(shifted(analysis, 0).sites, analysis.sites);
});

test("networks and findings are moved when they are asked for", () => {
  let asked = 0;
  const moved = shifted(
    {
      ...analysis,
      get findings() {
        asked++;
        return analysis.findings;
      },
    },
    start,
  );
  assert.equal(moved.sites.length, analysis.sites.length);
  assert.equal(asked, 0);
  assert.equal(moved.findings, moved.findings);
  assert.equal(asked, 1);
});

test("lenses are those of the lines that the cell has", () => {
  const moved = shifted(analysis, start);
  const length = cells[1]?.text.length ?? 0;
  const lineOf = (offset: number) => (offset >= 0 && offset <= length ? 0 : undefined);
  const lines = lensLines(moved, lineOf, { networks: true, activations: "all" });
  assert.equal(lines.length, 2);
  assert.match(lines[0]?.text ?? "", /13 layers/);
  assert.match(lines[1]?.text ?? "", /ReLU ×12/);
});
