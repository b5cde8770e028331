/** A change asked for once more of the program that it made: nothing is left to do. */
import {
  type Change,
  inspect,
  type Layer,
  type Network,
  type Site,
  type SourceFile,
} from "../../../src/engine/index.ts";
import { applied } from "./apply.ts";
import type { Made } from "./asking.ts";

/** What a second time would change, in words; empty: nothing. */
export function againProblems(made: Made, file: SourceFile, networks: readonly Network[]): readonly string[] {
  const { analysis, fixes } = inspect(file);
  const index = networks.indexOf(made.network);
  const network = analysis.networks[index];
  if (!network || network.layers.length !== made.network.layers.length)
    return ["after it the network is not read any more"];
  const change = sameChange(made.change, made.network, network);
  const fix = change && fixes.fix(network, change);
  if (!fix || applied(file.text, fix) === file.text) return [];
  return [`a second time it changes ${fix.edits.map(({ text }) => JSON.stringify(text)).join(", ")}`];
}

/** The same of the same layers; undefined where there is nothing left that it could be about. */
function sameChange(change: Change, was: Network, is: Network): Change | undefined {
  const layerOf = (layer: Layer): readonly Layer[] => {
    const same = is.layers[was.layers.indexOf(layer)];
    return same ? [same] : [];
  };
  const sitesOf = (sites: readonly Site[]): readonly Site[] => [
    ...new Set(
      was.layers.flatMap(({ site }, index) =>
        site && sites.includes(site) ? (is.layers[index]?.site ?? []) : [],
      ),
    ),
  ];
  if ("sites" in change) {
    const sites = sitesOf(change.sites);
    return sites.length > 0 ? { ...change, sites } : undefined;
  }
  if ("site" in change) {
    const [site] = sitesOf([change.site]);
    return site && { ...change, site };
  }
  if ("layers" in change) return { ...change, layers: change.layers.flatMap(layerOf) };
  if ("layer" in change) {
    const [layer] = layerOf(change.layer);
    return layer && { ...change, layer };
  }
  return change;
}
