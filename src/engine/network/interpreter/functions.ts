/** Functions where they are defined: their defaults are evaluated then. */
import type { Interpreter } from "./interpreter.ts";
import type { Environment } from "./memory.ts";
import type { FunctionValue, Value } from "./values.ts";

export function functionOf(
  definition: FunctionValue["definition"],
  env: Environment,
  run: Interpreter,
  owner?: FunctionValue["owner"],
): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of definition.parameters)
    if (parameter.default) defaults.set(parameter.name, run.evaluate(parameter.default, env));
  return { type: "function", definition, env, defaults, ...(owner ? { owner } : {}) };
}
