/**
 * Sites -> networks: the program is run on abstract values (interpreter/), layers know what they do to a tensor
 * (layers/), and every network that was made is traced once from its input to its output.
 */
import type { FoundSite } from "../detect.ts";
import type { Network, Site } from "../model.ts";
import type { Unit } from "../units.ts";
import { networkFrom } from "./describe.ts";
import type { Family } from "./layers/family.ts";
import { library } from "./layers/library.ts";
import { type Run, runProgram } from "./program.ts";
import { rootsOf } from "./roots.ts";
import { trace } from "./trace.ts";

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
  for (const network of wholes(rootsOf(run).slice(0, MOST_NETWORKS), run, sites)) {
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

/** Modules of Flax make their parts when they run: what was only tried, and turns out to be such a part, is none. */
function wholes(roots: readonly Family[], run: Run, sites: readonly SiteInUnit[]): readonly Read[] {
  const traced = roots.map((root) => {
    const before = run.made.length;
    const network = networkFrom(root, trace(root, run), run, sites);
    const parts = run.made
      .slice(before)
      .flatMap((one) => (one.type === "instance" && network ? [one.of.definition] : []));
    return { root, network, parts };
  });
  const isPart = (root: Family): boolean =>
    root.type === "instance" &&
    run.tried.has(root) &&
    traced.some(({ root: whole, parts }) => whole !== root && parts.includes(root.of.definition));
  return traced.flatMap(({ root, network }) => (network && !isPart(root) ? [network] : []));
}
