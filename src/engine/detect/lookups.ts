/** Activations that are looked up by their name: `getattr(nn, "ReLU")`, `nn.__dict__["ReLU"]`. */
import { canonicalSymbol } from "../frameworks/index.ts";
import { constantOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Argument, Expression } from "../syntax/tree.ts";
import { meantBy } from "./meaning.ts";
import { certaintyOf, type Detection } from "./site.ts";

/** Reports an expression that is a lookup; `given` are the arguments of the call that follows at once. */
export function lookup(
  node: Expression,
  scope: Scope,
  given: readonly Argument[],
  { unit, report }: Detection,
): void {
  const parts = ownerAndName(node, scope);
  const resolved = parts && unit.names.resolve(parts.owner, scope);
  const name = parts && constantOf(parts.name, scope);
  if (!resolved || typeof name !== "string") return;
  const spelling = meantBy(canonicalSymbol(`${resolved.written}.${name}`), given);
  if (spelling) report({ spelling, kind: "lookup", node, certainty: certaintyOf(resolved), scope, given });
}

function ownerAndName(
  node: Expression,
  scope: Scope,
): { readonly owner: Expression; readonly name: Expression } | undefined {
  if (node.type === "call" && node.callee.type === "name") {
    const [owner, name] = node.arguments;
    const isGetattr = node.callee.name === "getattr" && !scope.lookup("getattr");
    return isGetattr && owner && name ? { owner: owner.value, name: name.value } : undefined;
  }
  if (node.type !== "subscript") return undefined;
  const [name] = node.indices;
  const owner = dictionaryOf(node.object);
  return owner && name ? { owner, name } : undefined;
}

/** The module of `nn.__dict__` or `vars(nn)`. */
function dictionaryOf(node: Expression): Expression | undefined {
  if (node.type === "attribute") return node.name === "__dict__" ? node.object : undefined;
  const isVars = node.type === "call" && node.callee.type === "name" && node.callee.name === "vars";
  return isVars ? node.arguments[0]?.value : undefined;
}
