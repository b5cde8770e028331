/** Which fixes findings offer: those that take the cause away, and nothing that is right as it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, read } from "../support.ts";

const fixesOf = (text: string, rule: string) =>
  read(text).findings.flatMap((finding) => (finding.rule === rule ? finding.fixes : []));

const plain = (rate: number): string => `import torch
from torch import nn

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=${rate}, momentum=0.9)
loss = nn.CrossEntropyLoss()(model(torch.randn(8, 20)), torch.zeros(8).long())
loss.backward()
optimizer.step()
`;

test("a limit on the gradient is offered where it is enough: at a rate of 5 it is not", () => {
  for (const rate of [0.5, 1, 2, 5, 20]) {
    const text = plain(rate);
    for (const fix of fixesOf(text, "step-too-large"))
      assert.deepEqual(fixesOf(apply(text, fix), "step-too-large"), [], `${rate}: ${fix.title}`);
  }
  assert.deepEqual(
    fixesOf(plain(5), "step-too-large").map(({ kind }) => kind),
    ["learning-rate"],
  );
});

test("an initialiser that was written for ReLU stays beside one that is at fault", () => {
  const conv = '            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")\n';
  const text = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)
        self.fc1 = nn.Linear(16, 64)
        self.fc2 = nn.Linear(64, 64)
        self.out = nn.Linear(64, 10)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
${conv.replace("            ", "                ")}            elif isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0, 0.0001)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = self.conv(x).relu().mean((2, 3))
        return self.out(self.fc2(self.fc1(x).relu()).relu())
`;
  const [fix] = fixesOf(text, "vanishing-signal");
  assert.ok(fix);
  assert.equal(
    apply(text, fix),
    text.replace("normal_(m.weight, 0, 0.0001)", `kaiming_normal_(m.weight, nonlinearity=${'"'}relu${'"'})`),
  );
});

test("weights that are the whole cause of large steps are drawn anew, and the rate stays", () => {
  const text = plain(0.001)
    .replace("SGD", "Adam")
    .replace(", momentum=0.9", "")
    .replace(
      "optimizer =",
      "for m in (model[0], model[2], model[4]):\n    nn.init.uniform_(m.weight, -0.0001, 0.0001)\n    nn.init.zeros_(m.bias)\noptimizer =",
    );
  const { findings } = read(text);
  const found = findings.find(({ rule }) => rule === "step-too-large");
  assert.deepEqual(
    found?.fixes.map(({ kind }) => kind),
    ["initialiser"],
  );
  assert.match(found?.message ?? "", /Draw the weights with He's spread; Leaky/);
});

test("the code of an autoencoder is not widened", () => {
  const text = (output: number): string => `from torch import nn, optim

model = nn.Sequential(
    nn.Linear(20, 64), nn.ReLU(),
    nn.Linear(64, 2), nn.ReLU(),
    nn.Linear(2, 64), nn.ReLU(),
    nn.Linear(64, ${output}),
)
optimizer = optim.Adam(model.parameters(), lr=0.001)
`;
  const kinds = (output: number) => fixesOf(text(output), "narrow-network").map(({ kind }) => kind);
  assert.deepEqual(kinds(20), ["leaky-relu", "leaky-relu"]);
  assert.equal(kinds(3)[0], "widen");
});
