/** More generated programs for each kind of fix, until as many as were generated have been offered it. */
import { inspect } from "../../../src/engine/index.ts";
import { ask, KINDS, type Kind } from "./asking.ts";
import { type Family, generated } from "./generate/index.ts";
import type { Focus } from "./generate/plan.ts";
import { generatedPath, type Program } from "./programs.ts";

/** What programs are written for where a kind is to be offered; else for nothing. */
const FOCUS: Partial<Record<Kind, Focus>> = {
  "remove-activation": "output",
  softmax: "output",
  sigmoid: "output",
  softplus: "output",
  "zero-bias": "bias",
  "scale-input": "input",
  "batch-norm": "plain",
  initialiser: "plain",
};

/** So many times as many are written as are to be offered, before it is given up. */
const PATIENCE = 4;

/** What a program would be asked for and offered, without running it: of its networks, else of its sites. */
function kindsOf(program: Program): { readonly asked: Set<Kind>; readonly offered: Set<Kind> } {
  const { analysis, fixes } = inspect(program);
  const made = ask(analysis.networks, fixes).filter(({ site }) => site === undefined);
  const sites = analysis.sites.filter(({ activation }) => activation === "relu");
  const ofSites = made.length === 0 ? sites.flatMap((site) => site.fixes.map(({ kind }) => kind)) : [];
  return {
    asked: new Set([...made.map(({ change }) => change.kind), ...ofSites]),
    offered: new Set([...made.flatMap(({ fix, change }) => (fix ? [change.kind] : [])), ...ofSites]),
  };
}

export interface TopUp {
  readonly programs: readonly Program[];
  /** Kinds that stay short, with how many programs are offered them. */
  readonly short: readonly (readonly [kind: Kind, offered: number])[];
}

/** @param first the programs that were generated for every kind, `first.length` of which are to be offered each */
export function topUp(family: Family, first: readonly Program[], wants: (kind: Kind) => boolean): TopUp {
  const count = first.length;
  const known = first.map(kindsOf);
  const programs = new Map<string, Program>();
  const short: (readonly [Kind, number])[] = [];
  for (const kind of KINDS.filter(wants)) {
    const asked = known.filter((one) => one.asked.has(kind)).length;
    let offered = known.filter((one) => one.offered.has(kind)).length;
    // A framework that never offers it has no way to write it.
    if (asked >= count && offered === 0) continue;
    const focus = FOCUS[kind] ?? "more";
    const before = offered;
    for (let tried = 0; offered < count && tried < PATIENCE * count; tried++) {
      if (tried >= count && offered === before) break;
      const program = written(family, count + tried, focus);
      if (!offeredBy(program).has(kind)) continue;
      offered++;
      const { kinds = [] } = programs.get(program.path) ?? {};
      programs.set(program.path, { ...program, kinds: [...kinds, kind] });
    }
    if (offered < count) short.push([kind, offered]);
  }
  return { programs: [...programs.values()], short };
}

const answers = new Map<string, ReadonlySet<Kind>>();

/** Kinds with the same focus ask about the same programs. */
function offeredBy(program: Program): ReadonlySet<Kind> {
  const found = answers.get(program.path) ?? kindsOf(program).offered;
  answers.set(program.path, found);
  return found;
}

const written = (family: Family, number: number, focus: Focus): Program => ({
  path: generatedPath(family, number, focus),
  text: generated(family, number, focus),
  isGenerated: true,
});
