/** Changes of settings in every framework: offered where they are right, and after them the text says what was asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fix, inspect } from "../../../src/engine/index.ts";
import { apply } from "../support.ts";
import { ask, changeOf, SETTINGS } from "./asking.ts";
import { check } from "./outcome.ts";
import { PROGRAMS } from "./programs.ts";

for (const [name, { path, text, kinds }] of Object.entries(PROGRAMS)) {
  test(`${name}: ${kinds.join(", ")}`, () => {
    const offered = SETTINGS.filter((kind) => ask({ path, text }, kind).fix);
    assert.deepEqual(
      offered,
      SETTINGS.filter((kind) => kinds.includes(kind)),
    );
  });

  for (const kind of kinds) {
    test(`${name}: ${kind} does what it says, once, in any line ending`, () => {
      const { network, fix, after } = ask({ path, text }, kind);
      assert.ok(fix);
      const own = inspect({ path, text: after });
      const [then] = own.analysis.networks;
      assert.ok(then);
      check(kind, network, then);
      const change = changeOf(kind, then);
      if (kind !== "widen") assert.equal(change && own.fixes.fix(then, change), undefined, after);
      assert.notEqual(fix.applicability, "safe");
      const windows = ask({ path, text: text.replaceAll("\n", "\r\n") }, kind);
      assert.equal(windows.after, after.replaceAll("\n", "\r\n"));
    });
  }
}

test("all changes of a program one after the other", () => {
  for (const [name, { path, text, kinds }] of Object.entries(PROGRAMS)) {
    let current = text;
    // A layer is widened before a normalisation behind it knows its width.
    for (const kind of [...kinds].sort((a, b) => Number(b === "widen") - Number(a === "widen"))) {
      const { fix, after } = ask({ path, text: current }, kind);
      assert.ok(fix, `${name}: ${kind} in\n${current}`);
      current = after;
    }
  }
});

test("in a notebook the edits stay in their cells", () => {
  const cells = [
    "import torch\nfrom torch import nn",
    "model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))",
    "optimizer = torch.optim.Adam(model.parameters(), lr=0.5)\nloss_fn = nn.CrossEntropyLoss()",
    "loss = loss_fn(model(torch.randn(8, 20)), torch.zeros(8).long())\nloss.backward()\noptimizer.step()",
  ].map((text, index) => ({ index, text }));
  const { analysis, fixes } = inspect({ path: "a.ipynb", text: "", language: "notebook", cells });
  const [network] = analysis.networks;
  assert.ok(network && analysis.notebook);
  for (const kind of ["learning-rate", "clip-gradients", "initialiser", "batch-norm", "widen"] as const) {
    const change = changeOf(kind, network);
    const fix: Fix | undefined = change && fixes.fix(network, change);
    assert.ok(fix, kind);
    const { starts } = analysis.notebook;
    const cellAt = (offset: number): number => starts.findLastIndex((start) => start <= offset);
    for (const { span } of fix.edits) assert.equal(cellAt(span.from), cellAt(span.to));
    assert.notEqual(apply(analysis.notebook.text, fix), analysis.notebook.text);
  }
});
