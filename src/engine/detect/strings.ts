/** Strings in the place of functions: `Dense(10, "relu")`. */
import { frameworkOf } from "../frameworks/index.ts";
import type { Resolved } from "../syntax/names.ts";
import type { Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call } from "../syntax/tree.ts";
import { meaningOf, stringsIn } from "./meaning.ts";
import { certaintyOf, type Detection } from "./site.ts";

/** Keywords by which layers of any origin take the name of an activation. */
const ACTIVATION_KEYWORD =
  /^(?:\w+_)?(?:activation|act)(?:_(?:fn|func|function|layer|type|name))?$|^nonlinearity$/;

/** Initialisers are told an activation to choose their gain; that configures no activation. */
const INITIALISER = /kaiming|xavier|calculate_gain|init/i;

/** `Dense(10, "relu")`: the callee is known to take an activation there. */
export function stringArguments(call: Call, resolved: Resolved, scope: Scope, { report }: Detection): void {
  const framework = frameworkOf(resolved.symbol);
  if (!framework) return;
  for (const [name, position] of Object.entries(framework.activationArguments[resolved.symbol] ?? {})) {
    const value = argumentOf(call, name, position)?.value;
    for (const node of value ? stringsIn(value) : []) {
      const spelling = meaningOf(node, framework.id);
      if (spelling)
        report({ spelling, kind: "string_arg", node, certainty: certaintyOf(resolved), scope, call });
    }
  }
}

/** `conv_block(x, activation="relu")`: plausible, but what conv_block does with it is not known. */
export function likelyStrings(
  call: Call,
  resolved: Resolved | undefined,
  scope: Scope,
  { usual, report }: Detection,
): void {
  const known = resolved && frameworkOf(resolved.symbol)?.activationArguments[resolved.symbol];
  if (known || (resolved && INITIALISER.test(resolved.symbol)) || isInitialiser(call)) return;
  for (const argument of call.arguments) {
    if (argument.name === undefined || !ACTIVATION_KEYWORD.test(argument.name)) continue;
    for (const node of stringsIn(argument.value)) {
      const spelling = meaningOf(node, usual);
      if (spelling) report({ spelling, kind: "string_arg", node, certainty: "likely", scope, call });
    }
  }
}

function isInitialiser({ callee }: Call): boolean {
  return INITIALISER.test(callee.type === "attribute" || callee.type === "name" ? callee.name : "");
}
