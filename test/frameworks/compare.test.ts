// The comparison of readings with the frameworks' truth: alignment, verdicts and bars. The frameworks aren't needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/engine/index.ts";
import { align, type ReadLayer } from "./align.ts";
import { compareNetwork, judge, pick } from "./compare.ts";
import { barsOf, totalsOf } from "./report.ts";
import { type PresentCase, parseTruth, type TruthLayer } from "./truth.ts";

const truth = (fanIn: number, fanOut: number, more: Partial<TruthLayer> = {}): TruthLayer => ({
  name: `${fanIn}>${fanOut}`,
  kind: "dense",
  fanIn,
  fanOut,
  activation: "relu",
  normalisation: null,
  ...more,
});

const read = (fanIn: number | null, fanOut: number | null, more: Partial<ReadLayer> = {}): ReadLayer => ({
  kind: "dense",
  fanIn,
  fanOut,
  activation: "relu",
  normalisation: null,
  ...more,
});

const inWords = (pairs: ReturnType<typeof align>) =>
  pairs.map(([left, right]) => `${left?.fanIn ?? "-"}:${right?.fanIn ?? "-"}`);

test("layers in the same order are paired", () => {
  const pairs = align([truth(4, 8), truth(8, 2)], [read(4, 8), read(8, 2)]);
  assert.deepEqual(inWords(pairs), ["4:4", "8:8"]);
});

test("a missing layer makes none after it wrong", () => {
  const layers = [truth(4, 8), truth(8, 16), truth(16, 32), truth(32, 2)];
  assert.deepEqual(inWords(align(layers, [read(4, 8), read(16, 32), read(32, 2)])), [
    "4:4",
    "8:-",
    "16:16",
    "32:32",
  ]);
});

test("a layer too many stands alone", () => {
  assert.deepEqual(inWords(align([truth(4, 8)], [read(4, 8), read(8, 8)])), ["4:4", "-:8"]);
});

test("a wrong size is paired with the layer that it is meant for, another kind is not", () => {
  assert.deepEqual(inWords(align([truth(4, 8), truth(8, 2)], [read(5, 8), read(8, 2)])), ["4:5", "8:8"]);
  assert.deepEqual(inWords(align([truth(4, 8)], [read(4, 8, { kind: "conv" })])), ["4:-", "-:4"]);
});

test("sizes that aren't known are paired in order", () => {
  const pairs = align([truth(4, 8), truth(8, 8), truth(8, 2)], [read(null, 8), read(8, 8), read(8, null)]);
  assert.deepEqual(inWords(pairs), ["4:-", "8:8", "8:8"]);
  assert.equal(pairs.length, 3);
});

test("verdicts: what is stated wrongly is wrong, what is not known is a gap", () => {
  const judged = (wanted: TruthLayer, stated: ReadLayer, isComplete = true) =>
    judge([wanted, stated], isComplete);
  assert.equal(judged(truth(4, 8), read(4, 8)).is, "agree");
  assert.equal(judged(truth(4, 8), read(5, 8)).words, "fan-in 5 for 4");
  assert.equal(judged(truth(4, 8), read(5, null)).is, "wrong");
  assert.equal(judged(truth(4, 8), read(null, 8)).is, "gap");
  assert.equal(judged(truth(4, 8), read(4, 8, { activation: "tanh" }), false).is, "wrong");
  assert.equal(judged(truth(4, 8, { activation: null }), read(4, 8), false).is, "wrong");
  assert.equal(judged(truth(4, 8), read(4, 8, { normalisation: "batch" })).words, "norm batch for none");
});

test("a spread is right within what a sample of so many weights may be off", () => {
  const judged = (spread: number, read_: Partial<ReadLayer>, isComplete = true) =>
    judge([truth(100, 50, { spread }), read(100, 50, read_)], isComplete).is;
  assert.equal(judged(0.1, { spread: 0.103 }), "agree");
  assert.equal(judged(0.1, { spread: 0.14 }), "wrong");
  assert.equal(judged(0.1, {}), "wrong");
  assert.equal(judged(0.1, {}, false), "agree");
  assert.equal(judge([truth(4, 2, { spread: 0.1 }), read(4, 2, { spread: 0.16 })], true).is, "agree");
});

test("no activation is a statement in a network without gaps only", () => {
  const linear = read(4, 8, { activation: null });
  assert.equal(judge([truth(4, 8), linear], true).is, "wrong");
  assert.equal(judge([truth(4, 8), linear], false).is, "gap");
});

test("another reading of the definition is right as a whole, not by halves", () => {
  const either = truth(4, 8, { also: [{ activation: null, normalisation: "layer" }] });
  assert.equal(judge([either, read(4, 8, { activation: null, normalisation: "layer" })], true).is, "agree");
  assert.equal(judge([either, read(4, 8, { activation: null })], true).is, "wrong");
});

test("a layer that is not there is wrong, one that is not read is a gap", () => {
  assert.equal(judge([undefined, read(4, 8)], false).is, "wrong");
  assert.equal(judge([truth(4, 8), undefined], true).is, "gap");
});

const CODE = `import torch.nn as nn
class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
big = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
`;
const { networks } = analyze({ path: "model.py", text: CODE });

test("a network is picked by its name, alone or after what it belongs to", () => {
  assert.equal(pick(networks, ["big"])?.name, "big");
  assert.ok(pick(networks, ["network"])?.name.endsWith(".network"));
  assert.equal(pick(networks, ["huge"]), undefined);
  assert.equal(pick(networks, ["huge", "big"])?.name, "big");
});

const found = (layers: readonly TruthLayer[]): PresentCase => ({
  id: "small",
  file: "small.py",
  network: "big",
  path: "small.py",
  layers,
});

test("a case counts its layers, and apart those that the file does not hold", () => {
  const layers = [truth(4, 8), truth(8, 2, { activation: null }), truth(2, 2, { outside: true })];
  const compared = compareNetwork(found(layers), pick(networks, ["big"]));
  const { agree, wrong, gaps, outsideGaps, held, heldAgree } = compared;
  assert.deepEqual([agree, wrong, gaps, outsideGaps, held, heldAgree], [2, 0, 1, 1, 2, 2]);
});

test("a network that is not found is all gaps, and the note says so", () => {
  const compared = compareNetwork(found([truth(4, 8), truth(8, 2)]), undefined);
  assert.deepEqual([compared.gaps, compared.wrong], [2, 0]);
  assert.equal(compared.note, "no network called big");
});

test("bars: wrong values, agreement where the file holds all, and cases", () => {
  const good = compareNetwork(
    found([truth(4, 8), truth(8, 2, { activation: null })]),
    pick(networks, ["big"]),
  );
  const bad = compareNetwork(found([truth(5, 8), truth(8, 2)]), pick(networks, ["big"]));
  const failing = (all: readonly (typeof good)[], isWhole = true) =>
    barsOf(totalsOf(all), isWhole)
      .filter(({ isMet }) => !isMet)
      .map(({ what }) => what);
  assert.deepEqual(failing(Array(60).fill(good)), []);
  assert.deepEqual(failing([good]), ["cases"]);
  assert.deepEqual(failing([good, bad], false), ["wrong", "agreement"]);
});

test("truth is read as lines of JSON or as an array", () => {
  const line = '{"id": "a", "file": "a.py", "network": "A", "absent": true}';
  assert.deepEqual(
    parseTruth(`${line}\nnoise\n${line}\n`).map(({ id }) => id),
    ["a", "a"],
  );
  assert.deepEqual(
    parseTruth(`[${line}]`).map(({ absent }) => absent),
    [true],
  );
});
