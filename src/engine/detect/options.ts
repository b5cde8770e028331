/** Arguments that stand apart from their call: `const common = { activation: "relu" }; dense({ ...common })`. */
import type { Scope } from "../syntax/scopes.ts";
import type { Call, Expression } from "../syntax/tree.ts";

/** The value of a key in the dictionary that a call is given by its name, whole or spread among its arguments. */
export function optionOf(call: Call, name: string, scope: Scope): Expression | undefined {
  for (const { value, name: own, spread } of call.arguments) {
    if (own !== undefined || spread === "*" || value.type !== "name") continue;
    const [only, ...others] = scope.lookup(value.name) ?? [];
    if (only?.kind !== "value" || only.value.type !== "dictionary" || others.length > 0) continue;
    const entry = only.value.entries.findLast(({ key }) => key?.type === "string" && key.value === name);
    if (entry) return entry.value;
  }
  return undefined;
}
