/** Strings in the place of functions: `Dense(10, "relu")`. */
import { frameworkOf, spellingsNamed } from "../frameworks/index.ts";
import type { FrameworkId } from "../model.ts";
import type { Resolved } from "../syntax/names.ts";
import { classOf } from "../syntax/names.ts";
import type { Binding, Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call, type Expression, type StringLiteral } from "../syntax/tree.ts";
import type { Place } from "../syntax/walk.ts";
import { meaningOf, stringsIn } from "./meaning.ts";
import { optionOf } from "./options.ts";
import { certaintyOf, type Detection } from "./site.ts";

/** Names under which layers of any origin take the name of an activation. */
const ACTIVATION_NAME =
  /^(?:\w+_)?(?:activation|act)(?:_(?:fn|func|function|layer|type|name))?$|^nonlinearity$/;

/** Initialisers are told an activation to choose their gain; that configures no activation. */
const INITIALISER = /kaiming|xavier|calculate_gain|init/i;

/** `Dense(10, "relu")`: the callee is known to take an activation there. */
export function stringArguments(call: Call, resolved: Resolved, scope: Scope, { report }: Detection): void {
  const framework = frameworkOf(resolved.symbol);
  if (!framework) return;
  for (const [name, position] of Object.entries(framework.activationArguments[resolved.symbol] ?? {})) {
    const value = argumentOf(call, name, position)?.value ?? optionOf(call, name, scope);
    if (!value) continue;
    for (const node of stringsIn(value)) {
      const spelling = meaningOf(node, framework.id);
      if (!spelling) continue;
      // A layer may be given the numbers of its activation beside its name.
      const given = call.arguments.filter((own) =>
        spelling.parameters.some((known) => known.name === own.name),
      );
      report({ spelling, kind: "string_arg", node, certainty: certaintyOf(resolved), scope, call, given });
    }
    keptString(value, framework.id, resolved, scope, report);
  }
}

/** `ACT = "relu"`, later `Dense(10, ACT)`: the site is where the name is written. */
function keptString(
  value: Expression,
  framework: FrameworkId,
  resolved: Resolved,
  scope: Scope,
  report: Detection["report"],
): void {
  const [only, ...others] = bindingsOf(value, scope) ?? [];
  if (!only || others.length > 0) return;
  const text =
    only.kind === "value" ? only.value : only.kind === "parameter" ? only.parameter.default : undefined;
  if (text?.type !== "string") return;
  const spelling = meaningOf(text, framework);
  // A caller may pass something else than a parameter's default.
  const certainty = only.kind === "value" ? certaintyOf(resolved) : "likely";
  if (spelling) report({ spelling, kind: "string_arg", node: text, certainty, scope });
}

function bindingsOf(value: Expression, scope: Scope): readonly Binding[] | undefined {
  if (value.type === "name") return scope.lookup(value.name);
  return value.type === "attribute" ? classOf(value.object, scope)?.attribute(value.name) : undefined;
}

/**
 * `conv_block(x, activation="relu")`, `{"activation": "relu"}`, `def block(x, activation="relu")`: plausible, but what
 * is done with it is not known.
 */
export function likelyString(node: StringLiteral, place: Place, { unit, usual, report }: Detection): void {
  const { call, label, role, scope } = place;
  if (role !== "value" || label === undefined || !ACTIVATION_NAME.test(label)) return;
  // Without a call it may as well be meant for an initialiser.
  if (!call && label === "nonlinearity") return;
  if (call) {
    const resolved = unit.names.resolve(call.callee, scope);
    const known =
      resolved &&
      (spellingsNamed(resolved.symbol).length > 0 ||
        frameworkOf(resolved.symbol)?.activationArguments[resolved.symbol]);
    if (known || (resolved && INITIALISER.test(resolved.symbol)) || isInitialiser(call)) return;
  }
  const spelling = meaningOf(node, usual);
  if (spelling) {
    const kind = call ? "string_arg" : "config_value";
    report({ spelling, kind, node, certainty: "likely", scope, ...(call ? { call } : {}) });
  }
}

function isInitialiser({ callee }: Call): boolean {
  return INITIALISER.test(callee.type === "attribute" || callee.type === "name" ? callee.name : "");
}
