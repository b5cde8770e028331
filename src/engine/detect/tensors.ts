/** Whether an expression is proved to be one of TensorFlow.js's tensors, so that its `.relu()` is certain to be one. */
import { parameterByArgument } from "../activations/catalogue.ts";
import type { Spelling } from "../frameworks/index.ts";
import { numberOf } from "../syntax/constants.ts";
import { isCertain } from "../syntax/names.ts";
import type { Binding, Scope } from "../syntax/scopes.ts";
import type { Call, Expression } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";

/** Longest chain of calls that is followed. */
const LONGEST_CHAIN = 60;

/** Functions that give a tensor: all in lower case below `tf` and its modules of operations. */
const OPERATION = /^tf\.(?:(?:image|signal|linalg|spectral|fused|browser)\.)?[a-z]\w*$/;

/** Methods of a tensor that give back something else. */
const LEAVES_TENSOR = /^(?:data|array|bytes|buffer|dataSync|arraySync|bufferSync|print|toString|dispose)$/;

export function isTensor(
  node: Expression,
  scope: Scope,
  unit: Unit,
  seen: Set<Binding> = new Set(),
  depth = 0,
): boolean {
  if (depth > LONGEST_CHAIN) return false;
  if (node.type === "call") {
    const resolved = unit.names.resolve(node.callee, scope);
    if (resolved) return isCertain(resolved) && OPERATION.test(resolved.symbol);
    if (node.callee.type !== "attribute" || LEAVES_TENSOR.test(node.callee.name)) return false;
    return isTensor(node.callee.object, scope, unit, seen, depth + 1);
  }
  if (node.type !== "name") return false;
  const bindings = scope.lookup(node.name) ?? [];
  return bindings.length > 0 && bindings.every((binding) => isTensorBinding(binding, unit, seen, depth));
}

function isTensorBinding(binding: Binding, unit: Unit, seen: Set<Binding>, depth: number): boolean {
  // `x = x.add(1)` is one if its other values are. Everything asked must hold, so one set serves the whole question.
  if (seen.has(binding)) return true;
  seen.add(binding);
  if (binding.kind === "value") return isTensor(binding.value, binding.scope, unit, seen, depth + 1);
  if (binding.kind !== "parameter" || !binding.parameter.annotation) return false;
  const type = unit.names.resolve(binding.parameter.annotation, binding.scope);
  return type !== undefined && isCertain(type) && /^tf\.Tensor(?:[0-6]D)?$/.test(type.symbol);
}

/** A method of tensors whose name many other objects have as well: games, optimisers, animations. */
const COMMON_METHOD = "step";

/** Whether a method of an unknown object may be that of a tensor: `x.softmax(-1)`, but not `helper.softmax(x)`. */
export function mayBeTensors(
  call: Call,
  { symbol, activation, parameters }: Spelling,
  scope: Scope,
): boolean {
  if (symbol === COMMON_METHOD) return false;
  return call.arguments.every(({ value }, index) => {
    const shapes = parameterByArgument(activation, parameters[index]?.name ?? "") !== undefined;
    return shapes || numberOf(value, scope) !== undefined;
  });
}
