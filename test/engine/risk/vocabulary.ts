import type { Initialiser } from "../../../src/engine/model.ts";
import type { InputStatistics } from "../../../src/engine/risk/constants.ts";
import type { HiddenLayer, RiskModel } from "../../../src/engine/risk/riskModel.ts";

/** A network in the words of the reference estimator and of the measured runs. */
export interface Setting {
  readonly widths: readonly number[];
  readonly din: number;
  readonly nout: number;
  readonly init: string;
  /** A constant; "default" = PyTorch's; "n0.1" = N(0, 0.1^2). */
  readonly bias: number | string;
  readonly norm: string;
  readonly residual: boolean;
  readonly act: string;
  readonly input: readonly string[];
  readonly opt: string;
  readonly lr: number;
  readonly clip: number;
  readonly loss: string;
  readonly target_scale: number;
  readonly kernel?: number;
  readonly n_train?: number;
  readonly statistics?: InputStatistics;
}

const OPTIMISERS = { sgd: "sgd", sgdm: "momentum", adam: "adam", rmsprop: "rmsprop" } as const;
const SCALES = { std: "standardised", unit: "unit", raw: "raw" } as const;
const NORMS = {
  none: null,
  bn_pre: { kind: "batch", place: "before" },
  bn_post: { kind: "batch", place: "after" },
  ln_pre: { kind: "layer", place: "before" },
  ln_post: { kind: "layer", place: "after" },
} as const;

export function modelOf(setting: Setting): RiskModel {
  const kernelArea = (setting.kernel ?? 1) ** 2;
  const gain = setting.act === "leaky0.2g" ? Math.sqrt(2 / 1.04) : Math.SQRT2;
  const hidden = setting.widths.map((units, index): HiddenLayer => {
    const fanIn = (index > 0 ? setting.widths[index - 1]! : setting.din) * kernelArea;
    return {
      kind: setting.kernel === undefined ? "dense" : "conv",
      fanIn,
      units,
      kernelArea,
      weights: initialiser(setting.init, fanIn, gain),
      bias: biasOf(setting.bias),
      normalisation: NORMS[setting.norm as keyof typeof NORMS],
      residual: setting.residual,
      activation: activation(setting.act),
    };
  });
  const last = setting.widths[setting.widths.length - 1]!;
  const [data, scale] = setting.input as ["img" | "tab", keyof typeof SCALES];
  return {
    hidden,
    output: {
      fanIn: last,
      units: setting.nout,
      kernelArea: 1,
      weights: initialiser(setting.init, last, gain),
    },
    input: {
      data: data === "img" ? "image" : "table",
      scale: SCALES[scale],
      ...(setting.statistics && { statistics: setting.statistics }),
    },
    loss: setting.loss === "ce" ? "cross-entropy" : "squared-error",
    targetScale: setting.target_scale,
    optimiser: OPTIMISERS[setting.opt as keyof typeof OPTIMISERS],
    learningRate: setting.lr,
    clipNorm: setting.clip || null,
    ...(setting.n_train !== undefined && { inputs: setting.n_train }),
  };
}

export function initialiser(word: string, fanIn: number, gain: number = Math.SQRT2): Initialiser {
  const normal = /^n([\d.]+)$/.exec(word);
  if (normal) return { scheme: "normal", mean: 0, std: Number(normal[1]) };
  switch (word) {
    case "torch":
      return { scheme: "torch_default" };
    case "he_n":
      return { scheme: "he_normal", gain };
    case "he_u":
      return { scheme: "he_uniform", gain };
    case "orth":
      return { scheme: "orthogonal", gain };
    case "glorot":
      return { scheme: "glorot_uniform" };
    case "lecun":
      return { scheme: "lecun_normal" };
    case "zeros":
      return { scheme: "constant", mean: 0 };
    case "rand01":
      return { scheme: "uniform", mean: 0.5, std: Math.sqrt(1 / 12) };
    case "rai": {
      // Moments of the randomised asymmetric initialisation of Lu et al. 2020.
      const rows = fanIn + 1;
      return { scheme: "normal", mean: 2 / 3 / rows, std: Math.sqrt(0.6007 ** 2 / fanIn + 0.5 / rows) };
    }
    default:
      throw new Error(`unknown initialiser ${word}`);
  }
}

function biasOf(word: number | string): Initialiser {
  if (typeof word === "number") return { scheme: "constant", mean: word };
  return word === "default"
    ? { scheme: "torch_default" }
    : { scheme: "normal", mean: 0, std: Number(word.slice(1)) };
}

function activation(word: string): HiddenLayer["activation"] {
  const slope = /^leaky([\d.]+)/.exec(word);
  return slope
    ? { id: "leaky_relu", parameters: { negative_slope: Number(slope[1]) } }
    : { id: word, parameters: {} };
}
