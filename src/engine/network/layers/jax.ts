/** Functions of JAX, Flax and their likes that are no layers: transformations, arrays, helpers. */
import { layerOf } from "../../frameworks/index.ts";
import type { Call, FunctionDefinition } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Environment } from "../interpreter/memory.ts";
import { fresh, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  isNone,
  list,
  NO_ARGUMENTS,
  numberIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { meetsOwnWeights, modeOf, OWN_WEIGHTS_GAP, weightsOfTheirOwn } from "./flax.ts";
import { tensorMethod } from "./tensorMethods.ts";

/** Give back a function that computes the same: https://docs.jax.dev/en/latest/jax.html#automatic-differentiation */
const SAME_FUNCTION =
  /^(?:jax\.(?:jit|pmap|vmap|checkpoint|remat|named_call|custom_jvp|custom_vjp)|flax\.nnx\.(?:jit|remat|cached_partial)|flax\.linen\.(?:jit|remat|checkpoint)|flax\.jax_utils\.\w+|equinox\.filter_(?:jit|pmap|checkpoint)|haiku\.(?:without_apply_rng|experimental\.\w+)|optax\.inject_hyperparams)$/;

/** Give a function whose results are others, but which runs the one that it is made of. */
const GRADIENT =
  /^(?:jax\.(?:grad|value_and_grad|jacfwd|jacrev|linearize)|flax\.nnx\.(?:grad|value_and_grad)|equinox\.filter_(?:grad|value_and_grad))$/;

const RUNS_IT = "jax.value_and_grad.result";

/** Give back what they are given, with something written beside it. */
const SAME_VALUE =
  /^(?:flax\.linen\.with_(?:logical_)?(?:partitioning|constraint)|flax\.nnx\.with_(?:partitioning|sharding_constraint)|flax\.core\.(?:freeze|unfreeze|frozen_dict\.\w+)|flax\.nnx\.data|jax\.(?:device_put|block_until_ready|lax\.(?:with_sharding_constraint|pmean|psum))|flax\.jax_utils\.(?:replicate|unreplicate))$/;

const isCallable = (value: Value | undefined): value is Value =>
  value !== undefined && /^(?:function|bound|class|partial|method|instance|module|symbol)$/.test(value.type);

/** `jnp.mean(x, axis=1)` is `x.mean(axis=1)`. */
const AS_METHOD =
  /^jax\.numpy\.(mean|max|min|sum|amax|amin|std|var|squeeze|reshape|ravel|transpose|swapaxes|clip|expand_dims|split)$/;

export function jaxCall(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  if (!/^(?:jax|flax|equinox|haiku|optax)\./.test(symbol)) return undefined;
  const [first] = given.positional;
  if (meetsOwnWeights([...given.positional, ...given.named.values()])) {
    run.gap(node, OWN_WEIGHTS_GAP);
    return tensor(undefined, fresh());
  }
  if (symbol === RUNS_IT) {
    if (first) run.call(first, { ...given, positional: given.positional.slice(1) }, node);
    return UNKNOWN;
  }
  if (SAME_FUNCTION.test(symbol) && isCallable(first)) return first;
  if (GRADIENT.test(symbol) && isCallable(first)) {
    const own = { positional: [first], named: new Map(), complete: true, written: [] };
    return { type: "partial", callee: { type: "symbol", symbol: RUNS_IT }, given: own };
  }
  if (SAME_VALUE.test(symbol)) return first;
  if (symbol === "haiku.without_apply_rng") return first;
  if (/^flax\.linen\.(?:module\.)?merge_param$/.test(symbol)) return mergedParameter(given);
  if (/^flax\.nnx\.(?:Param|Variable|BatchStat)$/.test(symbol)) return weightsOfTheirOwn(given, node);
  const method = AS_METHOD.exec(symbol)?.[1];
  if (method !== undefined && first?.type === "tensor") return asMethod(first, method, given, node, run);
  return undefined;
}

/** `nn.merge_param("deterministic", self.deterministic, deterministic)`: the one that is given. */
function mergedParameter({ positional: [, own, later] }: Arguments): Value {
  for (const value of [later, own]) if (value && value.type === "constant" && !isNone(value)) return value;
  return modeOf("deterministic") ?? UNKNOWN;
}

function asMethod(input: Tensor, name: string, given: Arguments, node: Call, run: Interpreter): Value {
  const rest = { ...given, positional: given.positional.slice(1) };
  const own = name === "expand_dims" ? withAxis(rest) : rest;
  const sizes = own.named.get("shape") ?? own.named.get("newshape") ?? own.named.get("axes");
  return (
    tensorMethod(
      input,
      name === "expand_dims" ? "unsqueeze" : name,
      sizes ? { ...own, positional: [sizes] } : own,
      node,
      run,
    ) ?? tensor(undefined, fresh([input]))
  );
}

const withAxis = (given: Arguments): Arguments => {
  const axis = argumentOf(given, "axis", 0);
  return { ...given, positional: axis ? [axis] : [] };
};

/**
 * `DenseGeneral` with several axes or sizes: one dense layer on all of them.
 *
 * @returns what stands for it: a layer that is not estimated where it is not one on the last axis
 */
export function generalLayer(symbol: string, given: Arguments): ReturnType<typeof layerOf> {
  const layer = layerOf(symbol);
  if (!layer || !/General$/.test(symbol)) return layer;
  const axis = given.named.get("axis") ?? (layer.framework === "flax" ? undefined : given.positional[1]);
  const isLast = !axis || numberIn(axis) === -1;
  const isPlain = [...given.positional, given.named.get("features") ?? constant(0)].every(
    (value) => value.type !== "list",
  );
  return isLast && isPlain ? layer : { ...layer, role: "not-estimated" };
}

/** `hk.transform(forward).init(key, x)` runs the function on something of that shape. */
export function transformedMethod(
  receiver: Value & { type: "object" },
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const [work] = receiver.given.positional;
  if (!/^haiku\.transform/.test(receiver.symbol) || name !== "init" || !isCallable(work)) return undefined;
  run.call(work, { ...given, positional: given.positional.slice(1) }, node);
  return UNKNOWN;
}

const LIFTS = /^flax\.(?:nnx|linen)\.(?:transforms\.)?(?:scan|vmap)$/;

/** `@nnx.scan`, `@nnx.vmap`: the function is run once for each layer of a stack, or makes one. */
export function lifted(
  { decorators }: FunctionDefinition,
  env: Environment,
  run: Interpreter,
): Value | undefined {
  for (const decorator of decorators) {
    if (!/\b(?:scan|vmap)\b/.test(run.unit.text.slice(decorator.from, decorator.to))) continue;
    const made = run.evaluate(decorator, env);
    const inner = made.type === "partial" ? made.callee : made;
    const symbol = inner.type === "symbol" || inner.type === "object" ? inner.symbol : "";
    if (LIFTS.test(symbol))
      return { type: "object", symbol, given: NO_ARGUMENTS, node: decorator, attributes: new Map() };
  }
  return undefined;
}

export const isLifted = (value: Value): boolean => value.type === "object" && LIFTS.test(value.symbol);

/** `jax.lax.scan(step, carry, xs)`: its step is looked at once. */
export function scanned(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  if (symbol !== "jax.lax.scan" || run.isTracing) return undefined;
  const [step, carry] = given.positional;
  if (!isCallable(step)) return undefined;
  run.call(
    step,
    { positional: [carry ?? UNKNOWN, UNKNOWN], named: new Map(), complete: true, written: [] },
    node,
  );
  return list([UNKNOWN, UNKNOWN], "tuple");
}
