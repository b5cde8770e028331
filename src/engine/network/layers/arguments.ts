/** The arguments of layers, by what they mean: each framework has its own names for them. */
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Arguments, isNone, numberIn, stringIn, type Value } from "../interpreter/values.ts";

const NAMES = {
  units: [
    "units",
    "out_features",
    "out_channels",
    "filters",
    "features",
    "out_size",
    "output_size",
    "output_channels",
    "num_outputs",
  ],
  inputs: ["in_features", "in_channels", "in_size"],
  kernel: ["kernel_size", "kernelSize", "pool_size", "poolSize", "window_shape", "kernel_shape"],
  stride: ["stride", "strides"],
  padding: ["padding"],
  dilation: ["dilation", "dilation_rate", "dilationRate", "kernel_dilation"],
  groups: ["groups", "feature_group_count"],
  multiplier: ["depth_multiplier", "depthMultiplier"],
  bias: ["bias", "use_bias", "useBias", "with_bias"],
  activation: ["activation", "activation_fn"],
  weights: [
    "kernel_initializer",
    "kernelInitializer",
    "kernel_init",
    "w_init",
    "depthwise_initializer",
    "depthwiseInitializer",
    "weights_initializer",
  ],
  pointwise: ["pointwise_initializer", "pointwiseInitializer"],
  biases: ["bias_initializer", "biasInitializer", "bias_init", "b_init", "biases_initializer"],
  rate: ["p", "rate"],
  axis: ["dim", "axis"],
  shape: ["shape", "input_shape", "inputShape", "batch_shape", "batchInputShape", "batch_input_shape"],
  normGroups: ["num_groups", "groups"],
  size: ["output_size"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Concept = keyof typeof NAMES;

export interface Given {
  readonly layer: LayerSpelling;
  readonly given: Arguments;
}

/** The argument as given; undefined where it is left to its default. */
export function argument({ layer, given }: Given, concept: Concept): Value | undefined {
  const names: readonly string[] = NAMES[concept];
  for (const name of names) {
    const value = given.named.get(name);
    if (value) return value;
  }
  const parameter = layer.parameters.find(({ name }) => names.includes(name));
  return parameter && !parameter.keywordOnly ? given.positional[parameter.position] : undefined;
}

/** The framework's default for it, where that is a number. */
export const usual = ({ layer }: Given, concept: Concept): number | undefined =>
  layer.parameters.find(({ name }) => (NAMES[concept] as readonly string[]).includes(name))?.default;

/** A number as given, else the default; undefined: given, but not known. */
export function numeric(from: Given, concept: Concept, fallback?: number): number | undefined {
  const written = argument(from, concept);
  return written ? numberIn(written) : (usual(from, concept) ?? fallback);
}

export const text = (from: Given, concept: Concept): string | undefined => stringIn(argument(from, concept));

/**
 * Whether the layer has a bias; a value that is not known counts as the default, true. tf.contrib leaves it out in front
 * of a normalisation, and where it is given no initialiser.
 */
export function hasBias(from: Given): boolean {
  const written = argument(from, "bias");
  if (written?.type === "constant" && written.value === false) return false;
  const { named } = from.given;
  const normaliser = named.get("normalizer_fn");
  return !isNone(named.get("biases_initializer")) && (!normaliser || isNone(normaliser));
}

/** One number for each spatial axis: `3`, `(3, 3)`, `[3, 3]`. */
export function perAxis(
  value: Value | undefined,
  axes: number,
  run: Interpreter,
  fallback?: number,
): readonly (number | undefined)[] {
  if (!value || (value.type === "constant" && value.value === null))
    return Array.from({ length: axes }, () => fallback);
  const number = numberIn(value);
  if (number !== undefined) return Array.from({ length: axes }, () => number);
  const items = value.type === "list" ? run.library.items(value, run) : undefined;
  if (!items) return Array.from({ length: axes }, () => undefined);
  // A sequence of one stands for every axis in some frameworks.
  if (items.length === 1) return Array.from({ length: axes }, () => numberIn(items[0]));
  return Array.from({ length: axes }, (_, axis) => numberIn(items[axis]));
}

/** `nn.Conv2d`, `Conv2D`, `max_pool2d`: how many spatial axes; 2 where the name does not say. */
export const rankOf = ({ symbol }: LayerSpelling): number =>
  Number(/([123])[dD](?:Transpose|NormActivation)?$/.exec(symbol)?.[1] ?? 2);

/** The same where the kernel says it: Flax has one convolution for all, and takes a number for one axis. */
export function rankIn(from: Given): number {
  if (from.layer.framework !== "flax") return rankOf(from.layer);
  const kernel = argument(from, "kernel");
  return kernel?.type === "list" ? kernel.items.length : numberIn(kernel) === undefined ? 2 : 1;
}

export function product(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (total, number) => (total === undefined || number === undefined ? undefined : total * number),
    1,
  );
}
