/** What a recommended fix says of the findings that are there when it is done. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, Fix } from "../../../src/engine/model.ts";
import { withAfterwards } from "../../../src/engine/rules/afterwards.ts";
import { apply, read } from "../support.ts";

const zeros = (rate: number): string => `import torch
from torch import nn

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3))
for layer in model:
    if isinstance(layer, nn.Linear):
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
optimizer = torch.optim.Adam(model.parameters(), lr=${rate})
loss = nn.CrossEntropyLoss()(model(torch.randn(8, 20)), torch.zeros(8).long())
loss.backward()
optimizer.step()
`;

test("a fix that brings another finding to light names it; where none comes it is silent", () => {
  const firstOf = (text: string): Fix | undefined => read(text).findings[0]?.fixes[0];
  const rulesAfter = (text: string) => read(apply(text, firstOf(text)!)).findings.map(({ rule }) => rule);
  assert.deepEqual(rulesAfter(zeros(0.5)), ["step-too-large"]);
  assert.match(firstOf(zeros(0.5))?.note ?? "", /It brings to light what is next: step-too-large\.$/);
  assert.deepEqual(rulesAfter(zeros(0.001)), []);
  assert.doesNotMatch(firstOf(zeros(0.001))?.note ?? "", /next/);
});

const fix = (title: string, failure: number): Fix => ({
  title,
  kind: "learning-rate",
  edits: [{ span: { from: 0, to: 1 }, text: title }],
  applicability: "changes-training",
  failure,
});

const finding = (fixes: readonly Fix[]): Finding => ({
  rule: "step-too-large",
  severity: "warning",
  message: "",
  span: { from: 0, to: 1 },
  evidence: [],
  causes: [],
  fixes,
});

test("a fix that leaves its finding says so; one that does nothing against failing makes way", () => {
  const left = (of: Finding, before = [of]) =>
    withAfterwards([of], { before, after: ([edit]) => (edit?.text === "cure" ? [] : [finding([])]) })[0]
      ?.fixes;
  const [helps, idle, cure] = [fix("helps", -0.5), fix("idle", 0), fix("cure", -0.1)];
  assert.deepEqual(
    left(finding([helps, cure]))?.map(({ note }) => note),
    ["step-too-large has another cause as well: what is left of it is found again.", undefined],
  );
  assert.deepEqual(left(finding([idle, idle, cure])), [cure]);
  assert.deepEqual(left(finding([idle])), []);
  assert.deepEqual(left(finding([cure])), [cure]);
  // Of a part of a network, which is not read again.
  assert.deepEqual(left(finding([idle]), []), [idle]);
});
