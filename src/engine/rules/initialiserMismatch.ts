import type { Finding, Fix, FixSource, Layer, Network, Rule } from "../model.ts";
import { drawnTogether, present } from "./structure.ts";

/**
 * Factor that one layer's variance is off, from which it is told of: a slope of 0.5 or more in the initialiser of a
 * ReLU. 0.2 makes 4 % a layer, which only matters in networks of 20 layers (2.2 times).
 */
const ONE_LAYER = 1.25;
/** The same over all layers that are off. */
const ALL_LAYERS = 4;

/** Mean square of what a standard normal becomes: the part of the variance that the next layer sees. */
const KEPT: Readonly<Record<string, (slope: number) => number>> = {
  relu: () => 0.5,
  leaky_relu: (slope) => (1 + slope ** 2) / 2,
};

export const initialiserMismatch: Rule = {
  name: "initialiser-mismatch",
  title: "initialiser set for another activation",
  docs: {
    what: "The initialiser of a layer is told another activation or slope than the layer has, so that the signal grows or shrinks.",
    why: "He's initialiser keeps the signal's size by a factor that depends on the activation: gain² is 2 for ReLU and 2/(1 + a²) for a slope a. Told a slope of √5, as PyTorch's own layers are, the gain is a sixth of that, and each ReLU layer shrinks the signal's variance to a sixth.",
    whatToDo:
      'Tell the initialiser what follows: `nonlinearity="relu"` for ReLU, `a` equal to the slope with `nonlinearity="leaky_relu"` for Leaky ReLU.',
    limits:
      "Information. Slopes that differ by little are not told of unless many layers add up. Silent where a normalisation or a skip connection keeps the scale, and for initialisers that are given no activation (Glorot's, a fixed spread).",
    references: [
      { title: "He et al. 2015: Delving deep into rectifiers", url: "https://arxiv.org/abs/1502.01852" },
      {
        title: "PyTorch: torch.nn.init.kaiming_uniform_",
        url: "https://pytorch.org/docs/stable/nn.init.html",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 5,
        code: `import math
from torch import nn

hidden = nn.Linear(64, 64)
nn.init.kaiming_uniform_(hidden.weight, a=math.sqrt(5), nonlinearity="leaky_relu")
model = nn.Sequential(hidden, nn.ReLU(), nn.Linear(64, 4))
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from torch import nn

hidden = nn.Linear(64, 64)
nn.init.kaiming_uniform_(hidden.weight, nonlinearity="relu")
model = nn.Sequential(hidden, nn.ReLU(), nn.Linear(64, 4))
`,
      },
    ],
  },
  check(network, fixes) {
    if (network.pretrained) return [];
    const off = network.layers.flatMap((layer) => {
      const factor = factorOf(layer);
      return factor === undefined ? [] : [{ layer, factor }];
    });
    const total = off.reduce((product, { factor }) => product * factor, 1);
    const matters = Math.max(total, 1 / total) >= ALL_LAYERS;
    const told = off.filter(({ factor }) => matters || Math.max(factor, 1 / factor) >= ONE_LAYER);
    const bySpan = new Map(told.map((one) => [`${one.layer.weights.span?.from}`, one]));
    return [...bySpan.values()].map(({ layer, factor }) => finding(network, layer, factor, fixes));
  },
};

/** What one layer makes of the signal's variance where the initialiser was told an activation; undefined: 1, or not told. */
function factorOf({ weights, site, normalisation, residual }: Layer): number | undefined {
  if (!weights.span || !site || site.certainty !== "certain" || normalisation || residual) return undefined;
  const kept = Object.hasOwn(KEPT, site.activation) ? KEPT[site.activation] : undefined;
  const gain = toldGain(weights.value.scheme, weights.value.gain);
  if (!kept || gain === undefined) return undefined;
  const factor = gain ** 2 * kept(site.parameters.negative_slope ?? 0);
  return Math.abs(factor - 1) < 0.01 ? undefined : factor;
}

/** Only He's schemes are told an activation; PyTorch's default written out is one with a slope of √5. */
function toldGain(scheme: string, gain: number | undefined): number | undefined {
  if (scheme === "torch_default") return Math.sqrt(1 / 3);
  return scheme === "he_normal" || scheme === "he_uniform" ? (gain ?? Math.SQRT2) : undefined;
}

function finding(network: Network, layer: Layer, factor: number, source: FixSource): Finding {
  const slope = layer.site?.parameters.negative_slope ?? 0;
  const name = slope === 0 ? "ReLU" : `Leaky ReLU of slope ${slope}`;
  const change = factor < 1 ? `shrinks to ${times(factor)}` : `grows to ${times(factor)}`;
  return {
    rule: "initialiser-mismatch",
    severity: "information",
    message: `The initialiser is told another slope than the ${name} that follows: the signal's variance ${change} in this layer. Tell it what follows.`,
    span: layer.weights.span ?? layer.span,
    evidence: [
      {
        text: "variance of the layer's output over that of its input, at initialisation",
        span: layer.weights.span ?? layer.span,
        value: factor,
        source: "He et al. 2015, arXiv:1502.01852",
      },
      ...(layer.site ? [{ text: "the activation that follows", span: layer.site.span }] : []),
    ],
    causes: [],
    fixes: present(toldRight(network, layer, source)),
  };
}

/** Where nothing but the call that draws the weights is edited, it does what the call was written for: that is safe. */
function toldRight(network: Network, layer: Layer, source: FixSource): Fix | undefined {
  const fix = source.fix(network, { kind: "initialiser", layers: drawnTogether(network, layer) });
  const { span } = layer.weights;
  const isWithin = fix?.edits.every((edit) => span && edit.span.from >= span.from && edit.span.to <= span.to);
  return fix && isWithin ? { ...fix, applicability: "safe" } : fix;
}

const times = (factor: number): string => `${Number(factor.toPrecision(2))} of what it was`;
