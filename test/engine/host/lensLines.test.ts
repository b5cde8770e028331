import assert from "node:assert/strict";
import { test } from "node:test";
import type { Analysis } from "../../../src/engine/index.ts";
import { type LensChoice, lensLines } from "../../../src/host/lensLines.ts";
import { analysis, finding, layer, lineOf, network, risk, site, spanOf, text } from "./sample.ts";

const all: LensChoice = { networks: true, activations: "all" };
const sitesOnly: LensChoice = { networks: false, activations: "all" };
const lines = (sample: Analysis, choice = sitesOnly) => lensLines(sample, lineOf, choice);
const flagged = (change = {}) =>
  analysis({ networks: [network({ risk: risk(0.31) })], findings: [finding(change)] });

test("a healthy activation is named, and nothing is advised", () => {
  const [lens] = lines(analysis());
  assert.equal(lens?.text, "ReLU");
  assert.equal(lens?.line, 5);
  assert.equal(lens?.fix, null);
});

test("an activation that cannot die, or is only likely, offers no rewrite", () => {
  assert.equal(lines(analysis({ sites: [site({ activation: "sigmoid" })] }))[0]?.fix, null);
  const [likely] = lines(analysis({ sites: [site({ certainty: "likely" })] }));
  assert.equal(likely?.text, "ReLU (likely)");
  assert.equal(likely?.fix, null);
});

test("a finding gives share, cause and depth in words", () => {
  const [lens] = lines(flagged());
  assert.equal(lens?.text, "ReLU · about 30 % of units may die: PyTorch default init, 2 layers");
  assert.equal(lens?.fix?.title, "Fix");
});

test("without a finding a high estimate stays unsaid", () => {
  assert.equal(lines(analysis({ networks: [network({ risk: risk(0.31) })] }))[0]?.text, "ReLU");
});

test("a hint is no trouble: neither activation nor network is said to be in any", () => {
  const [net, own, ...others] = lines(flagged({ severity: "hint" }), all);
  assert.equal(own?.text, "ReLU");
  assert.equal(own?.fix, null);
  assert.doesNotMatch(net?.text ?? "", /may die/);
  assert.match(lines(flagged(), all)[0]?.text ?? "", /may die/);
  assert.deepEqual(others, []);
  assert.deepEqual(lines(flagged({ severity: "hint" }), { networks: false, activations: "risky" }), []);
});

test("other layers of a flagged network name their share, the cause stands once", () => {
  const second = site({ span: { from: spanOf("nn.ReLU()").to + 1, to: spanOf("nn.ReLU()").to + 5 } });
  const net = network({
    layers: [layer(), layer({ site: second }), layer({ site: null })],
    risk: risk(0.3, { layers: [risk(0.3).layers[0]!, risk(0.5).layers[0]!] }),
  });
  const sample = analysis({ sites: [site(), second], networks: [net], findings: [finding()] });
  assert.deepEqual(
    lines(sample).map(({ text }) => text),
    [
      "ReLU · about 30 % of units may die: PyTorch default init, 3 layers",
      "ReLU · about half of the units may die",
    ],
  );
});

test("several sites of one line are one lens", () => {
  const { from, to } = spanOf("nn.ReLU()");
  const sites = [
    site(),
    site({ span: { from: from + 1, to } }),
    site({ activation: "leaky_relu", span: { from: from + 2, to }, parameters: { negative_slope: 0.2 } }),
  ];
  const made = lines(analysis({ sites }));
  assert.equal(made.length, 1);
  assert.equal(made[0]?.text, "ReLU ×2, Leaky ReLU 0.2");
});

test("a default slope is named with its framework, since frameworks disagree", () => {
  const keras = site({
    activation: "leaky_relu",
    framework: "keras",
    parameters: { negative_slope: 0.3 },
    defaulted: ["negative_slope"],
  });
  assert.equal(lines(analysis({ sites: [keras] }))[0]?.text, "Leaky ReLU 0.3 (Keras default)");
});

test("another rule's finding is named for what it is", () => {
  const [lens] = lines(flagged({ rule: "relu-on-output" }));
  assert.equal(lens?.text, "ReLU · cuts off the network's output");
});

test("where the finding has no fix, the lens offers none", () => {
  assert.equal(lines(flagged({ fixes: [] }))[0]?.fix, null);
});

test("risky shows findings only, off shows nothing", () => {
  assert.equal(lines(analysis(), { networks: false, activations: "risky" }).length, 0);
  assert.equal(lines(flagged(), { networks: false, activations: "risky" }).length, 1);
  assert.equal(lines(flagged(), { networks: false, activations: "off" }).length, 0);
});

test("a network is summed up on its own first line", () => {
  const [lens] = lines(flagged(), all);
  assert.equal(lens?.line, 2);
  assert.equal(
    lens?.text,
    "Net: 2 layers, 784-256-10, ReLU, PyTorch default init, Adam 1e-3 · about 20–40 % of units may die",
  );
  assert.equal(lens?.fix, null, "its fix stands at the activation");
});

test("a network whose finding stands at no activation carries the fix itself", () => {
  const [lens] = lines(flagged({ span: spanOf("class") }), all);
  assert.deepEqual(lens?.fix?.offsets, [text.indexOf("class")]);
});

test("assumptions about the optimiser are left to the hover", () => {
  const adam = { value: "adam", assumption: "optimiser not in this file" } as const;
  const [lens] = lines(analysis({ networks: [network({ optimiser: adam })] }), all);
  assert.equal(lens?.text, "Net: 2 layers, 784-256-10, ReLU, PyTorch default init · low risk of dead units");
});

test("a network that could not be read says why", () => {
  const gaps = [{ span: spanOf("class"), what: "width of layer 3 is not known" }];
  const [lens] = lines(analysis({ networks: [network({ gaps, layers: [], risk: null })] }), all);
  assert.equal(lens?.text, "Net: network not read: width of layer 3 is not known");
});

test("pretrained weights are not estimated", () => {
  const [lens] = lines(analysis({ networks: [network({ pretrained: true })] }), all);
  assert.match(lens?.text ?? "", / · pretrained, so not estimated$/);
});

test("nothing in, nothing out", () => {
  assert.deepEqual(lines(analysis({ sites: [], networks: [] }), all), []);
});

test("a network's line speaks of risk where a finding backs it; without one it only says that the risk is low", () => {
  const line = (share: number, probabilityOver25: number) =>
    lines(analysis({ networks: [network({ risk: risk(share, { probabilityOver25 }) })] }), all)[0]?.text ??
    "";
  assert.match(line(0.02, 0.01), / · low risk of dead units$/);
  assert.doesNotMatch(line(0.2, 0.3), /risk|die/);
  assert.doesNotMatch(line(0, 0.01), /risk|die/);
});

test("what a layer applies although none is written is named as its default", () => {
  const [lens] = lines(analysis({ sites: [], defaults: [site({ activation: "tanh", isDefault: true })] }));
  assert.equal(lens?.text, "Tanh by default");
  assert.equal(lens?.fix, null);
});
