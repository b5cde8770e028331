/** Analyses with other parts. Pure. */
import type { Analysis } from "../engine/index.ts";

/** A copy that asks for nothing that is made when it is asked for: networks and findings, also of those given here. */
export function withParts(analysis: Analysis, parts: Partial<Analysis>): Analysis {
  return Object.defineProperties({} as Analysis, {
    ...Object.getOwnPropertyDescriptors(analysis),
    ...Object.getOwnPropertyDescriptors(parts),
  });
}
