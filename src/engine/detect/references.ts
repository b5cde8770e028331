/** Classes and functions that are handed on, to be made or applied elsewhere: `act_layer=nn.ReLU`, `{"relu": F.relu}`. */
import { isTakenOut } from "../syntax/javascriptPatterns.ts";
import type { Expression } from "../syntax/tree.ts";
import type { Place } from "../syntax/walk.ts";
import type { Unit } from "../units.ts";
import { meantBy } from "./meaning.ts";
import { certaintyOf, type Detection, roadTo } from "./site.ts";

export function reference(node: Expression, place: Place, { unit, report }: Detection): void {
  // `const { relu } = tf` binds a name, as an import does.
  if (place.role !== "value" || (node.type === "attribute" && isTakenOut(node))) return;
  const { scope, call } = place;
  const resolved = unit.names.resolve(node, scope);
  if (!resolved) return;
  // A variable's own site is where the activation was written.
  const via = roadTo(node, resolved);
  if (via === "variable" || via === "parameter") return;
  const partial = isPartial(unit, place) ? call : undefined;
  // In partial(f, 0.2) positions are those of f's arguments.
  const given = partial?.arguments.slice(1) ?? [];
  const spelling = meantBy(resolved.symbol, given);
  // Lists of fused modules tell a tool what to look for.
  if (!spelling || spelling.symbol.startsWith("torch.ao.nn.intrinsic.")) return;
  const kind = partial ? "partial" : "reference";
  report({
    spelling,
    kind,
    node,
    certainty: certaintyOf(resolved),
    scope,
    ...(call ? { call } : {}),
    given,
  });
}

function isPartial(unit: Unit, { call, argument, scope }: Place): boolean {
  if (!call || call.arguments[0] !== argument) return false;
  return unit.names.resolve(call.callee, scope)?.symbol === "functools.partial";
}
