import type { Evidence, Finding, FixSource, Layer, Network, Rule, Severity, Site } from "../model.ts";
import { outputsOf } from "../network/graph.ts";
import { sameSpan } from "../spans.ts";
import { dies, isAlone, isConfigured, isTrainedHere, once, present } from "./structure.ts";

/** The clamp of a value is written as such on purpose: no word of this rule. */
const CLAMPS = /clamp|clip|maximum|threshold/i;

export const reluOnOutput: Rule = {
  name: "relu-on-output",
  title: "cuts off the network's output",
  docs: {
    what: "The last layer of a network that is trained in this file has a ReLU. Also found where it is not written but the default of the layer, as in `tf.contrib.layers.fully_connected`.",
    why: "An output that is negative for all inputs is 0 with gradient 0 and never comes back; with one output unit that is the whole network, and about half of all starts of a small one. Before cross-entropy the ReLU also makes all scores below 0 equal.",
    whatToDo:
      "Leave the last layer linear where the loss takes scores (logits) or real numbers. Use softmax or sigmoid where it takes probabilities, and softplus where the output has to stay positive. Leaky ReLU is no remedy: it bends the output.",
    limits:
      "Silent on pretrained networks, on networks that are not trained in the file, on value clamps written as `clamp` or `maximum`, and where something that could not be read may follow. Outputs that rebuild the input, as an autoencoder's, are information only: such data often has no negative values.",
    references: [
      {
        title: "PyTorch: CrossEntropyLoss takes unnormalized logits",
        url: "https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html",
      },
      {
        title: "Shin, Karniadakis 2019: Trainability of ReLU networks and data-dependent initialization",
        url: "https://arxiv.org/abs/1907.09696",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 6,
        code: `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(12,)),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1, activation="relu"),
])
model.compile(optimizer="adam", loss="mse")
`,
      },
      {
        language: "python",
        line: 12,
        code: `import torch
from torch import nn, optim


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 64)
        self.scores = nn.Linear(64, 5)

    def forward(self, x):
        return torch.relu(self.scores(torch.tanh(self.hidden(x))))


model = Classifier()
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=1e-3)
`,
      },
      {
        language: "darknet",
        line: 10,
        code: `[net]
inputs=24
learning_rate=0.01

[connected]
output=64
activation=leaky
[connected]
output=5
activation=relu

[softmax]
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(12,)),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
`,
      },
      {
        language: "python",
        code: `from torch import nn


class Block(nn.Module):
    """A part of networks that are made elsewhere."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.conv(x))
`,
      },
    ],
  },
  check(network, fixes) {
    if (network.loss.assumption !== undefined || network.pretrained) return [];
    // A configuration that says the loss is for training, whatever file has the optimiser.
    if (!isTrainedHere(network) && !(isConfigured(network) && network.loss.span)) return [];
    // A member of some class of PyTorch is only a part of what that class computes.
    if (network.framework === "pytorch" && network.name.includes(".")) return [];
    const ends = outputsOf(network);
    return once(
      ends.flatMap((layer) => {
        const { site, isOpen, isOutput } = layer;
        if (!dies(site) || isOpen || !isOutput || site.certainty !== "certain" || CLAMPS.test(site.symbol))
          return [];
        // Behind a normalisation every unit fires for some input, and of several ends this one may not be trained.
        if (layer.normalisation || layer.residual || (ends.length > 1 && layer !== network.layers.at(-1)))
          return [];
        return [finding(network, layer, site, fixes)];
      }),
    );
  },
};

function finding(network: Network, layer: Layer, site: Site, source: FixSource): Finding {
  const isScore = network.loss.value === "cross-entropy";
  const rebuilt = layer.units !== null && layer.units > 1 && layer.units === network.layers[0]?.fanIn;
  const severity: Severity = !isScore && rebuilt ? "information" : "warning";
  const hidden = site.isDefault ? "This layer's default is a ReLU, and it is the output: " : "";
  const what = isScore
    ? "scores below 0 are cut off before the loss, with gradient 0"
    : layer.units === 1
      ? "an output that starts below 0 for all inputs stays 0 for ever, as its gradient is 0"
      : "outputs below 0 are cut off, and one that is below for all inputs never learns again";
  const cure = cureOf(network, layer, source);
  const isOwn = isAlone(network, site);
  return {
    rule: "relu-on-output",
    severity,
    message: `${hidden || "ReLU on the output: "}${what}. ${cure.advice}${isOwn ? "" : `; ${SHARED}`}.`,
    span: site.span,
    evidence: [
      { text: "no layer follows this one", span: layer.span },
      {
        text: isScore ? "the loss is a cross-entropy" : "the loss compares with numbers that may be negative",
        ...(network.loss.span ? { span: network.loss.span } : {}),
      },
      ...(layer.units === null ? [] : [{ text: `units of the output: ${layer.units}`, value: layer.units }]),
      { text: "Leaky ReLU is no remedy: it would bend the output instead of cutting it off" },
      ...(isOwn ? [] : network.layers.flatMap((other) => sharing(other, layer, site))),
    ],
    causes: [],
    fixes: isOwn ? present(...cure.kinds.map((kind) => source.fix(network, { kind, site }))) : [],
  };
}

/** A change where the ReLU stands would take it away from hidden layers. */
const SHARED =
  "hidden layers are made by the same line, so let its caller choose the activation and choose none for the output";

/** The calls of the other layers that have the same ReLU. */
const sharing = (other: Layer, layer: Layer, site: Site): readonly Evidence[] =>
  other.site && sameSpan(other.site.span, site.span) && !sameSpan(other.span, layer.span)
    ? [{ text: "a hidden layer with the same ReLU", span: other.span }]
    : [];

interface Cure {
  readonly advice: string;
  readonly kinds: readonly ("remove-activation" | "softmax" | "sigmoid" | "softplus")[];
}

function cureOf(network: Network, { units }: Layer, source: FixSource): Cure {
  if (network.loss.value !== "cross-entropy")
    return {
      advice: "Leave the output linear, or use softplus where it must stay positive",
      kinds: ["remove-activation", "softplus"],
    };
  // Caffe's and Darknet's softmax stands behind the layer, whatever its activation.
  const isBehind = network.framework === "caffe" || network.framework === "darknet";
  const takes = isBehind ? "logits" : source.lossTakes(network);
  if (takes === "logits")
    return { advice: "Leave it linear: this loss takes scores of any sign", kinds: ["remove-activation"] };
  const kind = takes === "independent-probabilities" || units === 1 ? "sigmoid" : "softmax";
  // A cross-entropy of a name that is not known may take either.
  return takes === undefined
    ? {
        advice: `Leave it linear where the loss takes scores, use ${kind} where it takes probabilities`,
        kinds: [],
      }
    : { advice: `Use ${kind}, as this loss takes probabilities`, kinds: [kind] };
}
