/**
 * Layers that a program writes out with weights of its own: `tf.matmul(x, w) + b`, `tf.nn.conv2d(x, w, ...)`. Sizes are
 * those of the weights. https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn
 */
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { FrameworkId, Initialiser, Reading } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  isNone,
  list,
  type Module,
  NO_ARGUMENTS,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { isInside } from "./instances.ts";
import { makeModule } from "./make.ts";
import { doubtful, tensorsIn } from "./unknowns.ts";
import { applyWeights } from "./weights.ts";

const FRAMEWORK: FrameworkId = "tensorflow";

const layerOf = (symbol: string, role: LayerSpelling["role"]): LayerSpelling => ({
  symbol: `tensorflow.${symbol}`,
  parameters: [],
  role,
  framework: FRAMEWORK,
  isFunction: true,
});

const DENSE = layerOf("matmul", "dense");

const CONVOLUTIONS: Readonly<Record<string, LayerSpelling>> = Object.fromEntries(
  [
    ...[1, 2, 3].map((rank) => layerOf(`nn.conv${rank}d`, "conv")),
    layerOf("nn.convolution", "conv"),
    layerOf("nn.depthwise_conv2d", "depthwise-conv"),
    layerOf("nn.conv2d_transpose", "transposed-conv"),
  ].map((layer) => [layer.symbol, layer]),
);

const OWN: ReadonlySet<LayerSpelling> = new Set([DENSE, ...Object.values(CONVOLUTIONS)]);

/** Whether a layer is one that the program writes out: it has no bias but the one that is added to it. */
export const isWrittenOut = ({ layer }: Module): boolean => layer !== undefined && OWN.has(layer);

/** Weights, or a bias, of the program's own. */
export const isVariable = (value: Value | undefined): value is Tensor =>
  value?.type === "tensor" && value.state.drawn?.isVariable === true;

/** Whether it has as many axes as a matrix or a kernel; unknown sizes count. */
export const isMatrix = (value: Value | undefined): boolean =>
  isVariable(value) && (value.shape === undefined || value.shape.length > 1);

const GLOROT: Reading<Initialiser> = { value: { scheme: "glorot_uniform" } };

function written(
  layer: LayerSpelling,
  weights: Tensor,
  sizes: readonly (readonly [string, Value | undefined])[],
  node: Call,
): Module {
  const named = new Map(sizes.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
  const given: Arguments = { ...NO_ARGUMENTS, named: named.set("use_bias", constant(false)) };
  const module = makeModule({ layer, given, node });
  const { drawn } = weights.state;
  module.weights = drawn?.initialiser ?? GLOROT;
  if (!drawn?.initialiser) module.unread = drawn?.node ?? node;
  return module;
}

const sized = (size: number | undefined): Value => (size === undefined ? UNKNOWN : constant(size));

/** What goes into a layer; something that is no tensor may have been one. */
function inputOf(value: Value | undefined, node: Expression, run: Interpreter): Tensor {
  if (value?.type === "tensor") return value;
  const given = value?.type === "object" ? [...value.given.positional, ...value.given.named.values()] : [];
  const tensors = given.filter((one): one is Tensor => one.type === "tensor");
  return tensors.length > 0
    ? doubtful(tensors, node, `what ${run.words(node)} is given is not read`, run)
    : tensor();
}

/**
 * A product of which one side is weights: a dense layer. With the weights on the left, examples are columns.
 *
 * @returns undefined where it is no layer
 */
export function multiplied(
  left: Value,
  right: Value,
  node: Expression,
  run: Interpreter,
  isTransposed: readonly [boolean, boolean] = [false, false],
): Tensor | undefined {
  const isRight = isMatrix(right);
  if (isRight === isMatrix(left)) return undefined;
  const [weights, other] = (isRight ? [right, left] : [left, right]) as [Tensor, Value];
  const { shape } = weights;
  if (shape && shape.length !== 2) return undefined;
  // The inputs are the axis that is summed over.
  const [inputs, units] =
    isTransposed[isRight ? 1 : 0] === isRight ? [shape?.[1], shape?.[0]] : [shape?.[0], shape?.[1]];
  const sizes = [
    ["units", sized(units)],
    ["in_features", sized(inputs)],
  ] as const;
  const module = written(DENSE, weights, sizes, node as Call);
  const input = inputOf(other, node, run);
  const output = applyWeights(module, { layer: DENSE, given: module.given }, input, node, run);
  return isRight ? output : tensor([units, undefined], output.state);
}

/** `tf.matmul(x, w)`, `tf.matmul(h, w, transpose_b=True)`. */
export function matmul(given: Arguments, node: Call, run: Interpreter): Tensor | undefined {
  const [left, right] = ["a", "b"].map((name, index) => argumentOf(given, name, index));
  const turned = (name: string, position: number): boolean => {
    const value = argumentOf(given, name, position);
    return value?.type === "constant" && value.value === true;
  };
  if (!left || !right) return undefined;
  const layer = multiplied(left, right, node, run, [turned("transpose_a", 2), turned("transpose_b", 3)]);
  if (layer) return layer;
  const isProduct = left.type === "tensor" && right.type === "tensor" && !isMatrix(left) && !isMatrix(right);
  return isProduct ? undefined : unreadWeights(given, node, run);
}

const INPUTS = ["input", "value", "inputs", "x"];
const KERNELS = ["filter", "filters", "kernel"];

/** The sizes along the spatial axes: `[1, 2, 2, 1]`, `[2, 2]`, `2`. */
export function spatialOf(value: Value | undefined): Value | undefined {
  if (value?.type !== "list") return value;
  return value.items.length > 2 ? list(value.items.slice(1, -1), "tuple", value.complete) : value;
}

/** `tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding="SAME")`; undefined: no convolution with weights of its own. */
export function convolution(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Tensor | undefined {
  const layer = Object.hasOwn(CONVOLUTIONS, symbol) ? CONVOLUTIONS[symbol] : undefined;
  const weights = argumentOf(given, KERNELS, 1);
  if (!layer) return undefined;
  if (!isVariable(weights)) return unreadWeights(given, node, run);
  const isTransposed = layer.role === "transposed-conv";
  const isNamed = symbol === "tensorflow.nn.convolution";
  const kernel: Shape = weights.shape ?? [];
  const [inputs, units] = isTransposed ? [kernel.at(-1), kernel.at(-2)] : [kernel.at(-2), kernel.at(-1)];
  const strides = argumentOf(given, ["strides", "stride"], isTransposed ? 3 : isNamed ? 3 : 2);
  const padding = argumentOf(given, "padding", isTransposed ? 4 : isNamed ? 2 : 3);
  const isDepthwise = layer.role === "depthwise-conv";
  const module = written(
    layer,
    weights,
    [
      [isDepthwise ? "depth_multiplier" : "filters", sized(units)],
      ["in_channels", sized(inputs)],
      ["kernel_size", weights.shape ? list(kernel.slice(0, -2).map(sized), "tuple") : UNKNOWN],
      ["strides", spatialOf(strides)],
      ["padding", padding],
    ],
    node,
  );
  const input = inputOf(argumentOf(given, INPUTS, 0), node, run);
  const output = applyWeights(module, { layer, given: module.given }, input, node, run);
  const format = stringIn(argumentOf(given, "data_format")) ?? "NHWC";
  return format.startsWith("NC") ? tensor(undefined, output.state) : output;
}

/** A layer of whose weights nothing is known, in a graph that is written down. */
export function unreadWeights(given: Arguments, node: Call, run: Interpreter): Tensor | undefined {
  const tensors = tensorsIn(given);
  return tensors.length > 0 && !isInside(run)
    ? doubtful(tensors, node, "the weights of a layer are not read", run)
    : undefined;
}

/** A sum of a layer that is written out and its bias; undefined: it is none. */
export function biased(left: Value, right: Value, node: Expression, run: Interpreter): Tensor | undefined {
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
  const others = tensors.filter(({ state }) => state.pending.length > 0 || state.settled.length > 0);
  const [other] = others;
  if (!other) return undefined;
  const isBare = others.some(({ state }) => state.pending.some((draft) => !draft.activation));
  if (tensors.length === 2 && isBare && !isInside(run) && /^[*/@]$/.test(operator))
    return doubtful(tensors, node, "a product of what layers give is not read", run, other.shape);
  if (own && operator !== "+" && operator !== "-")
    return doubtful(tensors, node, "a product with weights is not read", run, other.shape);
  const isNoise = tensors.some(
    ({ state }) => state.drawn && !state.drawn.isVariable && isSpread(state.drawn.initialiser),
  );
  return isNoise
    ? doubtful(tensors, node, "numbers drawn at random inside a network are not estimated", run, other.shape)
    : undefined;
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
