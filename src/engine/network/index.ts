/**
 * Sites -> networks: the program is run on abstract values (interpreter/), layers know what they do to a tensor
 * (layers/), and every network that was made is traced once from its input to its output.
 */
import type { Network } from "../model.ts";
import type { ClassDefinition } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { describer, type SiteInUnit } from "./describe.ts";
import { isGraph } from "./graphs.ts";
import type { Trace } from "./interpreter/tensors.ts";
import type { Family } from "./layers/family.ts";
import { library } from "./layers/library.ts";
import { type Run, runProgram } from "./program.ts";
import { isTrained, rootsOf } from "./roots.ts";
import { trace } from "./trace.ts";

type Read = Omit<Network, "risk">;

/** Networks of one file that are read: a file of builder functions may have a hundred. */
const MOST_NETWORKS = 64;

export function readNetworks(unit: Unit, sites: readonly SiteInUnit[]): Read[] {
  const run = runProgram(unit, library);
  const found = new Map<string, Read>();
  const traced = rootsOf(run)
    .slice(0, MOST_NETWORKS)
    .map((root) => tracedWith(root, run));
  const describe = describer(run, sites);
  for (const one of traced) {
    if ((isInAnother(one, traced) && !isTrained(one.root, run)) || isMadeByAnother(one, traced, run))
      continue;
    const network = describe(one.root, one.trace);
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

interface Traced {
  readonly root: Family;
  readonly trace: Trace;
  /** Classes of which it made instances while it ran. */
  readonly made: readonly ClassDefinition[];
}

function tracedWith(root: Family, run: Run): Traced {
  const before = run.made.length;
  const own = trace(root, run);
  const made = run.made.slice(before).flatMap((one) => (one.type === "instance" ? [one.of.definition] : []));
  return { root, trace: own, made };
}

/** An encoder that a larger model is made of: its layers are some of that model's. */
function isInAnother(own: Traced, all: readonly Traced[]): boolean {
  const modules = new Set(own.trace.drafts.map(({ module }) => module));
  return all.some(({ root, trace: other }) => {
    const others = new Set(other.drafts.map(({ module }) => module));
    // A graph that a module object stands for as well is that module's.
    const isLarger = others.size > modules.size || (isGraph(own.root) && !isGraph(root));
    return modules.size > 0 && isLarger && [...modules].every((module) => others.has(module));
  });
}

/** Modules of Flax make their parts when they run: what was only tried, and turns out to be such a part, is none. */
const isMadeByAnother = ({ root }: Traced, all: readonly Traced[], run: Run): boolean =>
  root.type === "instance" &&
  run.tried.has(root) &&
  all.some(
    (whole) =>
      whole.root !== root && whole.trace.drafts.length > 0 && whole.made.includes(root.of.definition),
  );
