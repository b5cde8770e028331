/** Analyses with other parts. Pure. */
import type { Analysis } from "../engine/index.ts";

/** A copy that does not ask for findings, which are made when they are asked for; nor does it for those given here. */
export function withParts(analysis: Analysis, parts: Partial<Analysis>): Analysis {
  return Object.defineProperties({} as Analysis, {
    ...Object.getOwnPropertyDescriptors(analysis),
    ...Object.getOwnPropertyDescriptors(parts),
  });
}
