/** ReLU -> Leaky ReLU where the class or function is handed on: `act_layer=nn.ReLU`. */
import type { FoundSite } from "../detect.ts";
import { frameworkOf, type Spelling, spellingsOf } from "../frameworks/index.ts";
import type { Unit } from "../units.ts";
import { NO_NAME, replace, slope, type Written } from "./proposal.ts";
import { type Reference, refer, referStandard } from "./refer.ts";

/** `act_layer=nn.ReLU` -> `act_layer=partial(nn.LeakyReLU, negative_slope=0.01)`: it is called somewhere else. */
export function rewriteReference(found: FoundSite, target: Spelling, unit: Unit): Written {
  const { node, call, scope, site } = found;
  const owner = call && unit.names.resolve(call.callee, scope)?.symbol;
  if (owner?.startsWith("keras.layers.") && found.spelling.form === "function") {
    const [layer] = spellingsOf("leaky_relu", "keras", "layer");
    const name = layer && refer(layer.symbol, call?.callee, scope, unit);
    if (!layer || !name) return NO_NAME;
    // A LeakyReLU layer takes the function's place, and can still be saved.
    return { edits: [...name.imports, replace(node, `${name.text}(${slope(layer, unit)})`)], target: layer };
  }
  if (site.framework === "keras")
    return { reason: "the class or function is handed on, to be called elsewhere" };
  if (target.symbol.startsWith("jax.example_libraries.stax."))
    return { reason: "the LeakyRelu of stax has a slope of its own" };
  const name = refer(target.symbol, node, scope, unit);
  const partial: Reference | undefined =
    site.kind === "partial" && call
      ? { text: "", imports: [] }
      : referStandard("functools", "partial", scope, unit);
  if (!name || !partial) return NO_NAME;
  const written =
    partial.text === ""
      ? `${name.text}, ${slope(target, unit)}`
      : `${partial.text}(${name.text}, ${slope(target, unit)})`;
  return {
    edits: [...name.imports, ...partial.imports, replace(node, written)],
    target,
    // A framework's own layer is known to call it with the input alone.
    isPassedOn: owner === undefined || frameworkOf(owner)?.activationArguments[owner] === undefined,
  };
}
