/** The rewrites that each site allows. */
import { defaultParameters } from "../activations/catalogue.ts";
import type { FoundSite } from "../detect.ts";
import { lazy } from "../lazy.ts";
import type { Site } from "../model.ts";
import type { Unit } from "../units.ts";
import { leakyRelu } from "./activations/leakyRelu.ts";
import type { CodeIndex } from "./codeIndex.ts";

/** They are written when they are first looked at: most sites are only drawn or counted. */
export function withFixes(found: FoundSite, unit: Unit, index: () => CodeIndex): Site {
  const { site, spelling } = found;
  const { activation } = spelling;
  const isRelu = activation.id === "relu" && activation.shape === "elementwise";
  if (!isRelu || !activation.dies(defaultParameters(activation, site.parameters)))
    return { ...site, fixes: [] };
  const made = lazy(() => {
    const proposal = leakyRelu(found, unit, index);
    return "fix" in proposal ? { fixes: [proposal.fix] } : { fixes: [], noFix: proposal.reason };
  });
  return {
    ...site,
    get fixes() {
      return made().fixes;
    },
    get noFix() {
      return made().noFix;
    },
  };
}
