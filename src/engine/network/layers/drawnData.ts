/** Numbers drawn at random as data: what size they have, and how many there are. */
import type { InputScale } from "../../model.ts";
import type { Expression } from "../../syntax/tree.ts";
import { RAW_SIZE } from "../../words.ts";
import { fresh, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import { type Arguments, numberIn, type Value } from "../interpreter/values.ts";

/**
 * How the functions are called, by their packages' documentation: which position holds the shape, and which the two
 * numbers that say where the draws lie; "all": each position is one size.
 */
interface Signature {
  readonly from: "normal" | "uniform";
  readonly shape: number | "all";
  /** Positions and names of mean and deviation, or of the lower and upper end; absent: 0 and 1, always. */
  readonly numbers?: readonly [position: number, ...names: readonly [string, string]];
}

const numpy = (from: Signature["from"]): Signature => ({
  from,
  shape: 2,
  numbers: from === "normal" ? [0, "loc", "scale"] : [0, "low", "high"],
});

/** https://numpy.org/doc/stable/reference/random/generator.html, and the older functions of `numpy.random`. */
const GENERATOR: Readonly<Record<string, Signature>> = {
  standard_normal: { from: "normal", shape: 0 },
  normal: numpy("normal"),
  randn: { from: "normal", shape: "all" },
  random: { from: "uniform", shape: 0 },
  random_sample: { from: "uniform", shape: 0 },
  rand: { from: "uniform", shape: "all" },
  uniform: numpy("uniform"),
};

const FUNCTIONS: Readonly<Record<string, Signature>> = {
  ...Object.fromEntries(
    Object.entries(GENERATOR).map(([name, signature]) => [`numpy.random.${name}`, signature]),
  ),
  "torch.randn": { from: "normal", shape: "all" },
  "torch.rand": { from: "uniform", shape: "all" },
  "torch.randn_like": { from: "normal", shape: 0 },
  "torch.rand_like": { from: "uniform", shape: 0 },
  "torch.normal": { from: "normal", shape: 2, numbers: [0, "mean", "std"] },
  "tensorflow.random.normal": { from: "normal", shape: 0, numbers: [1, "mean", "stddev"] },
  "tensorflow.random.uniform": { from: "uniform", shape: 0, numbers: [1, "minval", "maxval"] },
  "keras.random.normal": { from: "normal", shape: 0, numbers: [1, "mean", "stddev"] },
  "keras.random.uniform": { from: "uniform", shape: 0, numbers: [1, "minval", "maxval"] },
  "jax.random.normal": { from: "normal", shape: 1 },
  "jax.random.uniform": { from: "uniform", shape: 1, numbers: [3, "minval", "maxval"] },
};

/** Whether a symbol draws numbers at random. */
export const isRandom = (symbol: string): boolean => Object.hasOwn(FUNCTIONS, symbol);

export const drawnData = (symbol: string, given: Arguments, node: Expression): Tensor | undefined =>
  Object.hasOwn(FUNCTIONS, symbol) ? drawn(FUNCTIONS[symbol]!, given, node) : undefined;

/** `rng.standard_normal(...)` of a generator. */
export function drawnBy(method: string, given: Arguments, node: Expression): Tensor | undefined {
  if (/^(?:integers|randint|choice|permutation)$/.test(method))
    return tensor(undefined, fresh([], { kind: undefined, scale: "raw" }));
  return Object.hasOwn(GENERATOR, method) ? drawn(GENERATOR[method]!, given, node) : undefined;
}

function drawn(signature: Signature, given: Arguments, node: Expression): Tensor {
  const { shape } = signature;
  return tensor(
    shape === "all" ? shapeOf(given) : sizesOf(given, shape),
    fresh([], { kind: undefined, scale: scaleOf(signature, given), span: node }),
  );
}

/** Halfway, in powers of ten, from numbers of about 1 to what nothing scales. */
const LARGE = Math.sqrt(RAW_SIZE.table);

/** @returns undefined where it is not known how large they are */
function scaleOf({ from, numbers }: Signature, { positional, named }: Arguments): InputScale | undefined {
  const usual = from === "normal" ? "standardised" : "unit";
  if (!numbers) return usual;
  const [position, ...names] = numbers;
  const values = names.map((name, index) => named.get(name) ?? positional[position + index]);
  const [a, b] = values.map((value, index) => (value ? numberIn(value) : index));
  if (a === undefined || b === undefined) return undefined;
  const isLarge = (from === "normal" ? Math.abs(a) + b : Math.max(Math.abs(a), Math.abs(b))) > LARGE;
  if (isLarge) return "raw";
  return from === "uniform" && a < 0 ? "standardised" : usual;
}

/** Sizes as given: `torch.zeros(1, 3, 32, 32)`, `jnp.ones((1, 784))`. */
export function shapeOf({ positional, named }: Arguments): Shape | undefined {
  const listed = shapeIn(named.get("size") ?? named.get("shape") ?? positional[0]);
  if (listed) return listed;
  const numbers = positional.map(numberIn);
  return numbers.length > 0 && !numbers.includes(undefined) ? numbers : undefined;
}

/** Sizes in one argument: `random.normal(key, (8, 4))`, `rng.normal(0, 1, size=(8, 4))`, `rng.random(8)`. */
function sizesOf({ positional, named }: Arguments, at: number): Shape | undefined {
  const value = named.get("size") ?? named.get("shape") ?? positional[at];
  const count = numberIn(value);
  return count === undefined ? shapeIn(value) : [count];
}

function shapeIn(value: Value | undefined): Shape | undefined {
  if (value?.type === "list") return value.complete ? value.items.map(numberIn) : undefined;
  return value?.type === "tensor" ? value.shape : undefined;
}
