/** What a layer or function does to the tensor that it is applied to, by its role. */
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  endsOfBlock,
  fresh,
  merged,
  reshaped,
  type Shape,
  type Tensor,
  tensor,
} from "../interpreter/tensors.ts";
import {
  type Arguments,
  isNone,
  list,
  type Module,
  NO_ARGUMENTS,
  numberIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { activate, activateBy, drop, normalise } from "./activate.ts";
import { argument, type Given, numeric, rankIn, usual } from "./arguments.ts";
import { convNormActivation, multilayer } from "./blocks.ts";
import { adapted, assembled, channels, flattened, pooled, reshapedTo, resized, spatial } from "./sizes.ts";
import { applySeparable, applyWeights } from "./weights.ts";
import { notePool } from "./windows.ts";

export function applyModule(module: Module, given: Arguments, node: Call, run: Interpreter): Value {
  const input = firstInput(given);
  if (module.activation) return activate(asTensor(input), module.activation, module.site ?? module.node, run);
  const { layer } = module;
  if (!layer) return UNKNOWN;
  return applyLayer(module, layer, input ?? UNKNOWN, node, run);
}

/** The input of a call: the first argument, whatever it is called. */
export const firstInput = ({ positional, named }: Arguments): Value | undefined =>
  positional[0] ?? named.get("inputs") ?? named.get("input") ?? named.get("x");

export const asTensor = (value: Value | undefined): Tensor => (value?.type === "tensor" ? value : tensor());

export function applyLayer(
  module: Module,
  layer: LayerSpelling,
  value: Value,
  node: Call,
  run: Interpreter,
): Value {
  const from: Given = { layer, given: module.given };
  const { framework, role } = layer;
  const input = asTensor(value);
  switch (role) {
    case "dense":
    case "conv":
    case "transposed-conv":
    case "depthwise-conv":
      return activateBy(
        applyWeights(module, from, input, node, run),
        argument(from, "activation"),
        framework,
        module.node,
        run,
      );
    case "separable-conv":
      return activateBy(
        applySeparable(module, from, input, node, run),
        argument(from, "activation"),
        framework,
        module.node,
        run,
      );
    case "batch-norm":
      return normalise(input, "batch", module.node, run);
    case "layer-norm":
      return normalise(input, "layer", module.node, run);
    case "group-norm": {
      const groups = numeric(from, "normGroups");
      return normalise(input, groups === 1 ? "layer" : "group", module.node, run);
    }
    case "instance-norm":
      return normalise(input, "instance", module.node, run);
    case "dropout":
      return drop(input, numeric(from, "rate"), run);
    case "pool":
    case "adaptive-pool":
    case "resizes":
      return slid(from, input, run);
    case "pool-to-vector":
      return reshaped(input, [undefined, channels(framework, input.shape)]);
    case "flatten":
      return reshaped(input, flattened(input.shape, axis(from, "start_dim", 1), axis(from, "end_dim", -1)));
    case "reshape":
      return reshaped(input, reshapeOf(from, input));
    case "permute":
      return reshaped(input, permuted(from, input));
    case "keeps-all":
      return value;
    case "add":
      return added(tensorsIn(value, module.given, layer), run);
    case "concatenate":
      return concatenated(tensorsIn(value, module.given, layer), from, hasUnknown(value));
    case "combines":
      return tensor(undefined, fresh(tensorsIn(value, module.given, layer)));
    case "activation":
      return activateBy(input, argument(from, "activation"), framework, module.node, run);
    case "rescale":
      return rescaled(input, from, module.node);
    case "standardise":
      return tensor(
        input.shape,
        fresh([input], { kind: input.state.data?.kind, scale: "standardised", span: module.node }),
      );
    case "input":
      return input;
    case "sequential":
      return sequence(module, value, node, run);
    case "conv-norm-activation":
      return convNormActivation(module, from, input, node, run);
    case "mlp":
      return multilayer(module, from, input, node, run);
    case "model":
      return modelOutput(module, input);
    case "not-estimated": {
      // TensorFlow.js writes `lstm`, `gru`.
      const name = layer.symbol
        .slice(layer.symbol.lastIndexOf(".") + 1)
        .replace(/^(?:lstm|gru|rnn)/, (abbreviation) => abbreviation.toUpperCase());
      run.gap(
        module.node,
        `${/^[AEIOU]|^(?:LSTM|RNN)/.test(name) ? "an" : "a"} ${name} layer is not estimated`,
      );
      const output = tensor(undefined, fresh([input]));
      const isPair = framework === "pytorch" && /RNN$|LSTM$|GRU$|MultiheadAttention$/.test(name);
      return isPair ? list([output, list([UNKNOWN, UNKNOWN], "tuple")], "tuple") : output;
    }
    default:
      return UNKNOWN;
  }
}

function sequence(module: Module, input: Value, node: Call, run: Interpreter): Value {
  let value = input;
  if (!module.complete) run.gap(module.node, "a list of layers is not known");
  for (const child of module.children.values()) {
    run.step();
    // What `Input(...)` gives stands for the input itself.
    if (child.type === "tensor") continue;
    value = run.call(child, { ...NO_ARGUMENTS, positional: [value] }, node);
  }
  return value;
}

const axis = ({ layer, given }: Given, name: string, fallback: number): number => {
  const parameter = layer.parameters.find((one) => one.name === name);
  const value = given.named.get(name) ?? (parameter && given.positional[parameter.position]);
  return numberIn(value) ?? parameter?.default ?? fallback;
};

function slid(from: Given, input: Tensor, run: Interpreter): Tensor {
  const { framework, role } = from.layer;
  const rank =
    role === "resizes" && !/[123]d|[123]D/.test(from.layer.symbol)
      ? Math.max((input.shape?.length ?? 4) - 2, 1)
      : rankIn(from);
  // What is pooled to one position has no place any more that a window would have to tell.
  const isWhole =
    role === "adaptive-pool" && adapted(from, Array(rank).fill(undefined)).every((size) => size === 1);
  if (!isWhole) notePool(from, input, rank, run);
  if (!input.shape) return input;
  const sizes = spatial(framework, input.shape, rank);
  const after =
    role === "pool"
      ? pooled(from, sizes, run)
      : role === "adaptive-pool"
        ? adapted(from, sizes)
        : resized(from, sizes, run);
  return reshaped(input, assembled(framework, after, channels(framework, input.shape), input.shape));
}

function reshapeOf({ layer, given }: Given, { shape }: Tensor): Shape | undefined {
  const parameter = layer.parameters.find(({ name }) => /shape/i.test(name));
  const target = parameter && (given.named.get(parameter.name) ?? given.positional[parameter.position]);
  const sizes = target?.type === "list" ? target.items : undefined;
  if (!sizes) return undefined;
  // Keras leaves the batch axis out.
  if (layer.isFunction) return reshapedTo(shape, sizes);
  const own = shape?.slice(1);
  return [undefined, ...reshapedTo(own ? [...own] : undefined, sizes)];
}

function permuted({ layer, given }: Given, { shape }: Tensor): Shape | undefined {
  const axes =
    given.named.get("dims") ??
    given.named.get("axes") ??
    given.named.get("perm") ??
    given.positional[layer.isFunction ? 1 : 0];
  if (!shape || axes?.type !== "list") return shape?.map(() => undefined);
  const order = axes.items.map(numberIn);
  // Keras counts axes from 1, without the batch.
  const all = layer.isFunction || layer.framework === "pytorch" ? order : [0, ...order];
  return all.map((from) => (from === undefined ? undefined : shape.at(from)));
}

function tensorsIn(value: Value, given: Arguments, layer: LayerSpelling): readonly Tensor[] {
  const all = layer.isFunction ? [...given.positional, ...given.named.values()] : [value];
  return all
    .flatMap((one) => (one.type === "list" ? one.items : [one]))
    .filter((one): one is Tensor => one.type === "tensor");
}

/** The sum of tensors: a skip connection, where one is computed from what the other began with. */
export function added(tensors: readonly Tensor[], run: Interpreter): Tensor {
  const [first, ...others] = tensors;
  if (!first) return tensor();
  let sum = first;
  for (const other of others) {
    for (const draft of endsOfBlock(sum, other))
      if (!draft.residual) run.memory.assign(draft, "residual", true);
    const state = merged([sum, other]);
    sum = tensor(
      sum.shape && other.shape ? wider(sum.shape, other.shape) : (sum.shape ?? other.shape),
      state,
    );
  }
  return sum;
}

/** Sizes behind broadcasting: a size of 1 gives way, one that is not known is the other's. */
const wider = (a: Shape, b: Shape): Shape =>
  a.length !== b.length
    ? a.length > b.length
      ? a
      : b
    : a.map((size, axis) => (size === undefined || size === 1 ? b[axis] : size));

/** Whether something in a list is no tensor that is known. */
const hasUnknown = (value: Value): boolean =>
  value.type === "list" && (!value.complete || value.items.some(({ type }) => type !== "tensor"));

function concatenated(tensors: readonly Tensor[], from: Given, isOpen: boolean): Tensor {
  const [first] = tensors;
  if (!first) return tensor();
  const state = merged(tensors);
  const { shape } = first;
  if (!shape || tensors.some((one) => !one.shape || one.shape.length !== shape.length))
    return tensor(undefined, state);
  const written = argument(from, "axis");
  const along = written ? numberIn(written) : (usual(from, "axis") ?? -1);
  if (along === undefined)
    return tensor(
      shape.map(() => undefined),
      state,
    );
  const at = along < 0 ? shape.length + along : along;
  const sizes = tensors.map((one) => one.shape?.[at]);
  const total =
    isOpen || sizes.includes(undefined) ? undefined : (sizes as number[]).reduce((a, b) => a + b, 0);
  return tensor(
    shape.map((size, place) => (place === at ? total : size)),
    state,
  );
}

/** `Rescaling(1 / 255)` brings images to 0..1, with an offset of -1 around 0. */
function rescaled(input: Tensor, { given }: Given, node: Expression): Tensor {
  const offset = numberIn(given.named.get("offset") ?? given.positional[1]) ?? 0;
  const scale = offset < 0 ? "standardised" : "unit";
  return tensor(input.shape, fresh([input], { kind: input.state.data?.kind, scale, span: node }));
}

/** A functional model as a layer of another one: its layers were written down when it was made. */
function modelOutput(module: Module, input: Tensor): Value {
  const outputs = module.graph?.outputs;
  const one = (value: Value): Value => {
    if (value.type === "list") return list(value.items.map(one), value.form);
    if (value.type !== "tensor") return value;
    return tensor(value.shape, { ...value.state, from: [value.state, input.state] });
  };
  return outputs && !isNone(outputs) ? one(outputs) : tensor();
}
