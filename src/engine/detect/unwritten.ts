/** Activations that a layer has although none is written: the tanh of `LSTM(32)`, the ReLU of `MLPClassifier()`. */
import { frameworkOf, wordOf } from "../frameworks/index.ts";
import type { FrameworkId } from "../model.ts";
import type { Resolved } from "../syntax/names.ts";
import type { Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call, type Expression } from "../syntax/tree.ts";
import { meantBy } from "./meaning.ts";
import { certaintyOf, type Detection } from "./site.ts";

/** slim's arg_scope sets other defaults. */
const OTHER_DEFAULTS = /\barg_scope\b/;

export function unwritten(call: Call, resolved: Resolved, scope: Scope, { unit, report }: Detection): void {
  const framework = frameworkOf(resolved.symbol);
  const defaults = framework?.unwritten?.[resolved.symbol];
  if (!framework || !defaults || resolved.via === "parameter") return;
  if (call.arguments.some(({ spread }) => spread)) return;
  if (framework.id === "tensorflow" && OTHER_DEFAULTS.test(unit.text)) return;
  for (const [name, value] of Object.entries(defaults)) {
    const position = framework.activationArguments[resolved.symbol]?.[name];
    const spelling = argumentOf(call, name, position) ? undefined : spellingOf(value, framework.id);
    if (!spelling) continue;
    report({
      spelling: { ...spelling, framework: framework.id },
      kind: /^[A-Z]/.test(resolved.symbol.slice(resolved.symbol.lastIndexOf(".") + 1))
        ? "class_call"
        : "func_call",
      node: nameOf(call.callee),
      certainty: certaintyOf(resolved),
      scope,
      call,
      isDefault: true,
    });
  }
}

const spellingOf = (value: string, framework: FrameworkId) =>
  value.includes(".") ? meantBy(value, []) : wordOf(framework, "string", value);

/** The name alone: `LSTM` of `layers.LSTM`. */
function nameOf(callee: Expression): Expression {
  if (callee.type !== "attribute") return callee;
  return { type: "name", name: callee.name, ...callee.nameSpan };
}
