import type { Layer, Network, Rule } from "../model.ts";
import { outputsOf } from "../network/graph.ts";
import { isAlone, isTrainedHere, once, present } from "./structure.ts";

export const softmaxOnOneUnit: Rule = {
  name: "softmax-on-one-unit",
  title: "softmax of one unit is always 1",
  docs: {
    what: "A layer with a single unit has softmax as its activation.",
    why: "Softmax divides by the sum over the units. Of one unit that is the unit itself: the output is 1 whatever the weights are, its gradient is 0, and nothing is learnt.",
    whatToDo:
      "For two classes and one unit use sigmoid with binary cross-entropy; or give the layer one unit for each class.",
    limits:
      "In PyTorch only outputs are looked at: over another axis, as over the steps of a sequence, softmax of one unit is attention and fine.",
    references: [
      {
        title: "Keras: softmax works along the last axis",
        url: "https://keras.io/api/layers/activations/#softmax-function",
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
    layers.Input(shape=(30,)),
    layers.Dense(16, activation="tanh"),
    layers.Dense(1, activation="softmax"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(16, activation="tanh"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
`,
      },
      {
        language: "python",
        code: `import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Linear(32, 1)
        self.head = nn.Linear(32, 4)

    def forward(self, steps):
        weights = torch.softmax(self.score(steps), dim=1)
        return self.head((weights * steps).sum(1))
`,
      },
    ],
  },
  check(network, fixes) {
    return once(
      network.layers.flatMap((layer) => {
        const { site, units, kind } = layer;
        if (site?.activation !== "softmax" || site.certainty !== "certain") return [];
        if (units !== 1 || kind !== "dense" || !isAlongUnits(network, layer)) return [];
        return [
          {
            rule: "softmax-on-one-unit",
            severity: "warning",
            message:
              "Softmax of one unit is always 1, so this layer learns nothing. Use sigmoid, or one unit for each class.",
            span: site.span,
            evidence: [{ text: "the layer has 1 unit", span: layer.span, value: 1 }],
            causes: [],
            fixes: isAlone(network, site) ? present(fixes.fix(network, { kind: "sigmoid", site })) : [],
          },
        ];
      }),
    );
  },
};

/** A layer's own activation works along its units; a function may be told another axis. */
function isAlongUnits(network: Network, layer: Layer): boolean {
  const { site } = layer;
  if (site?.kind === "string_arg" || site?.kind === "config_value") return true;
  const ends = outputsOf(network);
  const isOnly = ends.length === 1 && ends[0] === layer && layer.isOutput === true;
  return isTrainedHere(network) && isOnly && network.layers.length > 1;
}
