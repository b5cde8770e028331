// Time of one estimate and of one with all counterfactuals of a 20-layer network; and of risk and rules together of a
// program with such a network, against the bare parse of its text, in one run: npm run bench -- risk
import { parser } from "@lezer/python";
import { NO_FIXES } from "../../src/engine/fixes/source.ts";
import { analyze } from "../../src/engine/index.ts";
import { assess } from "../../src/engine/risk/assess.ts";
import { counterfactuals } from "../../src/engine/risk/counterfactuals.ts";
import { estimate } from "../../src/engine/risk/estimate.ts";
import { findingsOf } from "../../src/engine/rules/findings.ts";
import { modelOf } from "../engine/risk/vocabulary.ts";

const model = (act: string, bias: number | string) =>
  modelOf({
    widths: new Array(20).fill(64),
    din: 784,
    nout: 10,
    init: "he_n",
    bias,
    norm: "none",
    residual: false,
    act,
    input: ["img", "std"],
    opt: "adam",
    lr: 1e-3,
    clip: 0,
    loss: "ce",
    target_scale: 1,
  });

function median(run: () => unknown): number {
  for (let i = 0; i < 300; i++) run();
  const times = Array.from({ length: 301 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[150]!;
}

// Under negative biases three signals are followed.
for (const [act, bias] of [
  ["relu", "default"],
  ["relu", -0.1],
  ["gelu", "default"],
] as const) {
  const network = model(act, bias);
  const [one, all] = [median(() => estimate(network)), median(() => counterfactuals(network))];
  console.log(
    `${act}, bias ${bias}, 20 layers: estimate ${one.toFixed(3)} ms, with counterfactuals ${all.toFixed(2)} ms (medians)`,
  );
}

const program = (initialiser: string) => `import torch
from torch import nn

layers = [nn.Linear(784, 64), nn.ReLU()]
for _ in range(19):
    layers += [nn.Linear(64, 64), nn.ReLU()]
layers.append(nn.Linear(64, 10))
model = nn.Sequential(*layers)
for module in model.modules():
    if isinstance(module, nn.Linear):
        ${initialiser}
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_fn = nn.CrossEntropyLoss()
`;

for (const initialiser of [
  "nn.init.kaiming_normal_(module.weight)",
  "nn.init.constant_(module.bias, -0.1)",
]) {
  const text = program(initialiser);
  const { networks } = analyze({ path: "model.py", text });
  const both = median(() =>
    findingsOf(
      networks.map((network) => ({ ...network, risk: assess({ ...network, risk: null }) })),
      NO_FIXES,
    ),
  );
  const counterfactual = networks[0]?.risk?.counterfactuals.length ?? 0;
  console.log(
    `${initialiser}: risk and rules ${both.toFixed(2)} ms, ${counterfactual} counterfactuals; parse ${median(() => parser.parse(text)).toFixed(2)} ms, analysis ${median(() => analyze({ path: "model.py", text })).toFixed(2)} ms (medians)`,
  );
}
