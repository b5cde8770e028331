/** How a layer's weights and biases are drawn, as its own arguments say: strings and objects of Keras, Flax, TensorFlow.js. */
import type { Initialiser, Reading } from "../../model.ts";
import { spanOf } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  given as argumentOf,
  type Module,
  numberIn,
  stringIn,
  type Value,
} from "../interpreter/values.ts";
import { argument, type Concept, type Given, hasBias } from "./arguments.ts";
import { isFirstVersion, ofTensorflow } from "./initialisersTensorflow.ts";

/** PyTorch draws weights and biases from U(+-1/sqrt(fan_in)) whatever follows (torch.nn.Linear.reset_parameters). */
export const TORCH_DEFAULT: Reading<Initialiser> = { value: { scheme: "torch_default" } };
export const ZEROS: Initialiser = { scheme: "constant", mean: 0 };

/** Standard deviation of a standard normal that is cut off at two of its standard deviations. */
export const TRUNCATED = 0.87962566;

/** By class, function or string, in small letters without underscores. https://keras.io/api/layers/initializers/ */
const PLAIN: Readonly<Record<string, Initialiser>> = {
  henormal: { scheme: "he_normal" },
  heuniform: { scheme: "he_uniform" },
  kaimingnormal: { scheme: "he_normal" },
  kaiminguniform: { scheme: "he_uniform" },
  glorotnormal: { scheme: "glorot_normal" },
  glorotuniform: { scheme: "glorot_uniform" },
  xaviernormal: { scheme: "glorot_normal" },
  xavieruniform: { scheme: "glorot_uniform" },
  lecunnormal: { scheme: "lecun_normal" },
  lecununiform: { scheme: "lecun_uniform" },
  cutlecunnormal: { scheme: "lecun_normal", gain: TRUNCATED },
  orthogonal: { scheme: "orthogonal" },
  zeros: ZEROS,
  zerosinit: ZEROS,
  zeroinitializer: ZEROS,
  zero: ZEROS,
  ones: { scheme: "constant", mean: 1 },
  onesinit: { scheme: "constant", mean: 1 },
  one: { scheme: "constant", mean: 1 },
};

type Drawn = (given: Arguments, framework: string) => Initialiser | undefined;

/** Those with numbers. Keras' normals have a standard deviation of 0.05 by default, JAX's 0.01. */
const DRAWN: Readonly<Record<string, Drawn>> = {
  randomnormal: (given) => normal(given, 0.05),
  truncatednormal: (given, framework) => truncated(normalOf(given, framework)),
  normal: normalOf,
  randomuniform: (given) => {
    const low = numberGiven(given, ["minval", "a"], 0, -0.05);
    const high = numberGiven(given, ["maxval", "b"], 1, 0.05);
    return low === undefined || high === undefined ? undefined : uniform(low, high);
  },
  uniform: (given) => {
    const scale = numberGiven(given, "scale", 0, 0.01);
    return scale === undefined ? undefined : uniform(0, scale);
  },
  constant: (given) => {
    const mean = numberGiven(given, "value", 0, 0);
    return mean === undefined ? undefined : { scheme: "constant", mean };
  },
  orthogonal: (given) => {
    const gain = numberGiven(given, ["gain", "scale"], 0, 1);
    return gain === undefined ? undefined : { scheme: "orthogonal", ...(gain === 1 ? {} : { gain }) };
  },
  variancescaling: varianceScaling,
};

/** The number of an argument, or what it is unless given; undefined: given, but not known. */
export const numberGiven = (
  given: Arguments,
  name: string | readonly string[],
  position: number,
  usual: number,
): number | undefined => {
  const value = argumentOf(given, name, position);
  return value ? numberIn(value) : usual;
};

function normal(given: Arguments, usual: number): Initialiser | undefined {
  const mean = numberGiven(given, "mean", 0, 0);
  const std = numberGiven(given, ["stddev", "std"], 1, usual);
  return mean === undefined || std === undefined ? undefined : { scheme: "normal", mean, std };
}

/** JAX's normals take no mean, and have 0.01 as their default. */
function normalOf(given: Arguments, framework: string): Initialiser | undefined {
  return framework === "jax"
    ? normal({ ...given, positional: [{ type: "constant", value: 0 }, ...given.positional] }, 0.01)
    : normal(given, 0.05);
}

/**
 * Schemes of a fan are normals that are cut off at two of their standard deviations. Keras and JAX make up for it;
 * TensorFlow.js (`VarianceScaling.apply` of tfjs-layers) does not, and draws less than it says.
 */
function cut(initialiser: Initialiser): Initialiser {
  const { scheme, gain } = initialiser;
  if (!/_normal$/.test(scheme)) return initialiser;
  return { ...initialiser, gain: (gain ?? (scheme === "he_normal" ? Math.SQRT2 : 1)) * TRUNCATED };
}

const truncated = (initialiser: Initialiser | undefined): Initialiser | undefined =>
  initialiser && { ...initialiser, std: (initialiser.std ?? 0) * TRUNCATED };

export const uniform = (low: number, high: number): Initialiser => ({
  scheme: "uniform",
  mean: (low + high) / 2,
  std: Math.abs(high - low) / Math.sqrt(12),
});

/** Variance scale / fan: https://keras.io/api/layers/initializers/#variancescaling-class */
function varianceScaling(given: Arguments): Initialiser | undefined {
  const scale = numberGiven(given, "scale", 0, 1);
  const mode = stringIn(argumentOf(given, "mode", 1)) ?? "fan_in";
  const isUniform = stringIn(argumentOf(given, "distribution", 2)) === "uniform";
  if (scale === undefined) return undefined;
  const gain = Math.sqrt(scale);
  const form = isUniform ? "uniform" : "normal";
  if (/avg/i.test(mode)) return { scheme: `glorot_${form}`, gain };
  return { scheme: `lecun_${form}`, gain, ...(/out/i.test(mode) ? { fan: "out" as const } : {}) };
}

/** What a string, an initialiser or its class says; undefined: not readable. */
export function initialiserIn(value: Value, framework = "keras", run?: Interpreter): Initialiser | undefined {
  const word = stringIn(value);
  if (word !== undefined) return named(word, undefined, framework);
  if ((value.type === "symbol" || value.type === "object") && value.symbol.startsWith("tensorflow.")) {
    const given = value.type === "object" ? value.given : undefined;
    const own = ofTensorflow(value.symbol, given, !run || isFirstVersion(run.unit));
    if (own !== undefined) return own ?? undefined;
    return named(lastOf(value.symbol).replace(/_initializer$/, ""), given, "keras");
  }
  if (value.type === "symbol") return named(lastOf(value.symbol), undefined, frameworkOf(value.symbol));
  if (value.type === "object") return named(lastOf(value.symbol), value.given, frameworkOf(value.symbol));
  return undefined;
}

const NOTHING: Arguments = { positional: [], named: new Map(), complete: true, written: [] };

function named(name: string, given: Arguments | undefined, framework: string): Initialiser | undefined {
  const key = name.toLowerCase().replaceAll("_", "");
  const drawn = Object.hasOwn(DRAWN, key) ? DRAWN[key] : undefined;
  const known = drawn
    ? drawn(given ?? NOTHING, framework)
    : Object.hasOwn(PLAIN, key)
      ? PLAIN[key]
      : undefined;
  return known && framework === "tfjs" ? cut(known) : known;
}

const lastOf = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);
const frameworkOf = (symbol: string): string =>
  /^(?:jax|flax)\b/.test(symbol) ? "jax" : symbol.startsWith("tf.") ? "tfjs" : "keras";

/** Gives a layer its initialisers the first time it is applied; code may have drawn its weights anew before. */
export function inferredInitialisers(module: Module, from: Given, run: Interpreter): void {
  if (!module.weights) run.memory.assign(module, "weights", reading(module, from, "weights", run));
  if (!module.bias && hasBias(from)) run.memory.assign(module, "bias", reading(module, from, "biases", run));
}

function reading(module: Module, from: Given, concept: Concept, run: Interpreter): Reading<Initialiser> {
  const parameter = from.layer.parameters.find(
    ({ literal, name }) =>
      literal?.startsWith("'") && /init/i.test(name) && /bias|^b_/i.test(name) === (concept === "biases"),
  );
  // PyTorch's layers take no initialiser.
  if (!parameter) return TORCH_DEFAULT;
  const usual = named(parameter.literal?.slice(1, -1) ?? "", undefined, from.layer.framework) ?? ZEROS;
  const written = argument(from, concept);
  if (!written || (written.type === "constant" && written.value === null)) return { value: usual };
  const value = initialiserIn(written, from.layer.framework, run);
  const argumentAt = from.given.written.find(
    ({ name }) =>
      name !== undefined && /init/i.test(name) && /bias|^b_/i.test(name) === (concept === "biases"),
  );
  if (!value) {
    if (!module.unread) run.memory.assign(module, "unread", argumentAt?.value ?? module.node);
    return { value: usual };
  }
  // Of `**common` only what it holds can be pointed at.
  const place = argumentAt ?? (written.type === "object" ? written.node : undefined);
  return { value, ...(place ? { span: spanOf(place) } : {}) };
}
