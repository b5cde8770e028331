import assert from "node:assert/strict";
import { test } from "node:test";
import { networkLineWords, networkWords, widthWords } from "../../../src/host/networkWords.ts";
import { conv, gapped, resnet50 } from "./networks.ts";
import { layer, network, spanOf } from "./sample.ts";

const line = (shown = network()) => networkLineWords(shown, false);

test("what could be read is said, and that something was not", () => {
  assert.equal(
    line(gapped()),
    "Net: 4 layers read, 1-32-64-?-10, ReLU · 1 gap: width of layer 3 is not known",
  );
  const [gap] = gapped().gaps;
  const two = gapped({ gaps: [gap!, { span: spanOf("class"), what: "weights are initialised elsewhere" }] });
  assert.match(line(two), / · 2 gaps: width of layer 3 is not known$/);
});

test("a network of which nothing was read says why", () => {
  assert.equal(line(gapped({ layers: [] })), "Net: network not read: width of layer 3 is not known");
});

test("fifty-four layers are one short line", () => {
  const words = line(resnet50());
  assert.equal(
    words,
    "ResNet: 54 layers, conv 3-64-…-2048, dense 2048-1000, ReLU, BatchNorm, residual, PyTorch default init",
  );
  assert.match(
    networkWords(resnet50(), false, 1000),
    /^54 layers, conv 3-64-64-64-…-512-2048, dense 2048-1000, ReLU, BatchNorm, residual, PyTorch default init, Adam 1e-3$/,
  );
});

test("no line is longer than an editor is wide, whatever it has to say", () => {
  const what = "a list of layers is built by a function of another module, which is not in this file";
  const long = [
    resnet50(),
    { ...resnet50(), name: "a".repeat(80) },
    { ...resnet50(), gaps: [{ span: spanOf("class"), what }] },
    gapped({ layers: [], gaps: [{ span: spanOf("class"), what }] }),
  ];
  for (const shown of long) assert.ok(line(shown).length <= 112, `${line(shown).length}: ${line(shown)}`);
});

test("a normalisation is named, and each of several", () => {
  const batch = layer({ normalisation: { kind: "batch", place: "before" } });
  const group = layer({ normalisation: { kind: "group", place: "before" }, residual: true });
  assert.match(line(network({ layers: [batch, group] })), /, BatchNorm and GroupNorm, residual · /);
});

test("unknown sizes are question marks, many kinds of layer are cut short", () => {
  assert.equal(widthWords([conv(3, null), layer({ fanIn: null, units: 10 })]), "conv 3-?, dense ?-10");
  const alternating = [
    conv(3, 8),
    layer({ fanIn: 8, units: 8 }),
    conv(8, 16),
    layer({ fanIn: 16, units: 2 }),
  ];
  assert.equal(widthWords(alternating), "conv 3-8, …, dense 16-2");
  assert.equal(widthWords([]), "");
});
