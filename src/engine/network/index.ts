/**
 * Sites -> networks: the program is run on abstract values (interpreter/), layers know what they do to a tensor
 * (layers/), and every network that was made is traced once from its input to its output.
 */
import type { FoundSite } from "../detect.ts";
import type { Network, Site } from "../model.ts";
import type { Unit } from "../units.ts";
import { describer } from "./describe.ts";
import { library } from "./layers/library.ts";
import { runProgram } from "./program.ts";
import { isTrained, rootsOf } from "./roots.ts";
import { type Trace, trace } from "./trace.ts";

export interface SiteInUnit {
  readonly site: Site;
  readonly found: FoundSite;
}

type Read = Omit<Network, "risk">;

/** Networks of one file that are read: a file of builder functions may have a hundred. */
const MOST_NETWORKS = 64;

export function readNetworks(unit: Unit, sites: readonly SiteInUnit[]): Read[] {
  const run = runProgram(unit, library);
  const found = new Map<string, Read>();
  const traced = rootsOf(run)
    .slice(0, MOST_NETWORKS)
    .map((root) => ({ root, trace: trace(root, run) }));
  const describe = describer(run, sites);
  for (const { root, trace: own } of traced) {
    if (isPartOfAnother(own, traced) && !isTrained(root, run)) continue;
    const network = describe(root, own);
    if (!network) continue;
    // Made twice alike, it is one network.
    const key = JSON.stringify([
      network.name,
      network.span,
      network.layers.map(({ fanIn, units, site }) => [fanIn, units, site?.activation]),
    ]);
    if (!found.has(key)) found.set(key, network);
  }
  return [...found.values()].sort((a, b) => a.span.from - b.span.from);
}

/** An encoder that a larger model is made of: its layers are some of that model's. */
function isPartOfAnother(own: Trace, all: readonly { readonly trace: Trace }[]): boolean {
  const modules = new Set(own.drafts.map(({ module }) => module));
  return all.some(({ trace: other }) => {
    const others = new Set(other.drafts.map(({ module }) => module));
    return (
      modules.size > 0 && others.size > modules.size && [...modules].every((module) => others.has(module))
    );
  });
}
