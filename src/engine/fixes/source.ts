/** What rules and the editor may ask of the code: they know networks only, this knows the syntax. */
import type { FoundSite } from "../detect.ts";
import type { Change, Fix, FixSource, Site, Span } from "../model.ts";
import type { Unit } from "../units.ts";
import { activationChanges } from "./activationChanges.ts";
import type { Asked, Made, Makers } from "./change.ts";
import type { CodeIndex } from "./codeIndex.ts";
import { settingChanges } from "./settingChanges.ts";
import { lossTakes } from "./trainingFixes.ts";

/** Where there is nothing that could be changed. */
export const NO_FIXES: FixSource = { fix: () => undefined, lossTakes: () => undefined };

const MAKERS: Makers<Change["kind"]> = { ...activationChanges, ...settingChanges };

/** @param sites every site with what was found of it, those that are not written included */
export function fixSource(
  unit: Unit,
  sites: readonly { readonly site: Site; readonly found: FoundSite }[],
  index: () => CodeIndex,
): FixSource {
  const foundOf = (site: Site): FoundSite | undefined => sites.find((one) => one.site === site)?.found;
  const foundAt = ({ from, to }: Span): FoundSite | undefined =>
    sites.find(({ site: { span } }) => span.from === from && span.to === to)?.found;
  return {
    fix(network, change): Fix | undefined {
      const make = MAKERS[change.kind] as (change: Change, asked: Asked) => Made | undefined;
      const made = make(change, { network, unit, index: index(), foundOf, foundAt });
      if (!made?.edits || made.edits.length === 0) return undefined;
      const { title, edits, note } = made;
      return {
        title,
        kind: change.kind,
        edits,
        applicability: "changes-training",
        ...(note ? { note } : {}),
      };
    },
    lossTakes: (network) => lossTakes(network, unit),
  };
}
