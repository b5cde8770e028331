import type { Activation, ActivationParameter, ParameterValues } from "../model.ts";
import { activations } from "./index.ts";

const byId: ReadonlyMap<string, Activation> = new Map(activations.map((entry) => [entry.id, entry]));

/** The activation of that canonical id (`leaky_relu`), if the catalogue has it. */
export function activationById(id: string): Activation | undefined {
  return byId.get(id);
}

/** Every parameter's default, with `overrides` on top; names that the activation does not have are dropped. */
export function defaultParameters(activation: Activation, overrides: ParameterValues = {}): ParameterValues {
  return Object.fromEntries(
    activation.parameters.map(({ name, default: value }) => [name, overrides[name] ?? value]),
  );
}

/** The parameter that a framework's argument sets: `alpha` and `negative_slope` are one number of Leaky ReLU. */
export function parameterByArgument(
  activation: Activation,
  argument: string,
): ActivationParameter | undefined {
  return (
    activation.parameters.find(({ name }) => name === argument) ??
    activation.parameters.find(({ aliases }) => aliases.includes(argument))
  );
}
