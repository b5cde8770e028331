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

/** Longest chain of names and calls that is followed, and most values of a name that are looked at. */
const LONGEST_CHAIN = 24;
const MOST_VALUES = 60;

type Values = readonly Binding[];

/** What has been found out about names for one question; each name is asked once. */
interface Inquiry {
  readonly names: Names;
  readonly answers: Map<Values, true | undefined>;
  /** Names that are being asked: a value that depends on one says nothing of its own. */
  readonly open: Set<Values>;
}

export function isTorchTensor(node: Expression, scope: Scope, names: Names): boolean {
  return isProved(node, scope, { names, answers: new Map(), open: new Set() }, 0);
}

function isProved(node: Expression, scope: Scope, inquiry: Inquiry, depth: number): boolean {
  if (depth > LONGEST_CHAIN) return false;
  const inner = (part: Expression): boolean => isProved(part, scope, inquiry, depth + 1);
  switch (node.type) {
    case "call":
      return isProvedCall(node, scope, inquiry, depth);
    case "binary":
      return /^(?:[-+*/@%]|\*\*|\/\/)$/.test(node.operator) && (inner(node.left) || inner(node.right));
    case "unary":
      return node.operator === "-" && inner(node.operand);
    case "subscript":
      return inner(node.object);
    case "attribute":
      return /^(?:T|mT|data|grad)$/.test(node.name) && inner(node.object);
    case "name":
      return isProvedName(scope.lookup(node.name), inquiry, depth);
    default:
      return false;
  }
}

/** A name is a tensor if one of its values is proved to be one, and no other may be something else. */
function isProvedName(values: Values | undefined, inquiry: Inquiry, depth: number): boolean {
  const { answers, open } = inquiry;
  if (!values || values.length > MOST_VALUES || open.has(values)) return false;
  if (answers.has(values)) return answers.get(values) === true;
  open.add(values);
  const kinds = values.map((value) => kindOf(value, inquiry, depth));
  open.delete(values);
  const answer = kinds.includes("tensor") && !kinds.includes("other") ? true : undefined;
  answers.set(values, answer);
  return answer === true;
}

function kindOf(binding: Binding, inquiry: Inquiry, depth: number): "tensor" | "other" | "unknown" {
  if (binding.kind === "parameter") {
    const { annotation } = binding.parameter;
    const type = annotation && inquiry.names.resolve(annotation, binding.scope);
    if (!type) return "unknown";
    return type.symbol === "torch.Tensor" ? "tensor" : "other";
  }
  if (binding.kind !== "value") return "other";
  if (isProved(binding.value, binding.scope, inquiry, depth + 1)) return "tensor";
  return dependsOn(binding.value, inquiry.open, binding.scope) ? "unknown" : "other";
}

/** `x = x.view(...)`: what it is depends on the name itself. */
function dependsOn(node: Expression, open: ReadonlySet<Values>, scope: Scope): boolean {
  let inner = node;
  for (;;) {
    if (inner.type === "call") inner = inner.callee;
    else if (inner.type === "attribute" || inner.type === "subscript") inner = inner.object;
    else return inner.type === "name" && open.has(scope.lookup(inner.name) ?? []);
  }
}

function isProvedCall({ callee }: Call, scope: Scope, inquiry: Inquiry, depth: number): boolean {
  const { names } = inquiry;
  const resolved = names.resolve(callee, scope);
  if (resolved) return isCertain(resolved) && MAKES_TENSOR.test(resolved.symbol);
  if (callee.type === "call") return isModule(callee, scope, names);
  if (callee.type !== "attribute") return false;
  if (callee.object.type === "name" && callee.object.name === "self") {
    const members = scope.enclosingClass?.attribute(callee.name) ?? [];
    return (
      members.length > 0 &&
      members.every((member) => member.kind === "value" && isModule(member.value, member.scope, names))
    );
  }
  return !LEAVES_TENSOR.test(callee.name) && isProved(callee.object, scope, inquiry, depth + 1);
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
