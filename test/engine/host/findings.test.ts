import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findingFor,
  findingsOf,
  layersOf,
  networksOf,
  overlap,
  recommendedFix,
} from "../../../src/host/findings.ts";
import { analysis, finding, leaky, network, site, spanOf, text } from "./sample.ts";

test("spans are half open", () => {
  assert.equal(overlap({ from: 0, to: 3 }, { from: 3, to: 5 }), false);
  assert.equal(overlap({ from: 0, to: 3 }, { from: 2, to: 2 }), true);
  assert.equal(overlap({ from: 3, to: 3 }, { from: 3, to: 3 }), true);
});

test("a site knows its layers and its network", () => {
  const sample = analysis();
  assert.equal(layersOf(sample, site())[0]?.index, 0);
  assert.equal(networksOf(sample, site())[0]?.name, "Net");
});

test("a site that no layer uses belongs to the innermost network around it", () => {
  const loose = network({ layers: [] });
  const inner = network({ name: "Inner", layers: [], span: spanOf("self.relu = nn.ReLU()") });
  assert.equal(networksOf(analysis({ networks: [loose, inner] }), site())[0]?.name, "Inner");
});

test("a finding at the optimiser's line is the network's, though it stands elsewhere", () => {
  const rate = { from: text.length + 10, to: text.length + 20 };
  const net = network({ learningRate: { value: 10, span: rate } });
  const found = finding({ rule: "step-too-large", span: rate, fixes: [] });
  const sample = analysis({ networks: [net], findings: [found] });
  assert.deepEqual(findingsOf(sample, net), [found]);
  assert.equal(findingFor(sample, site()), found);
});

test("where the cause lies elsewhere, one click never writes Leaky ReLU instead of the cure", () => {
  const found = finding({ rule: "step-too-large", span: spanOf("class"), fixes: [] });
  assert.equal(recommendedFix(analysis({ findings: [found] }), site().span.from), undefined);
});

test("without a finding a click makes the site's own rewrite", () => {
  assert.equal(recommendedFix(analysis(), site().span.from), leaky);
  assert.equal(recommendedFix(analysis(), 1), undefined);
});
