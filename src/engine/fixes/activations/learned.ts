/** PReLU in the place of a function: its parameter needs a module to live in. */
import type { FoundSite } from "../../detect.ts";
import { type Spelling, spellingsOf } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import { insert, replace } from "../edits.ts";
import { refer } from "../names/refer.ts";
import { takesByPlace } from "../newModules.ts";
import { freeAttribute, homeOf, innermost } from "./initMethod.ts";
import { splitLayer } from "./kerasSplit.ts";
import { type Around, NO_NAME, OPEN_CALL, type Written } from "./proposal.ts";
import { removal } from "./rewriteCall.ts";
import { ownerOf, rewriteReference } from "./switchReferences.ts";
import { wrapped } from "./switchSite.ts";
import { to } from "./target.ts";

const NO_HOME = { reason: "it learns its slope, and there is no module here that could keep it" };
const UNKNOWN_ARGUMENTS = { reason: "its arguments are not those of its documentation" };

export function learned(found: FoundSite, around: Around): Written {
  const { site, call, spelling } = found;
  if (site.kind === "reference" && call && ownerOf(found, around)?.startsWith("keras.layers."))
    return splitLayer(found, call, around);
  const module = spelling.symbol.slice(0, spelling.symbol.lastIndexOf("."));
  const layers = spellingsOf("prelu", site.framework, "layer");
  const layer = layers.find(({ symbol }) => symbol.startsWith(`${module}.`)) ?? layers[0];
  if (!layer) return NO_HOME;
  if (site.kind === "reference") return rewriteReference(found, to("prelu"), layer, around);
  if (site.kind === "partial" || !call) return NO_HOME;
  if (!call.closed) return OPEN_CALL;
  const statement = around.index().statementAt(call);
  if (statement?.type === "expression" && statement.expression === call)
    return { reason: "its result is not used, as it works in place" };
  switch (layer.symbol) {
    case "torch.nn.PReLU":
      return asAttribute(found, call, layer, "pytorch", around);
    case "flax.nnx.PReLU":
      return asAttribute(found, call, layer, "nnx", around);
    case "flax.linen.PReLU":
      return inCompact(found, call, layer, around);
    default:
      return NO_HOME;
  }
}

/** `F.relu(x)` -> `self.prelu(x)`, made in `__init__`: each place gets a slope of its own. */
function asAttribute(
  { site, spelling, scope }: FoundSite,
  call: Call,
  layer: Spelling,
  kind: "pytorch" | "nnx",
  { unit, taken }: Around,
): Written {
  const home = homeOf(call, scope, kind, unit);
  if (!home) return NO_HOME;
  if (takesByPlace(unit.text)) return { reason: "this file takes the parts of a module by their places" };
  const name = refer(layer.symbol, site.kind === "method_call" ? undefined : call.callee, scope, unit);
  if (!name) return NO_NAME;
  const attribute = `${home.self}.${freeAttribute(scope.enclosingClass, taken)}`;
  const edits = applied(call, spelling, attribute, unit.text);
  if (!edits) return UNKNOWN_ARGUMENTS;
  return {
    edits: [...edits, insert(home.at, home.line(`${attribute} = ${name.text}()`))],
    imports: name.imports,
    target: layer,
  };
}

/** `nn.relu(x)` -> `nn.PReLU()(x)`, in a method where modules may be made on the way. */
function inCompact(
  { spelling, scope }: FoundSite,
  call: Call,
  layer: Spelling,
  { unit, index }: Around,
): Written {
  const isCompact = innermost(index(), call)?.decorators.some(
    (one) => unit.names.resolve(one, unit.module)?.symbol === "flax.linen.compact",
  );
  if (!isCompact) return NO_HOME;
  const name = refer(layer.symbol, call.callee, scope, unit);
  if (!name) return NO_NAME;
  const edits = applied(call, spelling, `${name.text}()`, unit.text);
  return edits ? { edits, imports: name.imports, target: layer } : UNKNOWN_ARGUMENTS;
}

/** `F.relu(x, inplace=True)` -> `self.prelu(x)`. */
function applied(call: Call, spelling: Spelling, name: string, text: string): readonly Edit[] | undefined {
  if (spelling.form === "method")
    return call.arguments.length > 0 ? undefined : wrapped(call, name, [], text);
  const [input, flag, ...others] = call.arguments;
  const usual = spelling.parameters[0]?.name;
  if (!input || input.spread || (input.name ?? usual) !== usual || others.length > 0) return undefined;
  if (flag && (flag.spread || (flag.name ?? "inplace") !== "inplace")) return undefined;
  return [
    replace(call.callee, name),
    ...(input.name === undefined ? [] : [replace({ from: input.from, to: input.value.from }, "")]),
    ...(flag ? removal(call, flag, new Set([flag]), text) : []),
  ];
}
