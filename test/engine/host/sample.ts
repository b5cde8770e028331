/** A small analysis built by hand: what the host's pure parts are tested with. */
import type {
  Analysis,
  Finding,
  Fix,
  Layer,
  Network,
  Reading,
  Risk,
  Site,
  Span,
} from "../../../src/engine/index.ts";

export const text = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        self.a = nn.Linear(784, 256)
        self.relu = nn.ReLU()
        self.b = nn.Linear(256, 10)
`;

export const spanOf = (part: string): Span => {
  const from = text.indexOf(part);
  if (from < 0) throw new Error(`not in the sample: ${part}`);
  return { from, to: from + part.length };
};

export const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length - 1;

export const leaky: Fix = {
  title: "Switch to Leaky ReLU (negative_slope=0.01)",
  kind: "leaky-relu",
  edits: [{ span: spanOf("nn.ReLU()"), text: "nn.LeakyReLU(negative_slope=0.01)" }],
  applicability: "safe",
};

export function site(change: Partial<Site> = {}): Site {
  return {
    activation: "relu",
    parameters: {},
    defaulted: [],
    framework: "pytorch",
    kind: "class_call",
    span: spanOf("nn.ReLU()"),
    certainty: "certain",
    symbol: "torch.nn.ReLU",
    fixes: [leaky],
    ...change,
  };
}

export function layer(change: Partial<Layer> = {}): Layer {
  return {
    kind: "dense",
    span: spanOf("nn.Linear(784, 256)"),
    fanIn: 784,
    units: 256,
    kernelArea: 1,
    weights: { value: { scheme: "torch_default" } },
    bias: { value: { scheme: "torch_default" } },
    normalisation: null,
    site: site(),
    residual: false,
    dropout: 0,
    ...change,
  };
}

export function risk(share: number, change: Partial<Risk> = {}): Risk {
  return {
    layers: [
      {
        deadAtInit: share / 2,
        deadAfterTraining: share,
        stepSize: 0.4,
        correlation: 0.9,
        preActivations: { mean: -0.1, betweenUnits: 0.3, betweenInputs: 0.1 },
        gradientScale: 0.01,
      },
    ],
    deadAtInit: share / 2,
    deadAfterTraining: share,
    range: [Math.max(0, share - 0.1), Math.min(1, share + 0.1)],
    probabilityOver25: share,
    probabilityOver50: share / 2,
    probabilityNaN: 0.01,
    probabilityFailure: 0.1,
    deadAsWhole: 0,
    logStepSize: -1,
    outputStd: 1,
    gradientNorm: 2,
    assumptions: [],
    counterfactuals: [{ factor: "He initialiser", effect: -0.2 }],
    ...change,
  };
}

const given = <T>(value: T): Reading<T> => ({ value });

export function network(change: Partial<Network> = {}): Network {
  const whole = { from: text.indexOf("class"), to: text.length };
  const output = layer({ span: spanOf("nn.Linear(256, 10)"), fanIn: 256, units: 10, site: null });
  return {
    name: "Net",
    framework: "pytorch",
    span: whole,
    layers: [layer(), output],
    input: given({ data: "image", scale: "standardised" }),
    loss: given("cross-entropy"),
    optimiser: given("adam"),
    learningRate: given(0.001),
    momentum: given(0),
    clip: given(null),
    targets: given("standardised"),
    pretrained: false,
    gaps: [],
    risk: risk(0.02),
    ...change,
  };
}

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "dying-relu",
    severity: "warning",
    message: "About 30 % of units may die.",
    span: spanOf("nn.ReLU()"),
    evidence: [],
    causes: [],
    fixes: [leaky],
    ...change,
  };
}

export function analysis(change: Partial<Analysis> = {}): Analysis {
  return { path: "net.py", sites: [site()], networks: [network()], findings: [], ...change };
}
