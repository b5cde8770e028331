import type { Finding, FixSource, Network, Rule } from "../model.ts";
import { type Decay, decayOf } from "../risk/decay.ts";
import { drawnOtherwise, present } from "./structure.ts";

/** Part of the gradient below which no measured run learnt in its 300 steps. */
const WARN_FROM = 1e-5;

export const vanishingSignal: Rule = {
  name: "vanishing-signal",
  title: "the signal vanishes",
  docs: {
    what: "On the way through the hidden layers the differences between inputs, and the gradient on its way back, shrink to a thousandth or less at the start of training.",
    why: "Weights that are too small shrink the signal by the same factor in each layer; sigmoid keeps at most a quarter of a gradient. The first layers then hardly learn. The units are not dead, so that Leaky ReLU changes nothing (0 of 10 measured failures were repaired).",
    whatToDo:
      "Draw weights with the spread that suits the activation: He's for ReLU, Glorot's for tanh. Put a normalisation between layer and activation, or skip connections around. In place of many sigmoid layers use ReLU or tanh.",
    limits:
      "Only where every size is known and weights are written or sigmoids are deep; PyTorch's default weights shrink the signal too, which dying-relu and its advice speak of. Normalised and residual layers count as keeping the signal.",
    references: [
      {
        title:
          "Glorot, Bengio 2010: Understanding the difficulty of training deep feedforward neural networks",
        url: "https://proceedings.mlr.press/v9/glorot10a.html",
      },
      {
        title: "Schoenholz et al. 2017: Deep information propagation",
        url: "https://arxiv.org/abs/1611.01232",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 7,
        code: `from keras import Sequential, layers
from keras.initializers import RandomNormal

small = RandomNormal(stddev=0.01)
model = Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(64, activation="relu", kernel_initializer=small),
    layers.Dense(64, activation="relu", kernel_initializer=small),
    layers.Dense(64, activation="relu", kernel_initializer=small),
    layers.Dense(64, activation="relu", kernel_initializer=small),
    layers.Dense(1, activation="sigmoid"),
])
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1, activation="sigmoid"),
])
`,
      },
    ],
  },
  threshold: {
    meaning: "Part of the gradient that is left at the first hidden layer, below which it is told of.",
    default: 1e-3,
    minimum: 1e-12,
    maximum: 0.1,
    source:
      "A sigmoid layer with Glorot's weights keeps a quarter: 1e-3 are five of them. Below 1e-5 no measured run learnt.",
  },
  check(network, fixes, threshold) {
    if (network.pretrained || network.gaps.length > 0) return [];
    const decay = decayOf(network);
    if (!decay || !(decay.factor < Math.max(threshold, LEAST_SHRUNK))) return [];
    const { weights } = decay.worst;
    const isSmall = weights.span !== undefined && weights.value.scheme !== "constant";
    if (decay.factor >= threshold && !(isSmall && failsBySpread(network))) return [];
    // A few sigmoids among other layers are gates: what they pass on is a factor, not the signal. Normalised ones take
    // nothing away, so they are no reason either.
    const sigmoids = decay.layers.filter(
      ({ site, normalisation }) => !normalisation && /^(?:hard)?sigmoid$/.test(site?.activation ?? ""),
    );
    if (!isSmall && sigmoids.length * 2 < decay.layers.length) return [];
    return [finding(network, decay, isSmall, fixes)];
  },
};

/** Less than this is lost by ordinary initialisers too. */
const LEAST_SHRUNK = 0.1;

/**
 * Whether training is expected to fail, and the spread of the weights to be why: 11 of 12 measured runs of this kind that no
 * other rule had named failed or lost a quarter of their units.
 */
function failsBySpread({ risk }: Network): boolean {
  const he = risk?.counterfactuals.find(({ factor }) => factor === "He initialiser")?.failure ?? 0;
  return (risk?.probabilityFailure ?? 0) >= 0.5 && he <= -0.3;
}

function finding(network: Network, decay: Decay, isSmall: boolean, source: FixSource): Finding {
  const { factor, layers: hidden, worst } = decay;
  const first = hidden[0] ?? worst;
  const kept = factor < 1e-9 ? "nothing" : `a factor of about ${factor.toPrecision(1)}`;
  const why = isSmall ? "the weights start too small" : "each sigmoid keeps at most a quarter of it";
  const advice = isSmall
    ? "Draw them with the spread that suits the activation (He for ReLU, Glorot for tanh), or normalise between layers"
    : "Use ReLU or tanh in the hidden layers, or normalise between them";
  return {
    rule: "vanishing-signal",
    severity: factor < WARN_FROM && isSmall ? "warning" : "information",
    message: `Of the gradient ${kept} is left at the first of ${hidden.length} hidden layers: ${why}. ${advice}; no unit is dead, so that Leaky ReLU changes nothing.`,
    span: first.site?.span ?? first.span,
    evidence: [
      {
        text: "left of the gradient between the last hidden layer and the first, at initialisation",
        value: factor,
        source: "mean-field estimate: Schoenholz et al. 2017, arXiv:1611.01232",
      },
      ...(worst.weights.span ? [{ text: "how the weights are drawn", span: worst.weights.span }] : []),
    ],
    causes: [],
    fixes: present(
      isSmall ? source.fix(network, { kind: "initialiser", layers: drawnOtherwise(hidden) }) : undefined,
      source.fix(network, { kind: "batch-norm", layers: hidden }),
    ),
  };
}
