/** Modules inside modules: what `modules()`, `children()` and `parameters()` run through. */

import { callMethodOf } from "../../frameworks/index.ts";
import type { Instance, Module, Parameter, Value } from "../interpreter/values.ts";

/** More modules than any network that is written by hand. */
const MOST_MODULES = 5000;

export type Family = Module | Instance;

export const isFamily = (value: Value | undefined): value is Family =>
  value?.type === "module" || (value?.type === "instance" && isModel(value));

/** Whether its class is derived from a framework's module. */
export const isModel = ({ of, base }: Instance): boolean =>
  base !== undefined ||
  of.foreignBases.some((symbol) => callMethodOf(symbol) !== undefined) ||
  of.namespace.variables.has("forward");

/** Children by name, as PyTorch registers them. */
export function childrenOf(parent: Value): readonly (readonly [string, Family])[] {
  const entries: [string, Value][] =
    parent.type === "module"
      ? parent.layer?.symbol === "flax.linen.Sequential"
        ? [...parent.children].map(([key, child]) => [`layers_${key}`, child])
        : [...parent.children]
      : parent.type === "instance"
        ? [...(parent.base?.children ?? []), ...parent.attributes].flatMap((entry) => listed(parent, entry))
        : [];
  return entries.flatMap(([name, value]) => (isFamily(value) ? [[name, value] as const] : []));
}

/** Flax and Equinox find layers in lists: linen calls them `layers_0`, the others `layers.0`. */
function listed({ of }: Instance, [name, value]: [string, Value]): [string, Value][] {
  if (value.type !== "list") return [[name, value]];
  const bases = of.foreignBases;
  const sign = bases.some((base) => base.startsWith("flax.linen."))
    ? "_"
    : bases.some((base) => /^(?:flax|equinox)\./.test(base))
      ? "."
      : undefined;
  return sign === undefined ? [] : value.items.map((item, index) => [`${name}${sign}${index}`, item]);
}

/** A module and all in it, each once, parents first; names are paths. */
export function familyOf(start: Family): readonly (readonly [string, Family])[] {
  const found: (readonly [string, Family])[] = [];
  const seen = new Set<Family>();
  const visit = (name: string, one: Family): void => {
    if (seen.has(one) || found.length > MOST_MODULES) return;
    seen.add(one);
    found.push([name, one]);
    for (const [key, child] of childrenOf(one)) visit(name === "" ? key : `${name}.${key}`, child);
  };
  visit("", start);
  return found;
}

/** Weights and biases of the layers of a family. */
export function parametersOf(start: Family): readonly Parameter[] {
  return familyOf(start).flatMap(([name, one]): readonly Parameter[] => {
    if (one.type !== "module" || !one.layer) return [];
    if (!/^(?:dense|conv|transposed-conv|depthwise-conv|separable-conv|.*norm)$/.test(one.layer.role))
      return [];
    const prefix = name === "" ? "" : `${name}.`;
    return [
      { type: "parameter", module: one, which: "weight", name: `${prefix}weight` },
      { type: "parameter", module: one, which: "bias", name: `${prefix}bias` },
    ];
  });
}
