/** Experiments that can be started without code: each shows one thing. */
import type { InputScale, Source } from "../engine/model.ts";
import type { DataId } from "./data/infos.ts";
import type { Experiment } from "./experiment.ts";
import type { DenseSpec, LabInitialiser, LayerSpec, NetworkSpec, OptimiserSpec } from "./spec.ts";
import { type Variant, variantsOf } from "./variants.ts";

export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in one sentence. */
  readonly what: string;
  readonly source?: Source;
  readonly experiment: Experiment;
}

interface Recipe {
  readonly widths: readonly number[];
  readonly outputs: number;
  readonly activation?: string;
  readonly weights: LabInitialiser;
  readonly bias?: DenseSpec["bias"];
  readonly optimiser: Pick<OptimiserSpec, "kind" | "learningRate">;
  readonly batch?: number;
}

const zero = { scheme: "constant", mean: 0 } as const;
const torch = { scheme: "torch_default" } as const;

function perceptron({
  widths,
  outputs,
  activation = "relu",
  weights,
  bias = zero,
  optimiser,
  batch = 64,
}: Recipe): NetworkSpec {
  const layers = [...widths, outputs].map(
    (units, index): LayerSpec => ({
      kind: "dense",
      gather: "flatten",
      units,
      weights,
      bias,
      normalisation: null,
      activation: index < widths.length ? { id: activation, parameters: {} } : null,
      dropout: 0,
      inputs: index === 0 ? [] : [index - 1],
    }),
  );
  return {
    layers,
    loss: outputs === 1 ? "squared-error" : "cross-entropy",
    optimiser: { ...optimiser, momentum: 0.9, epsilon: 1e-8, decay: 0.99, clip: null },
    batch,
    batchNormDecay: 0.9,
  };
}

const same = (width: number, depth: number): readonly number[] => Array.from({ length: depth }, () => width);

function experiment(
  title: string,
  data: DataId,
  variants: readonly Variant[],
  more: {
    readonly steps?: number;
    readonly seeds?: number;
    readonly scale?: InputScale;
    readonly notes?: readonly string[];
  } = {},
): Experiment {
  return {
    title,
    data,
    scale: "standardised",
    standardiseTargets: false,
    truncates: false,
    seeds: 5,
    steps: 300,
    notes: [],
    ...more,
    variants,
  };
}

const pedamonti: Source = {
  title: "Pedamonti 2018, Comparison of non-linear activation functions for deep neural networks on MNIST",
  url: "https://arxiv.org/abs/1804.02763",
};
const lu: Source = {
  title: "Lu, Shin, Su and Karniadakis 2019, Dying ReLU and Initialization",
  url: "https://arxiv.org/abs/1903.06733",
};

const compared = (depth: number, title: string): Experiment => {
  const sgd = { kind: "sgd", learningRate: 0.1 } as const;
  const spec = perceptron({
    widths: same(100, depth),
    outputs: 10,
    weights: { scheme: "glorot_uniform" },
    optimiser: sgd,
    batch: 50,
  });
  return experiment(title, "mnist", variantsOf(spec, ["sigmoid", "leaky-0.01", "elu", "selu"], "ReLU"), {
    scale: "unit",
    notes: ["after the article's design, with the lab's 3,000 digits and its number of steps"],
  });
};

const narrow = (): Experiment => {
  const recipe = {
    widths: same(2, 10),
    outputs: 1,
    optimiser: { kind: "adam", learningRate: 1e-3 },
  } as const;
  const spec = perceptron({ ...recipe, weights: { scheme: "he_normal" } });
  const asymmetric = perceptron({ ...recipe, weights: { scheme: "rai" } });
  const title = "Born dead: 10 layers of 2 units";
  const variants = [
    ...variantsOf(spec, ["leaky-0.01", "leaky-0.2", "elu"], "ReLU"),
    { id: "asymmetric", label: "asymmetric initialisation", spec: asymmetric },
  ];
  return experiment(title, "absolute", variants, { seeds: 10, scale: "raw" });
};

const raw = (): Experiment => {
  const sgd = { kind: "sgd", learningRate: 0.01 } as const;
  const spec = perceptron({
    widths: same(64, 3),
    outputs: 10,
    weights: { scheme: "he_normal" },
    optimiser: sgd,
  });
  const variants: readonly Variant[] = [
    ...variantsOf(spec, ["leaky-0.01", "leaky-0.2"], "ReLU, inputs 0–255"),
    { id: "scaled", label: "ReLU, inputs 0–1", spec, scale: "unit" },
    { id: "standardised", label: "ReLU, inputs standardised", spec, scale: "standardised" },
  ];
  return experiment("Raw inputs, 0–255", "mnist", variants, { scale: "raw" });
};

const deepDefault = (): Experiment => {
  const adam = { kind: "adam", learningRate: 1e-3 } as const;
  const spec = perceptron({ widths: same(64, 8), outputs: 10, weights: torch, bias: torch, optimiser: adam });
  const variants = variantsOf(spec, ["leaky-0.01", "leaky-0.2", "he-zero-bias", "batch-norm"], "ReLU");
  return experiment("PyTorch's default weights, 8 layers", "mnist", variants);
};

const largeStep = (): Experiment => {
  const adam = { kind: "adam", learningRate: 0.05 } as const;
  const spec = perceptron({
    widths: same(128, 3),
    outputs: 10,
    weights: { scheme: "he_normal" },
    optimiser: adam,
  });
  const variants = variantsOf(spec, ["leaky-0.01", "leaky-0.2", "elu", "rate-10"], "ReLU");
  return experiment("Step too large", "mnist", variants);
};

export const presets: readonly Preset[] = [
  {
    id: "compare-2",
    title: "Five functions, 2 layers of 100",
    what: "Sigmoid, ReLU, Leaky ReLU, ELU and SELU learn MNIST's digits about equally well; the sigmoid is late.",
    source: pedamonti,
    experiment: compared(2, "Five functions, 2 layers of 100"),
  },
  {
    id: "compare-8",
    title: "Five functions, 8 layers of 100",
    what: "The same with 8 layers: the sigmoid does not learn any more, and SELU overflows at this learning rate.",
    source: pedamonti,
    experiment: compared(8, "Five functions, 8 layers of 100"),
  },
  {
    id: "born-dead",
    title: "Born dead: 10 layers of 2 units",
    what: "So narrow a network is often dead before it starts, and then learns a constant in place of |x|.",
    source: lu,
    experiment: narrow(),
  },
  {
    id: "raw-inputs",
    title: "Raw inputs, 0–255",
    what: "Inputs that are not scaled make the first step so large that units die or the loss overflows.",
    experiment: raw(),
  },
  {
    id: "torch-default",
    title: "PyTorch's default weights, 8 layers",
    what: "The default initialiser leaves more than a quarter of the units dead at the start; He's weights and zero biases do not.",
    experiment: deepDefault(),
  },
  {
    id: "large-step",
    title: "Step too large",
    what: "A learning rate of 0.05 with Adam kills most units in the first steps; a small leak does not repair it, a tenth of the rate does.",
    experiment: largeStep(),
  },
];

export const presetById = (id: string): Preset | undefined => presets.find((preset) => preset.id === id);
