/** Parts of networks that are certain where no network can be read: what rules look at beside the networks. */
import type { Network } from "../model.ts";
import type { Unit } from "../units.ts";
import { type Known, outputs } from "./outputs.ts";
import { parameters } from "./parameters.ts";

/** @param networks those that were read: what is a layer of theirs is not told of twice */
export function partsOf(
  unit: Unit,
  sites: readonly Known[],
  networks: readonly Network[],
): readonly Network[] {
  const read = new Set(
    networks.flatMap(({ layers }) => layers.flatMap(({ site }) => (site ? [site.span.from] : []))),
  );
  return [...outputs(unit, sites), ...parameters(unit, sites)].filter(
    ({ layers }) => !layers.some(({ site }) => site && read.has(site.span.from)),
  );
}
