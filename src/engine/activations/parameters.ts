import type { ActivationParameter, ParameterValues } from "../model.ts";

/** The value given for a parameter, or its default: so that `f(x, {})` is the function as usually written. */
export function numberOf(parameter: ActivationParameter, values: ParameterValues): number {
  return values[parameter.name] ?? parameter.default;
}
