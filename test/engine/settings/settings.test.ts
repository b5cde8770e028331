/** Changes of settings in every framework: offered where they are right, and after them the text says what was asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fix, inspect, type Network } from "../../../src/engine/index.ts";
import { apply } from "../support.ts";
import { ask, changeOf, hiddenOf, RATE, SETTINGS, UNITS } from "./asking.ts";
import { PROGRAMS } from "./programs.ts";

/** A layer in words, with those of its facts that a change of that kind may not touch. */
function rest({ layers }: Network, hidden: readonly number[], kind: string): string[] {
  return layers.map((layer, place) => {
    const { weights, bias, normalisation, site, kind: own, fanIn, units, residual, dropout } = layer;
    const isAsked = hidden.includes(place);
    // Code that draws all modules in one place draws the output too.
    const isDrawn = (isAsked || layer.isOutput) && ["initialiser", "zero-bias"].includes(kind);
    return JSON.stringify([
      own,
      kind === "widen" ? 0 : [fanIn, units],
      isDrawn ? 0 : weights.value,
      isDrawn || (isAsked && kind === "batch-norm") ? 0 : bias?.value,
      isAsked && kind === "batch-norm" ? 0 : normalisation,
      site?.activation,
      residual,
      dropout,
    ]);
  });
}

/** What was asked for, as the network after it is read. */
function check(kind: string, before: Network, after: Network): void {
  const places = hiddenOf(before).map((layer) => before.layers.indexOf(layer));
  const hidden = places.flatMap((place) => after.layers[place] ?? []);
  assert.deepEqual(rest(after, places, kind), rest(before, places, kind), "nothing else changes");
  assert.ok(after.gaps.length <= before.gaps.length);
  switch (kind) {
    case "learning-rate":
      assert.equal(after.learningRate.value, RATE);
      assert.equal(after.learningRate.assumption, undefined);
      break;
    case "clip-gradients":
      assert.deepEqual(after.clip.value, { by: "norm", limit: 1 });
      break;
    case "initialiser":
      for (const { weights, site } of hidden)
        assert.match(
          `${weights.value.scheme} ${weights.value.gain ?? ""}`,
          /tanh|sigmoid/.test(site?.activation ?? "") ? /^glorot/ : /^he_|^lecun_\w+ 1\.4/,
        );
      break;
    case "zero-bias":
      for (const { bias } of hidden) assert.equal(bias?.value.mean, 0);
      break;
    case "batch-norm":
      for (const { normalisation } of hidden)
        assert.deepEqual(normalisation, { kind: "batch", place: "before" });
      break;
    case "widen":
      assert.ok(hidden.some(({ units }) => units === UNITS));
      break;
    case "scale-input":
      assert.notEqual(after.input.value.scale, "raw");
      break;
  }
  if (kind !== "learning-rate") assert.equal(after.learningRate.value, before.learningRate.value);
  if (kind !== "clip-gradients") assert.deepEqual(after.clip.value, before.clip.value);
}

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
