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
const isMatrix = (value: Value | undefined): boolean =>
  isVariable(value) && (value.shape === undefined || value.shape.length > 1);

const GLOROT: Reading<Initialiser> = { value: { scheme: "glorot_uniform" } };

/**
 * Schemes of a fan take the last axis but one for the inputs, and the last for the units, whatever the weights are used
 * for (`_compute_fans` of init_ops.py). Where these are the other way round, they count the other fan.
 */
function turned({ value, ...rest }: Reading<Initialiser>): Reading<Initialiser> {
  if (!/^(?:he|lecun)_/.test(value.scheme)) return { value, ...rest };
  const { fan, ...own } = value;
  return { value: fan === "out" ? own : { ...own, fan: "out" }, ...rest };
}

function written(
  layer: LayerSpelling,
  weights: Tensor,
  sizes: readonly (readonly [string, Value | undefined])[],
  node: Call,
  isTurned: boolean,
): Module {
  const named = new Map(sizes.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
  const given: Arguments = { ...NO_ARGUMENTS, named: named.set("use_bias", constant(false)) };
  const module = makeModule({ layer, given, node });
  const { drawn } = weights.state;
  const initialiser = drawn?.initialiser ?? GLOROT;
  module.weights = isTurned ? turned(initialiser) : initialiser;
  // A kernel for each channel: fans of all channels together are not those of a unit.
  const isOfOther = layer.role === "depthwise-conv" && /_/.test(initialiser.value.scheme);
  if (!drawn?.initialiser || isOfOther) module.unread = drawn?.node ?? node;
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
  const isTurned = isTransposed[isRight ? 1 : 0] === isRight;
  const [inputs, units] = isTurned ? [shape?.[1], shape?.[0]] : [shape?.[0], shape?.[1]];
  const sizes = [
    ["units", sized(units)],
    ["in_features", sized(inputs)],
  ] as const;
  const module = written(DENSE, weights, sizes, node as Call, isTurned);
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
    isTransposed,
  );
  const input = inputOf(argumentOf(given, INPUTS, 0), node, run);
  const output = applyWeights(module, { layer, given: module.given }, input, node, run);
  const format = stringIn(argumentOf(given, "data_format")) ?? "NHWC";
  return format.startsWith("NC") ? tensor(undefined, output.state) : output;
}

/** A layer of whose weights nothing is known, in a graph that is written down. */
function unreadWeights(given: Arguments, node: Call, run: Interpreter): Tensor | undefined {
  const tensors = tensorsIn(given);
  return tensors.length > 0 && !isInside(run)
    ? doubtful(tensors, node, "the weights of a layer are not read", run)
    : undefined;
}
