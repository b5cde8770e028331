import type { Evidence, Finding, FixSource, LayerRisk, Network, OptimiserKind, Rule } from "../model.ts";
import { present } from "./structure.ts";

/**
 * Mean over the layers of log10 of the step size at which training went best: one step moves a pre-activation by
 * 6 % of its spread with adaptive steps, 16 % with SGD. From the repair experiment on measured runs.
 */
const HEALTHY_STEP: Readonly<Record<OptimiserKind, number>> = {
  adam: -1.2,
  rmsprop: -1.2,
  sgd: -0.8,
  momentum: -0.8,
};

/** What the frameworks use unless told otherwise: so common that it never warns, written or not. */
const USUAL_RATE: Readonly<Record<OptimiserKind, number>> = {
  adam: 0.001,
  rmsprop: 0.001,
  sgd: 0.01,
  momentum: 0.01,
};

/** Share of living units that the steps kill, from which they are flagged: as for dead units, right in 8 of 10 runs. */
const KILLED_FROM = 0.25;

export const stepTooLarge: Rule = {
  name: "step-too-large",
  title: "training steps are too large",
  docs: {
    what: "One step of the optimiser moves the pre-activations of the hidden layers further than their own spread over the data.",
    why: "Then a single step can push units past all of their data: under ReLU they are 0 from there on and get no gradient. In measured runs the dead share goes from about 10 % to over 50 % where the step passes that size, and overflow begins.",
    whatToDo:
      "Lower the learning rate; the finding names one at which training went well. Scale raw inputs and raw targets first, as they make the steps of SGD large. Leaky ReLU is no remedy: in measured runs it traded dead units for overflow (26 % to 45 %).",
    limits:
      "An estimate at the start of training: schedules and warm-up are not followed. Silent where the rate is not in the file, and information only where it is an optimiser's default or where loss or optimiser are assumed. Clipping at norm 1 is not offered, as it repaired none of 39 measured failures.",
    references: [
      {
        title: "Schoenholz et al. 2017: Deep information propagation (the gradients)",
        url: "https://arxiv.org/abs/1611.01232",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 10,
        code: `from torch import nn, optim

model = nn.Sequential(
    nn.Linear(30, 64),
    nn.ReLU(),
    nn.Linear(64, 64),
    nn.ReLU(),
    nn.Linear(64, 2),
)
optimizer = optim.Adam(model.parameters(), lr=0.5)
criterion = nn.CrossEntropyLoss()
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from torch import nn, optim

model = nn.Sequential(
    nn.Linear(30, 64),
    nn.ReLU(),
    nn.Linear(64, 64),
    nn.ReLU(),
    nn.Linear(64, 2),
)
optimizer = optim.Adam(model.parameters(), lr=0.001)
criterion = nn.CrossEntropyLoss()
`,
      },
    ],
  },
  check(network, fixes) {
    const { risk, learningRate } = network;
    if (!risk || !learningRate.span) return [];
    const layers = risk.layers.filter((layer) => layer !== null);
    const size = logStepSize(layers);
    if (layers.length === 0 || size < 0 || killedShare(layers) < KILLED_FROM) return [];
    return [finding(network, layers, size, fixes)];
  },
};

/** Mean of log10 rho: as large as one step in all layers together. */
const logStepSize = (layers: readonly LayerRisk[]): number =>
  layers.reduce((sum, { stepSize }) => sum + Math.log10(Math.min(1e9, Math.max(1e-9, stepSize))), 0) /
  Math.max(1, layers.length);

/** q = 1 - (1 - p)(1 - k), so k = 1 - (1 - q)/(1 - p): of the units that live at first, those that the steps kill. */
const killedShare = (layers: readonly LayerRisk[]): number =>
  Math.max(
    ...layers.map(({ deadAtInit, deadAfterTraining }) =>
      deadAtInit < 0.99 ? 1 - (1 - deadAfterTraining) / (1 - deadAtInit) : 0,
    ),
  );

function finding(network: Network, layers: readonly LayerRisk[], size: number, source: FixSource): Finding {
  const { learningRate, optimiser, input } = network;
  const rate = healthyRate(network, size);
  const isRaw = input.value.scale === "raw" && input.assumption === undefined;
  const isSgd = isPlain(network);
  const scaling = isRaw && isSgd ? "Scale the input to about 1 first, or lower" : "Lower";
  return {
    rule: "step-too-large",
    severity:
      isAssumed(network) || learningRate.value === USUAL_RATE[optimiser.value] ? "information" : "warning",
    message: `One optimiser step moves the pre-activations ${times(10 ** size)} their own spread, which kills units and may overflow. ${scaling} the learning rate to about ${rate}; Leaky ReLU will not help here.`,
    span: learningRate.span ?? network.span,
    evidence: evidence(network, layers, size),
    causes: network.risk?.counterfactuals.filter(({ effect }) => effect < 0) ?? [],
    fixes: present(
      isRaw && isSgd ? source.fix(network, { kind: "scale-input" }) : undefined,
      source.fix(network, { kind: "learning-rate", rate }),
    ),
  };
}

const isPlain = ({ optimiser }: Network): boolean =>
  optimiser.value === "sgd" || optimiser.value === "momentum";

/** Steps of Adam don't depend on the loss; those of SGD grow with its gradient, and so with the targets. */
function isAssumed(network: Network): boolean {
  const { learningRate, optimiser, loss, targets } = network;
  const used = [
    learningRate,
    optimiser,
    ...(isPlain(network) ? [loss] : []),
    ...(isPlain(network) && loss.value === "squared-error" ? [targets] : []),
  ];
  // How large raw targets are is not known, nor the columns of a raw table.
  const isSizeAssumed = isPlain(network) && (isRawTarget(network) || isRawTable(network));
  return isSizeAssumed || used.some(({ assumption }) => assumption !== undefined);
}

const isRawTarget = ({ loss, targets }: Network): boolean =>
  loss.value === "squared-error" && targets.value === "raw";

const isRawTable = ({ input }: Network): boolean =>
  input.value.scale === "raw" && input.value.data === "table";

function evidence(network: Network, layers: readonly LayerRisk[], size: number): readonly Evidence[] {
  const source = "mean-field estimate, calibrated on measured training runs";
  return [
    {
      text: `step size over the spread, in the mean of the layers: ${(10 ** size).toPrecision(2)}`,
      ...(network.learningRate.span ? { span: network.learningRate.span } : {}),
      value: 10 ** size,
      source,
    },
    {
      text: "largest of a layer",
      value: Math.max(...layers.map(({ stepSize }) => stepSize)),
      source,
    },
    ...(network.risk?.assumptions ?? []).map((text) => ({ text })),
  ];
}

/** The rate at which the steps have the size that trained best: they are proportional. */
const healthyRate = ({ learningRate, optimiser }: Network, size: number): number =>
  Number((learningRate.value / 10 ** (size - HEALTHY_STEP[optimiser.value])).toPrecision(1));

const times = (ratio: number): string => `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(2)} times`;
