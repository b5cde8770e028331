import type {
  Counterfactual,
  Evidence,
  Finding,
  Fix,
  FixSource,
  Layer,
  LayerRisk,
  Network,
  Risk,
  Rule,
} from "../model.ts";
import { percent, rangeWords, shareWords, unitsWords } from "../words.ts";

/**
 * Share of dead units from which a layer is flagged: on the measured runs that the estimate never saw, flags from
 * here on were right in 82 % of the cases (static information only).
 */
export const FLAG_FROM = 0.25;

/** Smallest change of the dead share that is worth an edit: the estimate's own error is about as large. */
const WORTH = -0.1;

export const dyingRelu: Rule = {
  name: "dying-relu",
  title: "units may die",
  docs: {
    what: "The estimated share of units that never fire, of a ReLU layer and of its network, is a quarter or more.",
    why: "A unit that is negative for every input gives 0 and gets no gradient, so it does not come back. Causes at the start of training are biases below 0, and depth: each ReLU layer makes the inputs more alike, until each unit has one sign for all of them. PyTorch's default weights are the worst in use for deep plain networks (31 % in layer 5, 47 % in layer 8).",
    whatToDo:
      "The first fix is the one that does most for this network: biases at 0, He's weights, BatchNorm before the activation. Leaky ReLU keeps such units learning and is offered too, but repaired one measured failure in seven.",
    limits:
      "An estimate of shares, calibrated on small networks trained for 300 steps; ranges are given. Where single steps are the cause, step-too-large says so instead. Silent on pretrained networks, likely sites, and wherever a width or a layer could not be read.",
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
  check(network, fixes) {
    const { risk } = network;
    // Of steps whose size is not in the code nothing is known: then only what is dead from the start counts.
    const isStepKnown = network.learningRate.span !== undefined;
    const share = ({ deadAtInit, deadAfterTraining }: Pick<Risk, "deadAtInit" | "deadAfterTraining">) =>
      isStepKnown ? deadAfterTraining : deadAtInit;
    if (!risk || share(risk) < FLAG_FROM) return [];
    const flagged = network.layers.flatMap((layer, index) => {
      const own = risk.layers[index];
      if (!own || layer.site?.certainty !== "certain" || layer.site.activation !== "relu") return [];
      if (share(own) < FLAG_FROM || isByStep(own)) return [];
      // Units that are all alike are a matter of the weights: zero-weights says so.
      if (layer.weights.value.scheme === "constant") return [];
      return [{ layer, own, index }];
    });
    const layers = flagged.map(({ layer }) => layer);
    return flagged.map((one) => finding(network, risk, one, remedies(network, risk, layers, fixes)));
  },
};

/** Most of its dead units are killed by steps: a matter of the learning rate. */
const isByStep = ({ deadAtInit, deadAfterTraining }: LayerRisk): boolean =>
  deadAfterTraining - deadAtInit > deadAtInit;

/** An edit, and the change that the estimate was asked about. */
interface Remedy extends Counterfactual {
  readonly fix: Fix;
}

/** By their worth for the network, as the counterfactuals say; a leak is behind them (see docs.whatToDo). */
function remedies(
  network: Network,
  { counterfactuals }: Risk,
  layers: readonly Layer[],
  source: FixSource,
): readonly Remedy[] {
  const effects = new Map(counterfactuals.map(({ factor, effect }) => [factor, effect]));
  const worth = (factor: string): number => effects.get(factor) ?? 0;
  const hasBias = layers.some(({ bias }) => (bias?.value.mean ?? 0) < 0);
  const hidden = network.layers.filter((_, index) => network.risk?.layers[index]);
  const candidates: readonly (Counterfactual & { readonly make: () => Fix | undefined })[] = [
    {
      factor: "zero biases",
      effect: hasBias ? worth("zero biases") : 0,
      make: () => source.fix(network, { kind: "zero-bias", layers }),
    },
    {
      factor: "He initialiser",
      effect: worth("He initialiser"),
      make: () => source.fix(network, { kind: "initialiser", layers: hidden }),
    },
    {
      factor: "BatchNorm before the activation",
      effect: worth("BatchNorm before the activation"),
      make: () => source.fix(network, { kind: "batch-norm", layers: hidden }),
    },
  ];
  const best = Math.min(...candidates.map(({ effect }) => effect));
  // What is nearly as good and changes less of the program comes first: biases, then weights, then a new layer.
  return candidates.flatMap(({ factor, effect, make }) => {
    const fix = effect <= Math.min(WORTH, best / 2) ? make() : undefined;
    return fix ? [{ factor, effect, fix }] : [];
  });
}

interface Flagged {
  readonly layer: Layer;
  readonly own: LayerRisk;
  readonly index: number;
}

function finding(
  network: Network,
  risk: Risk,
  { layer, own, index }: Flagged,
  better: readonly Remedy[],
): Finding {
  const { site, bias } = layer;
  const isLow = (bias?.value.mean ?? 0) < 0;
  const why = isLow
    ? `their biases start at ${bias?.value.mean}, so ${shareWords(own.deadAtInit)} never fire from the start`
    : `they see inputs that are ${percent(own.correlation)} alike, so ${shareWords(own.deadAtInit)} never fire from the start`;
  const leaks = site?.fixes ?? [];
  return {
    rule: "dying-relu",
    severity: "warning",
    message: `${sentence(shareWords(Math.max(own.deadAtInit, own.deadAfterTraining)))} of layer ${index + 1}'s units may die: ${why}. ${advice(risk, better)}.`,
    span: site?.span ?? layer.span,
    evidence: evidence(network, risk, layer, own, index),
    causes: risk.counterfactuals.filter(({ effect }) => effect < 0) satisfies readonly Counterfactual[],
    // A leak by itself repaired too few to be the recommendation: it is there beside something better.
    fixes: better.length > 0 ? [...better.map(({ fix }) => fix), ...leaks] : [],
  };
}

/** What the first fix does; where none can be made, what would do the most. */
function advice({ deadAfterTraining, counterfactuals }: Risk, [first]: readonly Remedy[]): string {
  const best = first ?? counterfactuals[0];
  const before = shareWords(deadAfterTraining);
  const after = best && shareWords(deadAfterTraining + best.effect);
  const leak = "Leaky ReLU keeps such units learning";
  return best && after !== before
    ? `${sentence(best.factor.replace(/^He\b/, "He's"))} would ${first ? "bring" : "do most, and bring"} the network from ${before} dead units to ${after}; ${leak.toLowerCase().replace("leaky relu", "Leaky ReLU")}`
    : leak;
}

function evidence(network: Network, risk: Risk, layer: Layer, own: LayerRisk, index: number): Evidence[] {
  const source = "mean-field estimate, calibrated on measured training runs";
  const low = layer.bias?.span && (layer.bias.value.mean ?? 0) < 0 ? layer.bias : undefined;
  return [
    {
      text: `layer ${index + 1}: ${unitsWords(shareWords(own.deadAtInit))} never fire at initialisation, on 1,000 inputs`,
      span: layer.span,
      value: own.deadAtInit,
      source,
    },
    ...(low?.span ? [{ text: "biases below 0", span: low.span, value: low.value.mean ?? 0 }] : []),
    {
      text: `one optimiser step moves the pre-activations by ${own.stepSize.toPrecision(2)} of their own spread`,
      ...(network.learningRate.span ? { span: network.learningRate.span } : {}),
      value: own.stepSize,
      source,
    },
    {
      text: `in comparable measured runs ${unitsWords(rangeWords(risk.range))} of the network were dead at the end`,
      value: risk.deadAfterTraining,
      source,
    },
    ...risk.assumptions.map((text) => ({ text })),
  ];
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
