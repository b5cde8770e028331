/**
 * Operations of TensorFlow's own, as programs write them that build their networks without layers.
 * https://www.tensorflow.org/versions/r1.15/api_docs/python/tf
 */
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, reshaped, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  isNone,
  list,
  NO_ARGUMENTS,
  numberIn,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { drop, normalise } from "./activate.ts";
import { added, applyLayer } from "./apply.ts";
import { product } from "./arguments.ts";
import { constantTensor, shapeIn, variableOf } from "./drawn.ts";
import { collected, lossCall, lossesOf, minimise } from "./graphLosses.ts";
import { isFirstVersion } from "./initialisersTensorflow.ts";
import { isInside } from "./instances.ts";
import { makeModule } from "./make.ts";
import { sumOf } from "./ownOperators.ts";
import { convolution, isVariable, matmul, spatialOf } from "./ownWeights.ts";
import { tensorAttribute, tensorMethod } from "./tensorMethods.ts";
import { doubtful, tensorsIn } from "./unknowns.ts";

type Operation = (given: Arguments, node: Call, run: Interpreter) => Value | undefined;

const OPERATORS: Readonly<Record<string, string>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  truediv: "/",
  div: "/",
};

/** What is done to tensors wherever it stands. */
const ANYWHERE: Readonly<Record<string, Operation>> = {
  matmul,
  bias_add: (given, node, run) => sumOf("tensorflow.nn.bias_add", given, node, run),
  xw_plus_b: (given, node, run) => sumOf("tensorflow.nn.xw_plus_b", given, node, run),
  constant: constantTensor,
  placeholder: (given) => inputOf(argumentOf(given, "shape", 1)),
  placeholder_with_default: (given) => inputOf(argumentOf(given, "shape", 1)),
  dropout: dropped,
  batch_normalization: (given, node, run) => {
    const input = argumentOf(given, "x", 0);
    return input?.type === "tensor" ? normalise(input, "batch", node, run) : undefined;
  },
  ...Object.fromEntries(
    ["max_pool", "avg_pool", "max_pool2d", "avg_pool2d", "max_pool_v2"].map((name): [string, Operation] => [
      name,
      (given, node, run) => pooled(name, given, node, run),
    ]),
  ),
};

/** Pick entries, or give them another place: what a layer gives is that layer's still. */
const PICKS =
  /^(?:slice|strided_slice|gather|gather_nd|boolean_mask|batch_gather|tile|pad|reverse|gather_v2|debugging\.\w+|Print|ensure_shape|check_numerics|to_float|to_double|cast|identity)$/;

/** The same for graphs that are written down, where nothing is run yet. */
const IN_GRAPH: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    Object.entries(OPERATORS).map(([name, operator]): [string, Operation] => [
      name,
      ({ positional, named }, node, run) => {
        const [left, right] = [positional[0] ?? named.get("x"), positional[1] ?? named.get("y")];
        return left && right ? run.library.operate(operator, left, right, node, run) : undefined;
      },
    ]),
  ),
  add_n: (given, _node, run) => {
    const tensors = tensorsIn(given);
    return tensors.length > 0 ? added(tensors, run) : undefined;
  },
  accumulate_n: (given, _node, run) => {
    const tensors = tensorsIn(given);
    return tensors.length > 0 ? added(tensors, run) : undefined;
  },
  // What is behind is not trained: for a loss it is a number that is given.
  stop_gradient: (given) => {
    const input = argumentOf(given, "input", 0);
    return input?.type === "tensor" ? tensor(input.shape, { ...fresh(), isInput: true }) : undefined;
  },
  shape: (given) => {
    const input = argumentOf(given, "input", 0);
    return input?.type === "tensor" ? tensorAttribute(input, "shape") : undefined;
  },
  transpose: (given) => {
    const [weights] = given.positional;
    if (!isVariable(weights) || given.positional.length > 1 || given.named.has("perm")) return undefined;
    return reshaped(weights, weights.shape && [...weights.shape].reverse());
  },
  moments: () => list([UNKNOWN, UNKNOWN], "tuple"),
  lrn: responseNormalised,
  local_response_normalization: responseNormalised,
  embedding_lookup: (given, node, run) =>
    doubtful(tensorsIn(given), node, "an embedding is not estimated", run),
  add_to_collection: collected,
  get_collection: collected,
};

const LOSSES_OF_GRAPH = /^(?:losses|contrib\.layers\.losses|contrib\.losses)\.get_total_loss$/;

export function tensorflowCall(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (!symbol.startsWith("tensorflow.")) return undefined;
  const name = symbol.slice("tensorflow.".length).replace(/^(?:nn|math|linalg)\./, "");
  const variable = variableOf(symbol, given, node, run) ?? convolution(symbol, given, node, run);
  if (variable) return variable;
  const anywhere = Object.hasOwn(ANYWHERE, name) ? ANYWHERE[name]?.(given, node, run) : undefined;
  if (anywhere) return anywhere;
  if (isInside(run)) return undefined;
  if (LOSSES_OF_GRAPH.test(name)) return lossesOf(run);
  const known = Object.hasOwn(IN_GRAPH, name) ? IN_GRAPH[name]?.(given, node, run) : undefined;
  if (known) return known;
  const input = given.positional[0] ?? given.named.get("input_tensor") ?? given.named.get("input");
  if (/^(?:dynamic_rnn|static_rnn|rnn|bidirectional_\w*rnn|contrib\.rnn\.\w+)$/.test(name)) {
    const output = doubtful(tensorsIn(given), node, "a recurrent layer is not estimated", run);
    return list([output, output], "tuple");
  }
  const trained = trainedBy(name, given, node, run);
  if (trained) return trained;
  const loss = lossCall(symbol, given, node, run);
  if (loss) return loss;
  if (input?.type !== "tensor") return undefined;
  const reduced = /^reduce_(mean|sum|max|min)$/.exec(name)?.[1];
  if (reduced !== undefined && !input.state.data) return overAxes(input, reduced, given, node, run);
  return PICKS.test(name) && !input.state.data
    ? reshaped(input, /^(?:cast|identity|Print|check|to_)/.test(name) ? input.shape : undefined)
    : undefined;
}

/** Functions that minimise a loss: `tf.gradients(loss, variables)`, slim's and contrib's. */
function trainedBy(name: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const isGradient = name === "gradients";
  if (!isGradient && !/^contrib\.layers\.(?:optimize_loss|learning\.create_train_op)$/.test(name))
    return undefined;
  const loss = argumentOf(given, ["ys", "loss", "total_loss"], 0);
  const by = isGradient ? argumentOf(given, "xs", 1) : undefined;
  const variables = by?.type === "list" ? by.items : by ? [by] : [];
  // Of an input, a gradient is something else.
  if (!loss || variables.some((one) => one.type === "tensor" && !isVariable(one))) return undefined;
  const optimiser = name.endsWith("create_train_op") ? argumentOf(given, "optimizer", 1) : undefined;
  minimise(loss, optimiser, given, node, run);
  return UNKNOWN;
}

const inputOf = (shape: Value | undefined): Tensor =>
  tensor(shape && !isNone(shape) ? shapeIn(shape) : undefined, { ...fresh(), isInput: true });

/** The second argument is what is kept in TensorFlow 1, what is dropped in 2. */
function dropped(given: Arguments, _node: Call, run: Interpreter): Value | undefined {
  const input = argumentOf(given, "x", 0);
  if (input?.type !== "tensor") return undefined;
  const [, second] = given.positional;
  const kept = given.named.get("keep_prob") ?? (isFirstVersion(run.unit) ? second : undefined);
  const share = numberIn(kept);
  const rate = numberIn(given.named.get("rate") ?? (kept ? undefined : second));
  return drop(input, share === undefined ? rate : 1 - share, run);
}

const POOL = {
  parameters: [],
  role: "pool",
  framework: "tensorflow",
  isFunction: true,
} as const satisfies Partial<LayerSpelling>;

function pooled(name: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const input = argumentOf(given, ["value", "input"], 0);
  if (input?.type !== "tensor") return undefined;
  const named = new Map<string, Value>();
  const put = (name: string, value: Value | undefined): void => {
    if (value) named.set(name, value);
  };
  put("pool_size", spatialOf(argumentOf(given, "ksize", 1)));
  put("strides", spatialOf(argumentOf(given, "strides", 2)));
  put("padding", argumentOf(given, "padding", 3));
  const format = stringIn(argumentOf(given, "data_format", 4)) ?? "NHWC";
  if (format.startsWith("NC")) return reshaped(input, undefined);
  const layer: LayerSpelling = { ...POOL, symbol: `tensorflow.nn.${name}` };
  const module = makeModule({ layer, given: { ...NO_ARGUMENTS, named }, node });
  return applyLayer(module, layer, input, node, run);
}

/** With a small alpha, as networks of its time had it, it changes next to nothing. */
function responseNormalised(given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const input = argumentOf(given, "input", 0);
  if (input?.type !== "tensor") return undefined;
  const alpha = numberIn(argumentOf(given, "alpha", 3));
  return alpha !== undefined && alpha <= LOW_ALPHA
    ? input
    : doubtful([input], node, "local response normalisation is not estimated", run, input.shape);
}

/** Of AlexNet and its followers: 0.0001 for a window of five channels. */
const LOW_ALPHA = 0.001;

/** Over all axes it ends a network, over some it pools. */
function overAxes(
  input: Tensor,
  method: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const axes = argumentOf(given, ["axis", "reduction_indices"], 1);
  const keeps = argumentOf(given, ["keepdims", "keep_dims"], 2);
  const named = new Map<string, Value>();
  if (axes && !isNone(axes)) named.set("axis", axes);
  if (keeps) named.set("keepdims", keeps);
  return tensorMethod(input, method, { ...NO_ARGUMENTS, named }, node, run);
}

/** `x.get_shape().as_list()`, `x.shape[1:].num_elements()`. */
export function sizesMethod(sizes: Value & { type: "list" }, name: string): Value | undefined {
  if (name === "as_list" || name === "with_rank") return sizes;
  const total = sizes.complete ? product(sizes.items.map(numberIn)) : undefined;
  return name === "num_elements" && total !== undefined ? constant(total) : undefined;
}
