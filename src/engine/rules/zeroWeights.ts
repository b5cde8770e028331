import type { Finding, FixSource, Initialiser, Layer, Network, Rule } from "../model.ts";
import { outputsOf, readersOf } from "../network/graph.ts";
import { dies, drawnTogether, hasUnreadWeights, once, present } from "./structure.ts";

export const zeroWeights: Rule = {
  name: "zero-weights",
  title: "weights start at zero",
  docs: {
    what: "The weights of a hidden layer start at a constant: at 0 in front of a ReLU, at any constant in two layers one behind the other, or at 0 in four in a row.",
    why: "ReLU of 0 is 0 with gradient 0, so such a layer never changes. Where this layer and the next are constant, all units compute the same and get the same gradient: the layer is worth one unit for ever.",
    whatToDo:
      "Draw the weights at random, with He's spread for ReLU. Leaky ReLU does not help: it breaks no symmetry (1 of 25 measured failures was repaired).",
    limits:
      "Zero weights on an output layer or at the end of a residual branch are good practice and never reported, nor is a constant layer whose readers are drawn at random and whose activation passes a gradient at 0.",
    references: [
      {
        title:
          "Glorot, Bengio 2010: Understanding the difficulty of training deep feedforward neural networks",
        url: "https://proceedings.mlr.press/v9/glorot10a.html",
      },
      { title: "He et al. 2015: Delving deep into rectifiers", url: "https://arxiv.org/abs/1502.01852" },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 4,
        code: `from torch import nn

hidden = nn.Linear(16, 32)
nn.init.zeros_(hidden.weight)
nn.init.zeros_(hidden.bias)
model = nn.Sequential(hidden, nn.ReLU(), nn.Linear(32, 4))
`,
      },
      {
        language: "python",
        line: 5,
        code: `from keras import Sequential, layers

model = Sequential([
    layers.Input(shape=(20,)),
    layers.Dense(32, activation="relu", kernel_initializer="zeros"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
`,
      },
      {
        language: "python",
        line: 6,
        code: `from torch import nn

layers = [nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU()]
model = nn.Sequential(*layers, nn.Linear(32, 5))
for m in (m for m in model if isinstance(m, nn.Linear)):
    nn.init.zeros_(m.weight)
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from torch import nn

output = nn.Linear(32, 4)
nn.init.zeros_(output.weight)
model = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), output)
`,
      },
    ],
  },
  check(network, fixes) {
    if (network.pretrained || hasUnreadWeights(network)) return [];
    return once(
      network.layers.flatMap((layer) => {
        const why = whyStuck(network, layer);
        return why === undefined ? [] : [finding(network, layer, why, fixes)];
      }),
    );
  },
};

function whyStuck(network: Network, layer: Layer): string | undefined {
  const { weights, bias, site, normalisation, residual } = layer;
  if (!weights.span || !site || site.certainty !== "certain" || residual) return undefined;
  const weight = constantOf(weights.value);
  if (weight === undefined) return undefined;
  // A batch norm takes away whatever bias there is.
  const isCentred = weight === 0 && normalisation?.kind === "batch" && normalisation.place === "before";
  const start = bias === null || isCentred ? 0 : constantOf(bias.value);
  if (weight === 0 && dies(site) && normalisation?.place !== "after" && start !== undefined && start <= 0)
    return `ReLU of ${start === 0 ? "0" : "a negative number"} is 0 with gradient 0, so this layer never learns`;
  if (outputsOf(network).includes(layer) || layer.units === 1) return undefined;
  const readers = readersOf(network, layer);
  const isStuck = readers.every((reader) => constantOf(reader.weights.value) !== undefined);
  if (isStuck && start !== undefined)
    return "this layer and the next are constant, so that all its units stay alike";
  return weight === 0 && hasZerosBehind(network, layer, BLOCKING)
    ? "so do those of the layers behind it, so that nothing of the input goes forward and no gradient back"
    : undefined;
}

/**
 * So many zero layers behind a zero layer whose biases are drawn: they have to move one after the other. Of the measured
 * runs with three and more zero hidden layers and a zero output 9 of 9 learnt nothing in 300 steps, with one or two 1 of 8.
 */
const BLOCKING = 3;

/** Whether so many zero layers follow one behind the other. */
const hasZerosBehind = (network: Network, layer: Layer, count: number): boolean =>
  count === 0 ||
  readersOf(network, layer).some(
    (reader) => constantOf(reader.weights.value) === 0 && hasZerosBehind(network, reader, count - 1),
  );

/** The number that all weights start at; undefined where they are drawn. */
function constantOf({ scheme, mean, std }: Initialiser): number | undefined {
  if (scheme === "constant") return mean ?? 0;
  return (scheme === "normal" || scheme === "uniform") && std === 0 ? (mean ?? 0) : undefined;
}

function finding(network: Network, layer: Layer, why: string, source: FixSource): Finding {
  const value = constantOf(layer.weights.value) ?? 0;
  const leak = "Leaky ReLU would not help, as it makes no unit unlike another";
  return {
    rule: "zero-weights",
    severity: "warning",
    message: `All weights of this layer start at ${value}: ${why}. Draw them at random; ${leak}.`,
    span: layer.weights.span ?? layer.span,
    evidence: [
      { text: `weights start at ${value}`, span: layer.weights.span ?? layer.span, value },
      ...(layer.site ? [{ text: "the layer's activation", span: layer.site.span }] : []),
    ],
    causes: [],
    fixes: present(source.fix(network, { kind: "initialiser", layers: drawnTogether(network, layer) })),
  };
}
