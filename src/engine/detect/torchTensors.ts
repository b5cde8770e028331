/** Whether an expression is proved to be one of PyTorch's tensors, so that its `.relu()` is certain to be one. */
import { isCertain, type Names } from "../syntax/names.ts";
import type { Binding, Scope } from "../syntax/scopes.ts";
import type { Call, Expression } from "../syntax/tree.ts";

/** Functions below `torch` that give back a tensor: those that make one, and those that change one. */
const MAKES_TENSOR =
  /^torch\.(?:(?:nn\.functional|special|linalg|fft)\.[a-z]\w*|(?:zeros|ones|rand|randn|randint|empty|full)(?:_like)?|tensor|as_tensor|from_numpy|arange|linspace|eye|cat|stack|matmul|mm|bmm|einsum|addmm|sum|mean|std|var|exp|log|sqrt|abs|clamp|where|pow|add|sub|mul|div|flatten|reshape|squeeze|unsqueeze|transpose|permute|relu|sigmoid|tanh|softmax)$/;

/** Modules whose result is a tuple. */
const GIVES_TUPLE = /\.(?:RNN|LSTM|GRU|LSTMCell|MultiheadAttention|AdaptiveLogSoftmaxWithLoss)$/;

/** Methods of a tensor that give back something else. */
const LEAVES_TENSOR =
  /^(?:item|size|stride|dim|ndimension|numel|nelement|numpy|tolist|split|chunk|unbind|tensor_split|storage|backward|is_\w+|type|get_device|data_ptr|element_size|nonzero|svd|qr|eig|topk|sort|kthvalue|mode|median)$/;

export function isTorchTensor(node: Expression, scope: Scope, names: Names): boolean {
  return proof(node, scope, names, new Set()) === true;
}

/** undefined: nothing is known; a name that depends on itself says nothing of its own. */
function proof(
  node: Expression,
  scope: Scope,
  names: Names,
  seen: Set<readonly Binding[]>,
): boolean | undefined {
  switch (node.type) {
    case "call":
      return ofCall(node, scope, names, seen);
    case "binary":
      return /^(?:[-+*/@%]|\*\*|\/\/)$/.test(node.operator)
        ? proof(node.left, scope, names, seen) || proof(node.right, scope, names, seen)
        : undefined;
    case "unary":
      return node.operator === "-" ? proof(node.operand, scope, names, seen) : undefined;
    case "subscript":
      return proof(node.object, scope, names, seen);
    case "attribute":
      return /^(?:T|mT|data|grad)$/.test(node.name) ? proof(node.object, scope, names, seen) : undefined;
    case "name": {
      const bindings = scope.lookup(node.name);
      if (!bindings || seen.has(bindings)) return undefined;
      seen.add(bindings);
      const proofs = bindings.map((binding) => ofBinding(binding, names, seen));
      seen.delete(bindings);
      return proofs.includes(true) && !proofs.includes(false) ? true : undefined;
    }
    default:
      return undefined;
  }
}

/** false: it may be something else. */
function ofBinding(binding: Binding, names: Names, seen: Set<readonly Binding[]>): boolean | undefined {
  if (binding.kind === "parameter") {
    const { annotation } = binding.parameter;
    const type = annotation && names.resolve(annotation, binding.scope);
    return type ? type.symbol === "torch.Tensor" : undefined;
  }
  if (binding.kind !== "value") return false;
  const found = proof(binding.value, binding.scope, names, seen);
  return found ?? (dependsOn(binding.value, seen, binding.scope) ? undefined : false);
}

/** `x = x.view(...)`, `x = layer(x)`: what it is depends on the name itself. */
function dependsOn(node: Expression, seen: Set<readonly Binding[]>, scope: Scope): boolean {
  if (node.type === "name") return seen.has(scope.lookup(node.name) ?? []);
  return node.type === "call" && node.callee.type === "attribute"
    ? dependsOn(node.callee.object, seen, scope)
    : node.type === "attribute" || node.type === "subscript"
      ? dependsOn(node.object, seen, scope)
      : false;
}

function ofCall(
  { callee }: Call,
  scope: Scope,
  names: Names,
  seen: Set<readonly Binding[]>,
): boolean | undefined {
  const resolved = names.resolve(callee, scope);
  if (resolved) return isCertain(resolved) && MAKES_TENSOR.test(resolved.symbol) ? true : undefined;
  if (callee.type === "call") return isModule(callee, scope, names) || undefined;
  if (callee.type !== "attribute") return undefined;
  if (callee.object.type === "name" && callee.object.name === "self") {
    const members = scope.enclosingClass?.attribute(callee.name);
    const areModules = members?.every(
      (member) => member.kind === "value" && isModule(member.value, member.scope, names),
    );
    return areModules || undefined;
  }
  return LEAVES_TENSOR.test(callee.name) ? undefined : proof(callee.object, scope, names, seen);
}

/** `nn.Linear(3, 4)`: applied to a tensor, it gives one. */
function isModule(node: Expression, scope: Scope, names: Names): boolean {
  const resolved = node.type === "call" ? names.resolve(node.callee, scope) : undefined;
  return (
    resolved !== undefined &&
    isCertain(resolved) &&
    /^torch\.nn\.[A-Z]\w*$/.test(resolved.symbol) &&
    !GIVES_TUPLE.test(resolved.symbol)
  );
}
