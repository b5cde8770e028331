/** Messages as the host sends them, for the tests of the page. */
import type { Network } from "../../src/engine/model.ts";
import { riskIf } from "../../src/engine/risk/assess.ts";
import { describeStrip } from "../../src/host/preview/describeStrip.ts";
import type { ShownSite, ShownStrip, ToWebview } from "../../src/protocol.ts";
import { conv, gapped, resnet50 } from "../engine/host/networks.ts";
import { layer, network, risk, site as siteOf, spanOf } from "../engine/host/sample.ts";

const layerRisk = (deadAtInit: number, deadAfterTraining: number, correlation: number) => ({
  deadAtInit,
  deadAfterTraining,
  stepSize: 0.4,
  correlation,
  preActivations: {
    mean: 0,
    betweenUnits: Math.sqrt(correlation),
    betweenInputs: Math.sqrt(1 - correlation),
  },
  gradientScale: 0.01,
});

const risks = [
  layerRisk(0, 0.05, 0.4),
  layerRisk(0.01, 0.08, 0.61),
  layerRisk(0.03, 0.14, 0.8),
  layerRisk(0.16, 0.26, 0.9),
  layerRisk(0.32, 0.45, 0.96),
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
    risk: risk(0.2, {
      layers: [...risks, null],
      deadAtInit: 0.11,
      range: [0.06, 0.38],
      probabilityOver25: 0.36,
      assumptions: [
        "Learning rate not in this file: Adam's default 0.001",
        "Inputs standardised: no scaling found in this file",
      ],
      counterfactuals: [
        { factor: "He initialisation and zero biases", effect: -0.16 },
        { factor: "Leaky ReLU 0.1", effect: -0.2 },
        { factor: "half the learning rate", effect: -0.01 },
      ],
    }),
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

export function show(
  shown: ShownSite = site,
  version = 1,
  uri = "file:///model.py",
  strip: ShownStrip | null = null,
): ToWebview {
  return { type: "show", source: { uri, version }, site: shown, strip, following: true };
}

const drawn = network({
  name: "Classifier",
  layers: [
    ...[784, 128, 128, 128, 128].map((fanIn) => layer({ fanIn, units: 128 })),
    layer({ fanIn: 128, units: 10, site: null }),
  ],
});

/** A network with the estimate that the engine makes of it. */
export const riskyNetwork: Network = { ...drawn, risk: riskIf(drawn, {}) };

/** The network of `riskySite`, the cursor on its fifth layer. */
export const riskyStrip: ShownStrip = describeStrip(riskyNetwork, [4]);

export const resnetStrip: ShownStrip = describeStrip(resnet50(), [12]);

const activated = (activation: string) => siteOf({ activation });

/** Three activations, marks of every kind, sizes and code that could not be read. */
export const gappedStrip: ShownStrip = describeStrip(
  gapped({
    layers: [
      conv(1, 32, { normalisation: { kind: "batch", place: "before" } }),
      conv(32, 64, {
        site: activated("gelu"),
        residual: true,
        normalisation: { kind: "group", place: "before" },
      }),
      layer({ fanIn: 64, units: null, site: activated("tanh"), span: spanOf("nn.Linear(256, 10)") }),
      layer({ fanIn: null, units: 10, site: activated("softmax"), span: { from: 990, to: 1000 } }),
    ],
    gaps: [
      { span: spanOf("nn.Linear(256, 10)"), what: "width of layer 3 is not known" },
      { span: { from: 900, to: 910 }, what: "a list of layers is built in code that is not read yet" },
    ],
    span: { from: 0, to: 2000 },
  }),
  [0],
);
