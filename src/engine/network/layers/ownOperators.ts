/** What operators do with weights of a program's own: biases that are added, products that are layers or are not read. */
import type { Initialiser, Reading } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import { type Arguments, isNone, type Value } from "../interpreter/values.ts";
import { isInside } from "./instances.ts";
import { isVariable, isWrittenOut, multiplied } from "./ownWeights.ts";
import { doubtful, tensorsIn } from "./unknowns.ts";

/** A sum of a layer that is written out and its bias; undefined: it is none. */
function biased(left: Value, right: Value, node: Expression, run: Interpreter): Tensor | undefined {
  return withBias(left, right, node, run) ?? withBias(right, left, node, run);
}

function withBias(sum: Value, bias: Value, node: Expression, run: Interpreter): Tensor | undefined {
  const module = sum.type === "tensor" ? sum.state.layer?.module : undefined;
  if (sum.type !== "tensor" || !module || !isWrittenOut(module) || module.bias) return undefined;
  if (bias.type === "unknown" || bias.type === "object") {
    if (!module.unread) run.memory.assign(module, "unread", node);
    return sum;
  }
  if (!isVariable(bias) || !isVector(bias.shape)) return undefined;
  const { drawn } = bias.state;
  run.memory.assign(module, "bias", drawn?.initialiser ?? ZEROS);
  if (!drawn?.initialiser && !module.unread) run.memory.assign(module, "unread", drawn?.node ?? node);
  return sum;
}

const ZEROS: Reading<Initialiser> = { value: { scheme: "constant", mean: 0 } };

/** One number for each unit: also as a column, or a row. */
const isVector = (shape: Shape | undefined): boolean =>
  shape === undefined || shape.length < 2 || (shape.length === 2 && shape.includes(1));

/** Operators with a program's own weights on a side; undefined: none of them, or nothing is known of it. */
export function withOwnWeights(
  operator: string,
  left: Value,
  right: Value,
  node: Expression,
  run: Interpreter,
): Tensor | undefined {
  if (operator === "@") return multiplied(left, right, node, run);
  if (operator === "+") {
    const sum = biased(left, right, node, run);
    if (sum) return sum;
  }
  const tensors = [left, right].filter((value): value is Tensor => value.type === "tensor");
  const own = tensors.find(isVariable);
  if (own && tensors.length === 1 && own.state.drawn)
    // Of what is computed from weights nobody says how it is drawn.
    return tensor(own.shape, { ...own.state, drawn: { ...own.state.drawn, initialiser: undefined } });
  const [only, ...more] = tensors;
  const other = only === left ? right : left;
  if (only && more.length === 0 && !isInside(run) && isOpenSum(operator, only, other))
    return doubtful([only], node, "a sum with something that is not known", run, only.shape);
  const others = tensors.filter(({ state }) => state.pending.length > 0 || state.settled.length > 0);
  const [first] = others;
  if (!first) return undefined;
  if (own && operator !== "+" && operator !== "-")
    return doubtful(tensors, node, "a product with weights is not read", run, first.shape);
  const isBare = others.some(({ state }) => state.pending.length > 0);
  if (tensors.length === 2 && isBare && !isInside(run) && /^[*/@]$/.test(operator))
    return doubtful(tensors, node, "a product of what layers give is not read", run, first.shape);
  const isNoise = tensors.some(
    ({ state }) => state.drawn && !state.drawn.isVariable && isSpread(state.drawn.initialiser),
  );
  return isNoise
    ? doubtful(tensors, node, "numbers drawn at random inside a network are not estimated", run, first.shape)
    : undefined;
}

/** A second summand behind the bias of which nothing is known: `0.6 * h + 0.4 * abs(h)`. */
function isOpenSum(operator: string, sum: Tensor, other: Value): boolean {
  if (sum.state.pending.length === 0) return false;
  if (other.type === "object") return tensorsIn(other.given).length > 0;
  return other.type === "unknown" && (operator === "+" || operator === "-");
}

const isSpread = (drawn: Reading<Initialiser> | undefined): boolean => drawn?.value.scheme !== "constant";

/** A sum as a function writes it: `tf.nn.bias_add(x, b)`, `tf.nn.xw_plus_b(x, w, b)`. */
export function sumOf(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const [first, second, third] = given.positional;
  if (symbol === "tensorflow.nn.xw_plus_b") {
    const [x, w, b] = [
      first ?? given.named.get("x"),
      second ?? given.named.get("weights"),
      third ?? given.named.get("biases"),
    ];
    const product = x && w && multiplied(x, w, node, run);
    return product && (isNone(b) || !b ? product : (biased(product, b, node, run) ?? product));
  }
  const value = first ?? given.named.get("value");
  const bias = second ?? given.named.get("bias");
  return value && bias ? run.library.operate("+", value, bias, node, run) : undefined;
}
