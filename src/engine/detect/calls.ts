/** Calls: `nn.ReLU()`, `F.relu(x)`, `getattr(nn, "ReLU")`, `x.relu()`. */
import { canonicalSymbol, wordOf } from "../frameworks/index.ts";
import type { Resolved } from "../syntax/names.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Call } from "../syntax/tree.ts";
import { meantBy } from "./meaning.ts";
import { certaintyOf, type Detection, roadTo } from "./site.ts";

/** Reports a call of a known activation; says whether it was one. */
export function symbolCall(call: Call, resolved: Resolved, scope: Scope, { report }: Detection): boolean {
  const spelling = meantBy(resolved.symbol, call.arguments);
  if (!spelling || resolved.via === "parameter") return false;
  report({
    spelling,
    kind: spelling.form === "layer" ? "class_call" : "func_call",
    node: call,
    certainty: certaintyOf(resolved),
    scope,
    call,
    given: call.arguments,
    via: roadTo(call.callee, resolved),
  });
  return true;
}

/** `getattr(nn, "ReLU")`. */
export function lookupCall(call: Call, scope: Scope, { unit, report }: Detection): void {
  if (call.callee.type !== "name" || call.callee.name !== "getattr") return;
  const [owner, name] = call.arguments;
  const resolved = owner && unit.names.resolve(owner.value, scope);
  if (!resolved || name?.value.type !== "string" || name.value.value === undefined) return;
  const spelling = meantBy(canonicalSymbol(`${resolved.written}.${name.value.value}`), []);
  if (spelling)
    report({ spelling, kind: "lookup", node: call, certainty: certaintyOf(resolved), scope, call });
}

/** `x.relu()` on a tensor: nothing proves that x is one, so these stay likely. */
export function methodCall(call: Call, scope: Scope, { unit, usual, report }: Detection): void {
  const { callee } = call;
  if (callee.type !== "attribute" || callee.object.type === "string") return;
  if (callee.object.type === "name" && /^(?:self|cls|super)$/.test(callee.object.name)) return;
  const spelling = wordOf(usual, "method", callee.name);
  if (!spelling || call.arguments.length > spelling.parameters.length) return;
  if (unit.names.resolve(callee.object, scope)) return;
  report({
    spelling,
    kind: "method_call",
    node: call,
    certainty: "likely",
    scope,
    call,
    given: call.arguments,
  });
}
