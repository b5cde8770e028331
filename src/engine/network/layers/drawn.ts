/**
 * Weights that a program draws itself: `tf.random_normal([784, 256], stddev=0.1)`, arithmetic on it, and the variable
 * that is made of it. https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/random
 */
import type { Initialiser, Reading } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import { spanOf } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Drawn, fresh, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  isNone,
  NO_ARGUMENTS,
  numberIn,
  stringIn,
  type Value,
} from "../interpreter/values.ts";
import { initialiserIn, numberGiven, TRUNCATED, uniform } from "./initialisers.ts";

type Numbers = (given: Arguments) => Initialiser | undefined;

/** Mean and standard deviation, at the two places from `at` on; TensorFlow's and NumPy's are 0 and 1. */
const normal =
  (at: number, factor = 1, means = "mean", deviations = "stddev"): Numbers =>
  (given) => {
    const mean = numberGiven(given, means, at, 0);
    const std = numberGiven(given, deviations, at + 1, 1);
    return mean === undefined || std === undefined
      ? undefined
      : { scheme: "normal", mean, std: std * factor };
  };

/** Bounds; `maxval=None` is 1. */
const between =
  (at: number, lows = "minval", highs = "maxval"): Numbers =>
  (given) => {
    const low = numberGiven(given, lows, at, 0);
    const top = argumentOf(given, highs, at + 1);
    const high = !top || isNone(top) ? 1 : numberIn(top);
    return low === undefined || high === undefined ? undefined : uniform(low, high);
  };

const always =
  (mean: number): Numbers =>
  () => ({ scheme: "constant", mean });

interface Spelt {
  readonly shape: readonly [name: string, position: number] | "positional";
  readonly numbers: Numbers;
}

const FIRST = ["shape", 0] as const;

const DRAWS: Readonly<Record<string, Spelt>> = {
  "tensorflow.random_normal": { shape: FIRST, numbers: normal(1) },
  "tensorflow.random.normal": { shape: FIRST, numbers: normal(1) },
  "tensorflow.truncated_normal": { shape: FIRST, numbers: normal(1, TRUNCATED) },
  "tensorflow.random.truncated_normal": { shape: FIRST, numbers: normal(1, TRUNCATED) },
  "tensorflow.random_uniform": { shape: FIRST, numbers: between(1) },
  "tensorflow.random.uniform": { shape: FIRST, numbers: between(1) },
  "tensorflow.zeros": { shape: FIRST, numbers: always(0) },
  "tensorflow.ones": { shape: FIRST, numbers: always(1) },
  "tensorflow.fill": {
    shape: ["dims", 0],
    numbers: (given) => constantOf(numberIn(argumentOf(given, "value", 1))),
  },
  "numpy.random.randn": { shape: "positional", numbers: () => ({ scheme: "normal", mean: 0, std: 1 }) },
  "numpy.random.rand": { shape: "positional", numbers: () => uniform(0, 1) },
  "numpy.random.normal": { shape: ["size", 2], numbers: normal(0, 1, "loc", "scale") },
  "numpy.random.uniform": { shape: ["size", 2], numbers: between(0, "low", "high") },
  "numpy.zeros": { shape: FIRST, numbers: always(0) },
  "numpy.ones": { shape: FIRST, numbers: always(1) },
};

const constantOf = (mean: number | undefined): Initialiser | undefined =>
  mean === undefined ? undefined : { scheme: "constant", mean };

/** Sizes as a list or a number; undefined: not known. */
export const shapeIn = (value: Value | undefined): Shape | undefined => {
  const size = numberIn(value);
  if (size !== undefined) return [size];
  return value?.type === "list" && value.complete ? value.items.map(numberIn) : undefined;
};

/** What is drawn by a call, together with what else is known of its result as data. */
export function drawnNumbers(
  symbol: string,
  given: Arguments,
  node: Call,
  asData: Value | undefined,
): Value | undefined {
  const spelt = Object.hasOwn(DRAWS, symbol) ? DRAWS[symbol] : undefined;
  if (!spelt || (asData && asData.type !== "tensor")) return asData;
  const shape =
    spelt.shape === "positional"
      ? given.positional.map(numberIn)
      : shapeIn(argumentOf(given, spelt.shape[0], spelt.shape[1]));
  const value = spelt.numbers(given);
  const state = asData?.state ?? fresh([], { kind: undefined, scale: undefined });
  const initialiser = value && { value, span: spanOf(node) };
  return tensor(asData?.shape ?? shape, { ...state, drawn: { initialiser, isVariable: false, node } });
}

/** `tf.constant(0.1, shape=[32])`; a number alone stays one. */
export function constantTensor(given: Arguments, node: Call): Value | undefined {
  const value = argumentOf(given, "value", 0);
  const shape = shapeIn(argumentOf(given, "shape", 2));
  const mean = numberIn(value);
  if (mean === undefined) return undefined;
  if (!shape) return argumentOf(given, "shape", 2) ? undefined : value;
  const initialiser = { value: { scheme: "constant", mean } as const, span: spanOf(node) };
  return tensor(shape, {
    ...fresh([], { kind: undefined, scale: undefined }),
    drawn: { initialiser, isVariable: false, node },
  });
}

/** Arithmetic with a number changes how numbers were drawn; with anything else nobody knows. */
export function redrawn(result: Tensor, operator: string, left: Value, right: Value): Tensor {
  const [own, other] =
    left.type === "tensor" && left.state.drawn
      ? [left.state.drawn, right]
      : right.type === "tensor" && right.state.drawn
        ? [right.state.drawn, left]
        : [];
  if (!own || !other) return result;
  const isLeft = left.type === "tensor" && left.state.drawn === own;
  const number = numberIn(other);
  const before = own.initialiser;
  const value = before && number !== undefined ? changed(before.value, operator, number, isLeft) : undefined;
  const initialiser = value && { ...before, value };
  return tensor(result.shape, { ...result.state, drawn: { ...own, initialiser } });
}

function changed(
  own: Initialiser,
  operator: string,
  number: number,
  isLeft: boolean,
): Initialiser | undefined {
  const { scheme, mean = 0, std = 0 } = own;
  if (!/^(?:normal|uniform|constant)$/.test(scheme)) return undefined;
  const made = (shift: number, factor: number): Initialiser => ({
    ...own,
    mean: mean * factor + shift,
    ...(own.std === undefined ? {} : { std: std * Math.abs(factor) }),
  });
  switch (operator) {
    case "*":
      return made(0, number);
    case "/":
      return isLeft && number !== 0 ? made(0, 1 / number) : undefined;
    case "+":
      return made(number, 1);
    case "-":
      return isLeft ? made(-number, 1) : made(number, -1);
    default:
      return undefined;
  }
}

const GLOROT: Reading<Initialiser> = { value: { scheme: "glorot_uniform" } };

const variable = (shape: Shape | undefined, initialiser: Drawn["initialiser"], node: Call): Tensor =>
  tensor(shape, { ...fresh(), drawn: { initialiser, isVariable: true, node } });

/** `tf.Variable(...)`, `tf.get_variable("w", [784, 256])`. */
export function variableOf(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Tensor | undefined {
  if (symbol === "tensorflow.Variable") {
    const start = argumentOf(given, "initial_value", 0);
    const made = start && isCallable(start) ? run.call(start, NO_ARGUMENTS, node) : start;
    return startedWith(made, node);
  }
  if (!/^tensorflow\.(?:get_variable|contrib\.layers\.(?:model_)?variable)$/.test(symbol)) return undefined;
  const written = argumentOf(given, "initializer", 3);
  if (written?.type === "tensor") return startedWith(written, node);
  const shape = shapeIn(argumentOf(given, "shape", 1));
  if (!written || isNone(written))
    // A scope may have an initialiser for all that is in it.
    return variable(shape, SCOPED.test(run.unit.text) ? undefined : GLOROT, node);
  const value = initialiserIn(written, "tensorflow", run);
  const span = written.type === "object" || written.type === "symbol" ? written.node : undefined;
  return variable(shape, value && { value, ...(span ? { span: spanOf(span) } : {}) }, node);
}

const SCOPED = /variable_scope\([^()]*\binitializer\s*=|\barg_scope\b/;

const isCallable = ({ type }: Value): boolean => /^(?:function|bound|partial)$/.test(type);

function startedWith(start: Value | undefined, node: Call): Tensor {
  if (start?.type === "tensor") return variable(start.shape, start.state.drawn?.initialiser, node);
  const number = numberIn(start);
  if (number === undefined) return variable(undefined, undefined, node);
  return variable([], { value: { scheme: "constant", mean: number }, span: spanOf(node) }, node);
}

/** `initializer(shape)`: an initialiser that is called gives numbers. */
export function drawnByInitialiser(
  maker: Value,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Tensor | undefined {
  if (stringIn(maker) !== undefined) return undefined;
  const value = initialiserIn(maker, "tensorflow", run);
  const shape = shapeIn(argumentOf(given, "shape", 0));
  if (!value || !shape) return undefined;
  return tensor(shape, {
    ...fresh(),
    drawn: { initialiser: { value, span: spanOf(node) }, isVariable: false, node },
  });
}
