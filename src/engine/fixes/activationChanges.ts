/** Changes of activations: another in their place, or none. */
import type { Asked, ChangeOf, Made, Makers } from "./change.ts";
import { withActivation, withoutActivation } from "./outputFixes.ts";

type OnOutput = "softmax" | "sigmoid" | "softplus";
type Kind = OnOutput | "remove-activation" | "leaky-relu" | "prelu" | "elu" | "gelu" | "silu";

export const activationChanges: Makers<Kind> = {
  "leaky-relu": () => undefined,
  prelu: () => undefined,
  elu: () => undefined,
  gelu: () => undefined,
  silu: () => undefined,
  "remove-activation": ({ site }, { unit, index, foundOf }) => {
    const found = foundOf(site);
    return found && { title: "Leave the output linear", edits: withoutActivation(found, unit, index) };
  },
  softmax: onOutput,
  sigmoid: onOutput,
  softplus: onOutput,
};

function onOutput({ kind, site }: ChangeOf<OnOutput>, { unit, foundOf }: Asked): Made | undefined {
  const found = foundOf(site);
  const title = `Use ${kind} in the place of ${site.activation}`;
  return found && { title, edits: withActivation(found, kind, unit) };
}
