/** PyTorch's functional layers with parameters of the user's own: `F.relu(F.linear(x, self.weight))`. */
import type { Initialiser, Layer, Network, Site } from "../model.ts";
import { gainOf } from "../network/layers/torchInit.ts";
import { numberOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call, type Expression, spanOf } from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";
import type { Unit } from "../units.ts";
import { layerOf, networkOf } from "./made.ts";
import type { Known } from "./outputs.ts";

const LAYERS = /^torch\.nn\.functional\.(?:linear|conv[123]d)$/;
const HE = /^torch\.nn\.init\.kaiming_(normal|uniform)_?$/;

export function parameters(unit: Unit, sites: readonly Known[]): readonly Network[] {
  if (unit.language !== "python" || !/kaiming_/.test(unit.text) || !/\.(?:linear|conv\dd)\(/.test(unit.text))
    return [];
  const symbolOf = (node: Expression, scope: Scope): string => unit.names.resolve(node, scope)?.symbol ?? "";
  const drawn: { readonly node: Call; readonly scope: Scope; readonly name: string }[] = [];
  walk(unit.program, unit.scopes, (node, { scope }) => {
    if (node.type !== "call" || !HE.test(symbolOf(node.callee, scope))) return;
    const name = memberOf(argumentOf(node, "tensor", 0)?.value);
    if (name !== undefined) drawn.push({ node, scope, name });
  });
  return sites.flatMap(({ site, found }): readonly Network[] => {
    const { node, scope } = found;
    const input = site.kind === "func_call" && node.type === "call" ? node.arguments[0]?.value : undefined;
    if (input?.type !== "call" || !LAYERS.test(symbolOf(input.callee, scope))) return [];
    const name = memberOf(argumentOf(input, "weight", 1)?.value);
    const own = drawn.filter((one) => one.name === name && classOf(one.scope) === classOf(scope));
    const [only, ...others] = own;
    if (name === undefined || !only || others.length > 0 || !classOf(scope)) return [];
    const value = told(only.node, only.scope);
    return value ? [networkOf(spanOf(node), [layer(site, input, value, only.node)])] : [];
  });
}

const layer = (site: Site, made: Call, value: Initialiser, node: Call): Layer =>
  layerOf(site, spanOf(made), { weights: { value, span: spanOf(node) } });

const memberOf = (node: Expression | undefined): string | undefined =>
  node?.type === "attribute" && node.object.type === "name" && node.object.name === "self"
    ? node.name
    : undefined;

/** The scope of the class that a method is in. */
function classOf(scope: Scope): Scope | undefined {
  for (let one: Scope | undefined = scope; one; one = one.parent) if (one.kind === "class") return one;
  return undefined;
}

/** What the call says: He's scheme with the gain of the activation and slope that it is told. */
function told(call: Call, scope: Scope): Initialiser | undefined {
  const a = argumentOf(call, "a", 1)?.value;
  const kind = argumentOf(call, "nonlinearity", 3)?.value;
  const slope = a ? numberIn(a, scope) : 0;
  const word = kind === undefined ? "leaky_relu" : kind.type === "string" ? kind.value : undefined;
  const gain = word === undefined || slope === undefined ? undefined : gainOf(word, slope);
  return gain === undefined ? undefined : { scheme: "he_uniform", gain };
}

/** A number, or `math.sqrt(5)`. */
function numberIn(node: Expression, scope: Scope): number | undefined {
  const [inner] = node.type === "call" ? node.arguments : [];
  if (node.type === "call" && node.callee.type === "attribute" && node.callee.name === "sqrt" && inner) {
    const value = numberOf(inner.value, scope);
    return value === undefined ? undefined : Math.sqrt(value);
  }
  return numberOf(node, scope);
}
