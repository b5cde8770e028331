import type { Evidence, Finding, Fix, FixSource, LayerRisk, Network, OptimiserKind, Rule } from "../model.ts";
import { assess } from "../risk/assess.ts";
import { RAW_TARGETS } from "../risk/constants.ts";
import { shareWords, unitsWords } from "../words.ts";
import { effectOf, WORTH } from "./remedies.ts";
import { isRawInput, present } from "./structure.ts";

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

/**
 * What the frameworks use unless told otherwise, written or not: so many networks of all sizes are trained with it that
 * by itself it is no fault. Only where SGD meets raw inputs or targets it is told of: then their scale is one.
 */
const USUAL_RATE: Readonly<Record<OptimiserKind, number>> = {
  adam: 0.001,
  rmsprop: 0.001,
  sgd: 0.01,
  momentum: 0.01,
};

/** Share of living units that the steps kill, from which they are flagged: as for dead units, right in 8 of 10 runs. */
const KILLED_FROM = 0.25;

/**
 * Steps down to a third of the threshold are told of too where so many units of the whole network are expected to die, most
 * of them by steps: with these, 177 of 198 measured runs that are told of failed or died.
 */
const DYING_FROM = 0.3;
const SMALLER = 1 / 3;

export const stepTooLarge: Rule = {
  name: "step-too-large",
  title: "training steps are too large",
  docs: {
    what: "One step of the optimiser moves the pre-activations of the hidden layers further than their own spread over the data.",
    why: "Then a single step can push units past all of their data: under ReLU they are 0 from there on and get no gradient. In measured runs the dead share goes from about 10 % to over 50 % where the step passes that size, and overflow begins.",
    whatToDo:
      "Lower the learning rate; the finding names one at which training went well, for Adam and RMSprop no less than their default. Scale raw inputs and raw targets first, as they make the steps of SGD large. With SGD a limit on the gradient's norm bounds the step too; it does not with Adam and RMSprop, whose steps don't depend on the gradient's size. Leaky ReLU is no remedy: in measured runs it traded dead units for overflow (26 % to 45 %).",
    limits:
      "An estimate at the start of training: schedules and warm-up are not followed. Only where the steps kill a quarter of a layer's units by the estimate, which behind BatchNorm they do not. Silent where the rate is not in the file or an optimiser's default, where targets are made in the file and only their unknown size makes the step large, and where weights start at a constant (zero-weights). Information only where loss or optimiser are assumed, or the size of a data set's targets and columns. Clipping stands behind the other fixes, as it repaired none of 39 measured failures.",
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
  threshold: {
    meaning:
      "Size of one optimiser step, over the spread of the pre-activations that it moves, in the mean of the hidden layers.",
    default: 1,
    minimum: 0.1,
    maximum: 1000,
    source:
      "In measured runs the share of dead units goes from about 10 % to over 50 % where the step passes 1; about 0.1 trains well.",
  },
  check(network, fixes, threshold) {
    const { learningRate, layers } = network;
    if (!learningRate.span || layers.some(({ weights }) => weights.value.scheme === "constant")) return [];
    if (isUsual(network) && !isBySize(network) && !isLoadedTarget(network)) return [];
    const isAbove = ({ size, killed, dying }: Steps) =>
      (size >= Math.log10(threshold) && killed >= KILLED_FROM) ||
      (size >= Math.log10(threshold * SMALLER) && dying);
    const steps = stepsOf(network);
    if (!steps || !isAbove(steps)) return [];
    // Of numbers that the file makes and computes with the size is not known: what holds for small ones too is sure.
    const sure = isRawTarget(network) && network.targets.span ? stepsOf(withSmallTargets(network)) : steps;
    return sure && isAbove(sure) ? [finding(network, sure, fixes)] : [];
  },
};

interface Steps {
  readonly layers: readonly LayerRisk[];
  /** Mean over the layers of log10 of the step size. */
  readonly size: number;
  /** Share of living units that the steps kill, of the layer that loses most. */
  readonly killed: number;
  /** Whether the network loses many units, and most of them by steps. */
  readonly dying: boolean;
}

function stepsOf({ risk }: Network): Steps | undefined {
  const layers = risk?.layers.filter((layer) => layer !== null) ?? [];
  if (!risk || layers.length === 0) return undefined;
  const { deadAtInit, deadAfterTraining } = risk;
  return {
    layers,
    size: logStepSize(layers),
    killed: killedShare(layers),
    dying: deadAfterTraining >= DYING_FROM && deadAfterTraining - deadAtInit > deadAtInit,
  };
}

function withSmallTargets(network: Network): Network {
  const scaled: Network = { ...network, targets: { value: "standardised" } };
  return { ...scaled, risk: assess(scaled) };
}

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

function finding(network: Network, { layers, size }: Steps, source: FixSource): Finding {
  const { learningRate } = network;
  const rate = healthyRate(network, size);
  const sizes = isLoadedTarget(network) ? ` if targets are about ${RAW_TARGETS} in size` : "";
  const large = present(isBySize(network) ? "the input" : undefined, sizes ? "the targets" : undefined);
  const harm =
    size >= 0 || !network.risk
      ? "which kills units and may overflow"
      : `and ${unitsWords(shareWords(network.risk.deadAfterTraining))} are expected to die`;
  const scaling = large.length > 0 ? `Scale ${large.join(" and ")} to about 1 first, or lower` : "Lower";
  return {
    rule: "step-too-large",
    severity: isAssumed(network) || isUsual(network) ? "information" : "warning",
    message: `One optimiser step moves the pre-activations ${times(10 ** size)} their own spread${sizes}, ${harm}. ${scaling} the learning rate to about ${rate}; Leaky ReLU would only trade dead units for overflow.`,
    span: learningRate.span ?? network.span,
    evidence: evidence(network, layers, size),
    causes: network.risk?.counterfactuals.filter(({ effect }) => effect < 0) ?? [],
    fixes: remedies(network, rate, source),
  };
}

/** By cause: the scale of the input where it makes the steps of SGD large, the rate, a limit where there is none. */
function remedies(network: Network, rate: number, source: FixSource): readonly Fix[] {
  const clipped = network.risk ? effectOf(network.risk, CLIPPED) : 0;
  // Adam's steps don't depend on the size of the gradient.
  const isLimit = isPlain(network) && network.clip.value === null && clipped <= WORTH;
  return present(
    isBySize(network) ? source.fix(network, { kind: "scale-input" }) : undefined,
    source.fix(network, { kind: "learning-rate", rate }),
    isLimit ? source.fix(network, { kind: "clip-gradients", norm: 1 }) : undefined,
  );
}

const CLIPPED = "gradients clipped at norm 1";

const isUsual = ({ learningRate, optimiser }: Network): boolean =>
  learningRate.value === USUAL_RATE[optimiser.value];

/** Inputs that are read to be raw, which the steps of SGD grow with. */
const isBySize = (network: Network): boolean => isPlain(network) && isRawInput(network);

/** Steps in proportion to the gradient. */
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
  // The sizes of raw targets and of the columns of a raw table are not known.
  const isSizeAssumed = isLoadedTarget(network) || (isPlain(network) && isRawTable(network));
  return isSizeAssumed || used.some(({ assumption }) => assumption !== undefined);
}

const isRawTarget = (network: Network): boolean =>
  isPlain(network) && network.loss.value === "squared-error" && network.targets.value === "raw";

/** Those of a data set, as they come. */
const isLoadedTarget = (network: Network): boolean =>
  isRawTarget(network) && network.targets.span === undefined;

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
    ...(isPlain(network)
      ? []
      : [
          {
            text: "a limit on the gradient would not bound it: these steps don't depend on the gradient's size",
          },
        ]),
    ...(network.risk?.assumptions ?? []).map((text) => ({ text })),
  ];
}

/**
 * The rate at which the steps have the size that trained best: they are proportional. Of adaptive optimisers no less than
 * the default, at which networks of any width are trained: the estimate takes wide layers for more sensitive than they are.
 */
function healthyRate(network: Network, size: number): number {
  const { learningRate, optimiser } = network;
  const rate = learningRate.value / 10 ** (size - HEALTHY_STEP[optimiser.value]);
  const usual = USUAL_RATE[optimiser.value];
  const least = !isPlain(network) && learningRate.value > usual ? usual : 0;
  return Number(Math.max(rate, least).toPrecision(1));
}

/** Beyond a thousand the figure is that of overflow. */
function times(ratio: number): string {
  if (ratio > 1000) return "over 1,000 times";
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(2)} times`;
}
