/** Messages as the host sends them, for the tests of the page. */
import type { ShownSite, ToWebview } from "../../src/protocol.ts";

const layer = (deadAtInit: number, deadAfterTraining: number, correlation: number) => ({
  deadAtInit,
  deadAfterTraining,
  stepSize: 0.4,
  correlation,
});

const risks = [
  layer(0, 0.05, 0.4),
  layer(0.01, 0.08, 0.61),
  layer(0.03, 0.14, 0.8),
  layer(0.16, 0.26, 0.9),
  layer(0.32, 0.45, 0.96),
];

export const site: ShownSite = {
  activation: "leaky_relu",
  parameters: { negative_slope: 0.2 },
  defaulted: [],
  framework: "pytorch",
  symbol: "torch.nn.LeakyReLU",
  certainty: "certain",
  file: "generator.py",
  line: 24,
  lineText: "self.act = nn.LeakyReLU(0.2, inplace=True)",
  offset: 512,
  layers: [],
  network: null,
  findings: [],
};

/** A ReLU deep in a network whose units die. */
export const riskySite: ShownSite = {
  ...site,
  activation: "relu",
  parameters: {},
  symbol: "torch.nn.ReLU",
  file: "model.py",
  line: 31,
  lineText: "nn.Linear(128, 128), nn.ReLU(),",
  layers: [{ position: 5, count: 6, kind: "dense", fanIn: 128, units: 128, risk: risks[4]! }],
  network: {
    name: "Classifier",
    framework: "pytorch",
    pretrained: false,
    gaps: [],
    risk: {
      layers: [...risks, null],
      deadAtInit: 0.11,
      deadAfterTraining: 0.2,
      range: [0.06, 0.38],
      probabilityOver25: 0.36,
      probabilityOver50: 0.1,
      assumptions: [
        "Learning rate not in this file: Adam's default 0.001",
        "Inputs standardised: no scaling found in this file",
      ],
      counterfactuals: [
        { factor: "He initialisation and zero biases", effect: -0.16 },
        { factor: "Leaky ReLU 0.1", effect: -0.2 },
        { factor: "half the learning rate", effect: -0.01 },
      ],
    },
  },
  findings: [
    {
      rule: "dead-at-init",
      severity: "warning",
      message:
        "About a third of this layer's units never fire. PyTorch's default initialisation shrinks the signal from layer to layer while the biases keep their size. Use He initialisation with zero biases.",
      evidence: ["nn.Linear keeps PyTorch's default initialisation", "5 hidden layers without normalisation"],
    },
  ],
};

export function show(shown: ShownSite = site, version = 1, uri = "file:///model.py"): ToWebview {
  return { type: "show", source: { uri, version }, site: shown, following: true };
}
