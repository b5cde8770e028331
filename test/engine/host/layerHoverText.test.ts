import assert from "node:assert/strict";
import { test } from "node:test";
import { type Layer, type Network, placeWords } from "../../../src/engine/index.ts";
import { gapAt, gapHoverText, layerHoverText, layersAt } from "../../../src/host/layerHoverText.ts";
import { biasWords, layerSentence, weightsWords } from "../../../src/host/layerWords.ts";
import { conv, gapped, looped } from "./networks.ts";
import { analysis, layer, network, risk, site, spanOf, text } from "./sample.ts";

const call = "nn.Linear(784, 256)";
const hoverOf = (shown: Network) =>
  layerHoverText(layersAt(analysis({ networks: [shown] }), text.indexOf(call) + 3)).join("\n");
const withWeights = (weights: Layer["weights"]["value"], change: Partial<Layer> = {}) =>
  weightsWords(layer({ weights: { value: weights }, ...change }));

test("weights are told as they are drawn, and against what suits the activation", () => {
  assert.equal(
    weightsWords(layer()),
    "weights U(±0.036), std 0.0206, PyTorch default init; He would be 0.0505",
  );
  assert.equal(withWeights({ scheme: "he_normal" }), "weights N(0, 0.0505²), He init");
  assert.equal(withWeights({ scheme: "normal", std: 0.01 }, { site: null }), "weights N(0, 0.01²)");
  assert.match(
    withWeights({ scheme: "torch_default" }, { site: site({ activation: "tanh" }) }),
    /; Glorot would/,
  );
  assert.doesNotMatch(
    withWeights({ scheme: "torch_default" }, { site: site({ activation: "gelu" }) }),
    /would/,
  );
  assert.equal(withWeights({ scheme: "constant", mean: 0 }), "weights all 0");
  assert.equal(withWeights({ scheme: "torch_default" }, { fanIn: null }), "weights: PyTorch default init");
});

test("biases: drawn, constant or none", () => {
  assert.equal(biasWords(layer()), "biases U(±0.036), std 0.0206");
  assert.equal(biasWords(layer({ bias: { value: { scheme: "constant", mean: 0 } } })), "biases start at 0");
  assert.equal(biasWords(layer({ bias: null })), "no bias");
});

test("the call of a layer tells its size, its place and what follows", () => {
  const first = layer({ normalisation: { kind: "batch", place: "before" }, residual: true, dropout: 0.5 });
  const hover = hoverOf(
    network({ layers: [first, layer({ site: null, span: spanOf("nn.Linear(256, 10)") })] }),
  );
  assert.match(hover, /^\*\*Dense layer\*\* · 784 → 256 units · layer 1 of 2 of \*\*Net\*\*/);
  for (const fact of [
    /- weights U\\\(±0\.036\\\), std 0\.0206/,
    /- BatchNorm before the activation/,
    /- ReLU follows/,
    /- ends a residual block/,
    /- 50 % of its outputs are dropped/,
    /Few units may be dead after training \\\(few at the start\\\)/,
  ])
    assert.match(hover, fact);
});

test("a call in a loop says how many layers it makes", () => {
  const hover = hoverOf(looped(6));
  assert.match(hover, /makes 6 layers: 1–6 of 7 of \*\*Net\*\*/);
  assert.equal(hover.match(/ReLU follows/g)?.length, 1, "what all say is said once");
  const shares = [0.1, 0.3, 0.1, 0, 0, 0].map((share) => risk(share).layers[0]!);
  const risky = hoverOf({ ...looped(6), risk: risk(0.1, { layers: [...shares, null] }) });
  assert.match(risky, /In the worst of them about 30 % of units may be dead/);
});

test("a block that other networks are made of names them, and its size is taken where it is known", () => {
  const block = network({ name: "Block", layers: [layer({ fanIn: null, units: null })], risk: null });
  const hover = layerHoverText(layersAt(analysis({ networks: [block, looped(3)] }), text.indexOf(call))).join(
    "\n",
  );
  assert.match(hover, /256 → 256 units · makes 3 layers: 1–3 of 4 of \*\*Net\*\*/);
  assert.match(hover, /Also 1 layer of \*\*Block\*\*: 1 of 1/);
});

test("what is not known is said to be so, with the reason for no figure", () => {
  const unknown = gapped({ layers: [layer({ fanIn: null, units: null })] });
  assert.match(hoverOf(unknown), /\? → \? units[\s\S]*Risk not estimated: width of layer 3 is not known/);
  assert.match(
    layerSentence(unknown.layers[0]!),
    /an unknown number of inputs to an unknown number of units/,
  );
});

test("the innermost call is the layer's", () => {
  const inner = spanOf(call);
  const outer = layer({ span: { from: inner.from - 9, to: inner.to + 9 } });
  const found = layersAt(analysis({ networks: [network({ layers: [outer, layer()] })] }), inner.from + 1);
  assert.deepEqual(
    found.map(({ index }) => index),
    [1],
  );
  assert.deepEqual(layersAt(analysis(), 0), []);
  assert.deepEqual(layerHoverText([]), []);
});

test("places are a range, a list or its ends", () => {
  assert.deepEqual([[3], [2, 3], [2, 3, 4], [1, 3, 5], [1, 3, 5, 7, 9, 11, 13]].map(placeWords), [
    "3",
    "2, 3",
    "2–4",
    "1, 3, 5",
    "1, 3, 5, … 13",
  ]);
});

test("a convolution counts channels and names its fan-in", () => {
  assert.match(layerSentence(conv(3, 64)), /^convolution, 3 channels to 64 channels, fan-in 27, ReLU/);
});

test("code that could not be read says why, a gap as wide as its network does not", () => {
  const { span } = network();
  const unread = { span: spanOf(call), what: "width of layer 1 is not known" };
  const shown = network({ gaps: [{ span, what: "a class with its own forward pass" }, unread], risk: null });
  const found = gapAt(analysis({ networks: [shown] }), unread.span.from + 2);
  assert.equal(found?.gap, unread);
  assert.equal(gapHoverText(unread, shown), "Not read in **Net**: width of layer 1 is not known");
  assert.equal(gapAt(analysis({ networks: [shown] }), span.to), undefined);
});
