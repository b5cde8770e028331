/** Calls: `nn.ReLU()`, `F.relu(x)`, `x.relu()`. */
import { wordOf } from "../frameworks/index.ts";
import type { Resolved } from "../syntax/names.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Argument, Call } from "../syntax/tree.ts";
import { meantBy } from "./meaning.ts";
import { certaintyOf, type Detection, roadTo } from "./site.ts";
import { isTensor, mayBeTensors } from "./tensors.ts";
import { isTorchTensor } from "./torchTensors.ts";

/** Reports a call of a known activation; says whether it was one. */
export function symbolCall(call: Call, resolved: Resolved, scope: Scope, { report }: Detection): boolean {
  const spelling = meantBy(resolved.symbol, call.arguments);
  if (!spelling || resolved.via === "parameter") return false;
  // Caffe's layers are made like objects of classes, though they take their input like functions.
  const isClass = spelling.form === "layer" || /^[A-Z]/.test(lastPart(spelling.symbol));
  report({
    spelling,
    kind: isClass ? "class_call" : "func_call",
    node: call,
    certainty: certaintyOf(resolved),
    scope,
    call,
    given: spelling.framework === "caffe" ? call.arguments.flatMap(opened) : call.arguments,
    via: roadTo(call.callee, resolved),
  });
  return true;
}

const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);

/** Caffe takes a layer's numbers by name, or together: `relu_param=dict(negative_slope=0.1)`. */
function opened(argument: Argument): readonly Argument[] {
  const { name, value } = argument;
  const isGroup = name?.endsWith("_param") && value.type === "call" && value.callee.type === "name";
  return isGroup && value.callee.name === "dict" ? value.arguments : [argument];
}

/** `x.relu()`: certain where x is proved to be a tensor. */
export function methodCall(call: Call, scope: Scope, { unit, usual, report }: Detection): void {
  const { callee } = call;
  if (callee.type !== "attribute" || callee.object.type === "string") return;
  if (callee.object.type === "name" && /^(?:self|cls|super)$/.test(callee.object.name)) return;
  const spelling = wordOf(usual, "method", callee.name);
  if (!spelling || call.arguments.length > spelling.parameters.length) return;
  const owner = unit.names.resolve(callee.object, scope);
  if (owner && owner.via !== "convention") return;
  const isProved =
    usual === "tfjs" ? isTensor(callee.object, scope, unit) : isTorchTensor(callee.object, scope, unit.names);
  if (usual === "tfjs" && !isProved && !mayBeTensors(call, spelling, scope)) return;
  report({
    spelling,
    kind: "method_call",
    node: call,
    // JavaScript's chains run over many lines; this is the link that is meant.
    ...(usual === "tfjs" ? { span: { from: callee.nameSpan.from, to: call.to } } : {}),
    certainty: isProved ? "certain" : "likely",
    scope,
    call,
    given: call.arguments,
  });
}
