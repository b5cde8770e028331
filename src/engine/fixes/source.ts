/** What rules and the editor may ask of the code: they know networks only, this knows the syntax. */
import type { FoundSite } from "../detect.ts";
import type { Change, Edit, Fix, FixSource, Network, Site, Span } from "../model.ts";
import type { Unit } from "../units.ts";
import { activationChanges } from "./activations/activationChanges.ts";
import type { Asked, Made, Makers } from "./change.ts";
import type { CodeIndex } from "./codeIndex.ts";
import { lossTakes } from "./lossTakes.ts";
import type { Read, SettingChange } from "./outcome.ts";
import { asFix, proof, withFailure } from "./proof.ts";
import { settingChanges } from "./settings/settingChanges.ts";

/** Where there is nothing to change. */
export const NO_FIXES: FixSource = { fix: () => undefined, lossTakes: () => undefined };

const MAKERS: Makers<Change["kind"]> = { ...activationChanges, ...settingChanges };

export interface Code {
  readonly unit: Unit;
  /** Every site with what was found of it, those that are not written included. */
  readonly sites: readonly { readonly site: Site; readonly found: FoundSite }[];
  readonly networks: () => readonly Network[];
  readonly index: () => CodeIndex;
  /** The networks after edits; undefined where the edits can't be made. */
  reread(edits: readonly Edit[]): readonly Read[] | undefined;
}

export function fixSource({ unit, sites, networks, index, reread }: Code): FixSource {
  const foundOf = (site: Site): FoundSite | undefined => sites.find((one) => one.site === site)?.found;
  const foundAt = ({ from, to }: Span): FoundSite | undefined =>
    sites.find(({ site: { span } }) => span.from === from && span.to === to)?.found;
  const make = (network: Network, change: Change): Made | undefined => {
    const maker = MAKERS[change.kind] as (change: Change, asked: Asked) => Made | undefined;
    return maker(change, { network, unit, index: index(), foundOf, foundAt });
  };
  const { proved } = proof({ networks, make, reread });
  const switched = (network: Network, change: ActivationChange): Fix | undefined => {
    const fix = asFix(change, make(network, change));
    return fix && withFailure(fix, network, withActivation(network, change));
  };
  return {
    fix: (network, change): Fix | undefined =>
      isSetting(change) ? proved(network, change) : switched(network, change),
    lossTakes: (network) => lossTakes(network, unit),
  };
}

type ActivationChange = Exclude<Change, SettingChange>;

/** The network as it is read after a switch of activations. */
function withActivation(network: Network, change: ActivationChange): Network {
  const sites = "sites" in change ? change.sites : [change.site];
  const { kind } = change;
  const activation = kind === "remove-activation" ? "linear" : kind.replace("-", "_");
  const parameters = kind === "leaky-relu" ? { negative_slope: change.slope } : {};
  return {
    ...network,
    layers: network.layers.map((layer) =>
      layer.site && sites.includes(layer.site)
        ? { ...layer, site: { ...layer.site, activation, parameters } }
        : layer,
    ),
  };
}

const isSetting = (change: Change): change is SettingChange => Object.hasOwn(settingChanges, change.kind);
