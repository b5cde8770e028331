/** What rules and the editor may ask of the code: they know networks only, this knows the syntax. */
import type { FoundSite } from "../detect.ts";
import { lazy } from "../lazy.ts";
import type { Change, Edit, Fix, FixSource, Network, Site } from "../model.ts";
import type { Unit } from "../units.ts";
import { activationChanges } from "./activationChanges.ts";
import type { Asked, Made, Makers } from "./change.ts";
import { codeIndex } from "./codeIndex.ts";
import { has, isMade, type Read, type SettingChange } from "./outcome.ts";
import { settingChanges } from "./settingChanges.ts";
import { lossTakes } from "./trainingFixes.ts";

/** Where there is no code: a configuration. */
export const NO_FIXES: FixSource = { fix: () => undefined, lossTakes: () => undefined };

const MAKERS: Makers<Change["kind"]> = { ...activationChanges, ...settingChanges };

export interface Code {
  readonly unit: Unit;
  /** Every site with what was found of it, those that are not written included. */
  readonly sites: readonly { readonly site: Site; readonly found: FoundSite }[];
  readonly networks: readonly Network[];
  /** The networks after edits; undefined where the edits can't be made. */
  reread(edits: readonly Edit[]): readonly Read[] | undefined;
}

export function fixSource({ unit, sites, networks, reread }: Code): FixSource {
  const index = lazy(() => codeIndex(unit));
  const foundOf = (site: Site): FoundSite | undefined => sites.find((one) => one.site === site)?.found;
  const known = new Map<string, Fix | undefined>();
  const make = (network: Network, change: Change): Fix | undefined => {
    const maker = MAKERS[change.kind] as (change: Change, asked: Asked) => Made | undefined;
    const made = maker(change, { network, unit, index: index(), foundOf });
    return made?.edits && made.edits.length > 0 ? asFix(change, made, made.edits) : undefined;
  };
  return {
    fix(network, change): Fix | undefined {
      if (!isSetting(change)) return make(network, change);
      const at = networks.indexOf(network);
      if (at < 0 || has(network, change)) return undefined;
      // Findings of one network ask for the same again.
      const key = keyOf(at, network, change);
      if (!known.has(key)) known.set(key, proved(make(network, change), change, at, { networks, reread }));
      return known.get(key);
    },
    lossTakes: (network) => lossTakes(network, unit),
  };
}

/** The fix, where the text after it says what was asked for and nothing else. */
function proved(
  fix: Fix | undefined,
  change: SettingChange,
  at: number,
  { networks, reread }: Pick<Code, "networks" | "reread">,
): Fix | undefined {
  const after = fix && reread(fix.edits);
  return after && isMade(change, at, networks, after) ? fix : undefined;
}

const asFix = ({ kind }: Change, { title, note }: Made, edits: readonly Edit[]): Fix => ({
  title,
  kind,
  edits,
  applicability: "changes-training",
  ...(note ? { note } : {}),
});

const isSetting = (change: Change): change is SettingChange => Object.hasOwn(settingChanges, change.kind);

function keyOf(at: number, { layers }: Network, change: SettingChange): string {
  const places = "layers" in change ? change.layers.map((layer) => layers.indexOf(layer)) : [];
  const own = "layer" in change ? [layers.indexOf(change.layer), change.units] : [];
  const number = "rate" in change ? change.rate : "norm" in change ? change.norm : 0;
  return JSON.stringify([at, change.kind, number, places, own]);
}
