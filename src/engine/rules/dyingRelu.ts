import type { Evidence, Finding, FixSource, Layer, LayerRisk, Network, Risk, Rule } from "../model.ts";
import { percent, placeWords, rangeWords, sentence, shareWords, unitsWords } from "../words.ts";
import { isActivation, type Remedy, remediesOf, WORTH, withActivations } from "./remedies.ts";

export const dyingRelu: Rule = {
  name: "dying-relu",
  title: "units may die",
  docs: {
    what: "The estimated share of units that never fire, of a ReLU layer and of its network, is a quarter or more.",
    why: "A unit that is negative for every input gives 0 and gets no gradient, so it does not come back. That is not sparsity: zeros for some inputs are what ReLU is for, and do no harm. Causes at the start of training are biases below 0, and depth: each ReLU layer makes the inputs more alike, until each unit has one sign for all of them. PyTorch's default weights are the worst in use for deep plain networks (31 % in layer 5, 47 % in layer 8).",
    whatToDo:
      "The first fix is the one that does most for this network: biases at 0, He's weights, BatchNorm before the activation. Other activations keep such units learning and are offered behind it, for all layers at once (by themselves where the cause can't be edited, ELU first): of 39 measured failures ELU repaired 12, Leaky ReLU with a slope of 0.2 seven, with 0.01 four; He's weights with biases at 0 repaired 21, BatchNorm 24.",
    limits:
      "An estimate of shares, calibrated on small networks trained for 300 steps; ranges are given. Said once for each network, where units begin to die; the other layers are listed as evidence. Where single steps are the cause, step-too-large says so instead. Silent on pretrained networks, likely sites, and wherever a width or a layer could not be read.",
    references: [
      { title: "He et al. 2015: Delving deep into rectifiers", url: "https://arxiv.org/abs/1502.01852" },
      {
        title: "Lu, Shin, Su, Karniadakis 2020: Dying ReLU and initialization",
        url: "https://arxiv.org/abs/1903.06733",
      },
      {
        title: "Arnekvist et al. 2020: The effect of target normalization and momentum on dying ReLU",
        url: "https://arxiv.org/abs/2005.06195",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 4,
        code: `from keras import Sequential, initializers, layers

low = initializers.Constant(-4.0)
hidden = layers.Dense(64, activation="relu", bias_initializer=low)
model = Sequential([
    layers.Input(shape=(64,)),
    hidden,
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from keras import Sequential, layers

hidden = layers.Dense(64, activation="relu")
model = Sequential([
    layers.Input(shape=(64,)),
    hidden,
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
`,
      },
    ],
  },
  threshold: {
    meaning: "Estimated share of dead units, of a layer and of its network, from which they are reported.",
    default: 0.25,
    minimum: 0.05,
    maximum: 0.95,
    source:
      "On measured runs that the estimate never saw, flags from a quarter on were right in 82 % of the cases.",
  },
  check(network, fixes, threshold) {
    const { risk } = network;
    // Of steps whose size is not in the code nothing is known: then only what is dead from the start counts.
    const isStepKnown = network.learningRate.span !== undefined;
    const share = ({ deadAtInit, deadAfterTraining }: Pick<Risk, "deadAtInit" | "deadAfterTraining">) =>
      isStepKnown ? deadAfterTraining : deadAtInit;
    if (!risk || share(risk) < threshold) return [];
    const flagged = network.layers.flatMap((layer, index): readonly Flagged[] => {
      const own = risk.layers[index];
      if (!own || layer.site?.certainty !== "certain" || layer.site.activation !== "relu") return [];
      if (share(own) < threshold || isByStep(own)) return [];
      // Units that are all alike are a matter of the weights: zero-weights says so.
      if (layer.weights.value.scheme === "constant") return [];
      return [{ layer, own, index, share: Math.max(own.deadAtInit, own.deadAfterTraining) }];
    });
    return flagged.length > 0 ? [finding(network, risk, flagged, fixes)] : [];
  },
};

/** Most of its dead units are killed by steps: a matter of the learning rate. */
const isByStep = ({ deadAtInit, deadAfterTraining }: LayerRisk): boolean =>
  deadAfterTraining - deadAtInit > deadAtInit;

interface Flagged {
  readonly layer: Layer;
  readonly own: LayerRisk;
  readonly index: number;
  readonly share: number;
}

/** One for the network: its layers share their cause and its cure. It stands where units begin to die. */
function finding(network: Network, risk: Risk, flagged: readonly Flagged[], source: FixSource): Finding {
  const [first] = flagged as readonly [Flagged];
  const worst = flagged.reduce((a, b) => (b.share > a.share ? b : a));
  const remedies = remediesOf(network, risk, source);
  return {
    rule: "dying-relu",
    severity: "warning",
    message: `${whatOf(flagged, worst)}: ${whyOf(worst)}. ${advice(network, risk, remedies)}.`,
    span: first.layer.site?.span ?? first.layer.span,
    evidence: evidence(network, risk, flagged, worst),
    causes: risk.counterfactuals.filter(({ effect }) => effect < 0),
    fixes: withActivations(
      network,
      risk,
      remedies.flatMap(({ fix }) => fix ?? []),
      source,
    ),
  };
}

/** "About 30 % of layer 5's units may die", "Units of layers 3–8 may die, about half in layer 8". */
function whatOf(flagged: readonly Flagged[], { index, share }: Flagged): string {
  const words = shareWords(share);
  if (flagged.length === 1) return `${sentence(words)} of layer ${index + 1}'s units may die`;
  const layers = placeWords(flagged.map((one) => one.index + 1)).replace(/^(\d+), (\d+)$/, "$1 and $2");
  return `Units of layers ${layers} may die, ${words} of those of layer ${index + 1}`;
}

function whyOf({ layer: { bias }, own }: Flagged): string {
  const low = bias?.value.mean ?? 0;
  const atStart = `${shareWords(own.deadAtInit)} never fire from the start`;
  return low < 0
    ? `their biases start at ${low}, so ${atStart}`
    : `they see inputs that are ${percent(own.correlation)} alike, so ${atStart}`;
}

/** What the first fix does; where none can be made, what would do the most. */
function advice(
  { framework }: Network,
  { deadAfterTraining, counterfactuals }: Risk,
  remedies: readonly Remedy[],
): string {
  // Its perceptrons know identity, logistic, tanh and relu, and draw their weights themselves.
  if (framework === "sklearn")
    return "scikit-learn has no BatchNorm, other weights or Leaky ReLU for it: use fewer or wider hidden layers, or tanh, whose units don't die";
  const made = remedies.find(({ fix }) => fix);
  const best = made ?? remedies[0] ?? counterfactuals.find(({ factor }) => !isActivation(factor));
  const before = shareWords(deadAfterTraining);
  const after = best && shareWords(deadAfterTraining + best.effect);
  const change = best?.factor.replace(/^He\b/, "He's").replace("zero biases", "biases at 0") ?? "";
  const leak = "Leaky ReLU or ELU only keep such units learning";
  if (!best) return "Leaky ReLU or ELU keep such units learning";
  if (after === before || best.effect > WORTH)
    return `No single change is enough, begin with ${change}; ${leak}`;
  return `${sentence(change)} would bring the network from ${before} dead units to ${after}; ${leak}`;
}

/** Layers that are listed by themselves. */
const LISTED = 8;

function evidence(
  network: Network,
  risk: Risk,
  flagged: readonly Flagged[],
  worst: Flagged,
): readonly Evidence[] {
  const source = "mean-field estimate, calibrated on measured training runs";
  const low = flagged.flatMap(({ layer: { bias } }) =>
    bias?.span && (bias.value.mean ?? 0) < 0 ? [{ span: bias.span, value: bias.value.mean ?? 0 }] : [],
  )[0];
  const ofLayer = ({ layer, own, index }: Flagged): Evidence => ({
    text: `layer ${index + 1}: ${unitsWords(shareWords(own.deadAtInit))} never fire at initialisation, on 1,000 inputs`,
    span: layer.site && flagged.length > 1 ? layer.site.span : layer.span,
    value: own.deadAtInit,
    source,
  });
  const others = flagged.filter((one) => one !== worst);
  return [
    ofLayer(worst),
    ...(low ? [{ text: "biases below 0", ...low }] : []),
    {
      text: `one optimiser step moves the pre-activations by ${worst.own.stepSize.toPrecision(2)} of their own spread`,
      ...(network.learningRate.span ? { span: network.learningRate.span } : {}),
      value: worst.own.stepSize,
      source,
    },
    {
      text: `in comparable measured runs ${unitsWords(rangeWords(risk.range))} of the network were dead at the end`,
      value: risk.deadAfterTraining,
      source,
    },
    ...others.slice(0, LISTED - 1).map(ofLayer),
    ...(others.length >= LISTED ? [{ text: `${others.length - LISTED + 1} more layers` }] : []),
    ...risk.assumptions.map((text) => ({ text })),
  ];
}
