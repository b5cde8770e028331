import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, type Change, type Fix, type FixSource, inspect } from "../../../src/engine/index.ts";
import { doneWords, fixed, hasWork } from "../../../src/host/fixing.ts";
import { networkSwitches, ownSwitches } from "../../../src/host/switches.ts";

const text = `from torch import nn

net = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2))
`;
const file = { path: "m.py", text };
const analysis = analyze(file);
const at = (part: string) => ({ from: text.indexOf(part), to: text.indexOf(part) });

/** Makes what it is asked for, as far as `can` says. */
function asking(can: (change: Change) => boolean = () => true): { fixes: FixSource; asked: string[] } {
  const asked: string[] = [];
  const fix = (change: Change): Fix | undefined => {
    const sites = "sites" in change ? change.sites : [];
    asked.push(`${change.kind} ${"slope" in change ? `${change.slope} ` : ""}${sites.length}`);
    const words = sites.length > 1 ? `Switch ${sites.length} activations to` : "Switch to";
    const slope = "slope" in change ? ` ${change.slope}` : "";
    const title = `${words} ${change.kind}${slope}`;
    const { kind } = change;
    return can(change) ? { title, kind, edits: [], applicability: "changes-training" } : undefined;
  };
  return { asked, fixes: { fix: (_, change) => fix(change), lossTakes: () => undefined } };
}

test("each activation is offered for this place, then for all of its network like it", () => {
  const { fixes, asked } = asking();
  const titles = networkSwitches(analysis, fixes, at("nn.ReLU()")).map(({ title }) => title);
  const kinds = ["leaky-relu 0.01", "leaky-relu 0.2", "prelu", "elu", "gelu", "silu"];
  assert.deepEqual(titles, [
    ...kinds.map((kind) => `Switch to ${kind}`),
    ...kinds.map((kind) => `Switch 2 activations to ${kind} (all of net)`),
  ]);
  assert.equal(asked.length, titles.length);
});

test("what the engine has no edit for is not offered", () => {
  const { fixes } = asking(({ kind }) => kind === "elu");
  assert.deepEqual(
    networkSwitches(analysis, fixes, at("nn.Tanh()")).map(({ title }) => title),
    ["Switch to elu"],
  );
  const none = asking(() => false);
  assert.deepEqual(networkSwitches(analysis, none.fixes, at("nn.ReLU()")), []);
  assert.deepEqual(networkSwitches(analysis, fixes, at("from torch")), []);
});

test("nothing is offered in the place of a softmax", () => {
  const keras =
    "import keras\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation='relu'), keras.layers.Dense(3, activation='softmax')])\n";
  const read = inspect({ path: "model.py", text: keras });
  const switchesAt = (word: string) => {
    const from = keras.indexOf(word);
    return networkSwitches(read.analysis, read.fixes, { from, to: from });
  };
  assert.ok(switchesAt("'relu'").length > 0);
  assert.deepEqual(switchesAt("'softmax'"), []);
});

test("Leaky ReLU of a place is there without a network", () => {
  assert.deepEqual(
    ownSwitches(analysis, at("nn.ReLU()")).map(({ title }) => title),
    ["Switch to Leaky ReLU (negative_slope=0.01)"],
  );
  assert.deepEqual(ownSwitches(analysis, at("nn.Tanh()")), []);
});

test("a file with nothing to do is known without doing it", () => {
  const whole = { file, analysis, fixes: asking().fixes };
  assert.deepEqual([hasWork(whole, "leaky-relu"), hasWork(whole, "findings")], [true, false]);
  let count = 0;
  const run = fixed(whole, "leaky-relu", (given) => {
    count++;
    return analyze(given);
  });
  assert.equal(run.applied.length, 2);
  assert.equal(count, 1, "the analysis that is there is not made again");
  assert.equal(hasWork({ analysis: run.after }, "leaky-relu"), false);
});

test("what was done and left out, in words", () => {
  const fix: Fix = { title: "Use He", kind: "initialiser", edits: [], applicability: "safe" };
  assert.equal(doneWords([fix], []), "Use He");
  assert.equal(doneWords([fix, fix], []), "2 fixes applied");
  assert.equal(doneWords([fix], [{ reason: "it touches" }]), "Use He. 1 was left out: it touches.");
});
