import type { Evidence, Finding, Fix, FixSource, LayerRisk, Network, OptimiserKind, Rule } from "../model.ts";
import { RAW_TARGETS } from "../risk/constants.ts";
import { shareWords, unitsWords } from "../words.ts";
import { helpingFirst } from "./order.ts";
import { effectOf, isActivation, WORTH } from "./remedies.ts";
import {
  forgiven,
  hiddenOf,
  isAssumed,
  isByInput,
  isByWeights,
  isLoadedTarget,
  isPlain,
  isRawTarget,
  isUsual,
  type Steps,
  stepsOf,
  USUAL_RATE,
  withClipping,
  withHe,
  withSmallTargets,
} from "./steps.ts";
import { drawnOtherwise, present } from "./structure.ts";

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

/** Share of living units that the steps kill, from which they are flagged: as for dead units, right in 8 of 10 runs. */
const KILLED_FROM = 0.25;

/** Steps down to a third of the threshold are told of too where the network is expected to lose many units by them. */
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
    if (isUsual(network) && !isByInput(network) && !isLoadedTarget(network) && !isByWeights(network))
      return [];
    const isAbove = ({ size, killed, dying }: Steps) =>
      (size >= Math.log10(threshold) && killed >= KILLED_FROM) ||
      (size >= Math.log10(threshold * SMALLER) && dying);
    const steps = stepsOf(network);
    if (!steps || !isAbove(steps)) return [];
    // Of numbers that the file makes and computes with the size is not known: what holds for small ones too is sure.
    const sure = isRawTarget(network) && network.targets.span ? stepsOf(withSmallTargets(network)) : steps;
    const isHealed = (changed: Network): boolean => {
      const left = stepsOf(changed);
      return left !== undefined && !isAbove(left);
    };
    return sure && isAbove(sure) ? [finding(network, sure, isHealed, fixes)] : [];
  },
};

function finding(
  network: Network,
  { layers, size }: Steps,
  isHealed: (changed: Network) => boolean,
  source: FixSource,
): Finding {
  const { learningRate } = network;
  const rate = healthyRate(network, size);
  const sizes = isLoadedTarget(network) ? ` if targets are about ${RAW_TARGETS} in size` : "";
  const large = present(isByInput(network) ? "the input" : undefined, sizes ? "the targets" : undefined);
  const harm =
    size >= 0 || !network.risk
      ? "which kills units and may overflow"
      : `and ${unitsWords(shareWords(network.risk.deadAfterTraining))} are expected to die`;
  const fixes = remedies(network, rate, isHealed, source);
  const [first] = fixes;
  const isWeights = isByWeights(network) && (!first || first.kind === "initialiser");
  const lower = `ower the learning rate to about ${rate}`;
  const isWhole = isWeights && first !== undefined && !fixes.some(({ kind }) => kind === "learning-rate");
  const advice = isWhole
    ? "Draw the weights with He's spread"
    : isWeights
      ? `Draw the weights with He's spread, or l${lower}`
      : large.length > 0
        ? `Scale ${large.join(" and ")} to about 1 first, or l${lower}`
        : `L${lower}`;
  return {
    rule: "step-too-large",
    severity: isAssumed(network) || isUsual(network) ? "information" : "warning",
    message: `One optimiser step moves the pre-activations ${times(10 ** size)} their own spread${sizes}, ${harm}. ${advice}; Leaky ReLU would only trade dead units for overflow.`,
    span: learningRate.span ?? network.span,
    evidence: evidence(network, layers, size),
    // Another activation takes away the name of dead units, not the step that makes them.
    causes:
      network.risk?.counterfactuals.filter(({ factor, effect }) => effect < 0 && !isActivation(factor)) ?? [],
    fixes,
  };
}

/** By cause: the scale of the input where it makes the steps of SGD large, the rate, a limit where there is none. */
function remedies(
  network: Network,
  rate: number,
  isHealed: (changed: Network) => boolean,
  source: FixSource,
): readonly Fix[] {
  const clipped = network.risk ? effectOf(network.risk, CLIPPED) : 0;
  // Adam's steps don't depend on the size of the gradient; at a rate of 5 a gradient of norm 1 still goes too far.
  const isLimit =
    isPlain(network) && network.clip.value === null && clipped <= WORTH && isHealed(withClipping(network));
  const redrawn = isByWeights(network)
    ? source.fix(network, { kind: "initialiser", layers: drawnOtherwise(hiddenOf(network)) })
    : undefined;
  // Where weights of 0.0001 are the whole cause, the rate that suits them would be one at which nothing is learnt.
  const isWhole = redrawn !== undefined && isHealed(withHe(network));
  const byCause = present(
    redrawn,
    isByInput(network) ? source.fix(network, { kind: "scale-input" }) : undefined,
    isWhole ? undefined : source.fix(network, { kind: "learning-rate", rate }),
    isLimit ? source.fix(network, { kind: "clip-gradients", norm: 1 }) : undefined,
  );
  return helpingFirst(byCause);
}

const CLIPPED = "gradients clipped at norm 1";

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
  const rate = learningRate.value / 10 ** (size - HEALTHY_STEP[optimiser.value] - forgiven(network));
  const usual = USUAL_RATE[optimiser.value];
  const least = !isPlain(network) && learningRate.value > usual ? usual : 0;
  return Number(Math.max(rate, least).toPrecision(1));
}

/** Beyond a thousand the figure is that of overflow. */
function times(ratio: number): string {
  if (ratio > 1000) return "over 1,000 times";
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toPrecision(2)} times`;
}
