/** Programs of one framework, run before and after each fix that they are offered. */
import { inspect, type Network, type Site } from "../../../src/engine/index.ts";
import { againProblems } from "./again.ts";
import { applied } from "./apply.ts";
import { ask, type Kind, type Made } from "./asking.ts";
import { judge, judgeSite, observedOf } from "./judge.ts";
import type { Observation } from "./observation.ts";
import type { Program } from "./programs.ts";
import type { Runner } from "./runners.ts";

/** What came of one change of one network of a program. */
export interface Result {
  readonly program: string;
  readonly isGenerated: boolean;
  readonly kind: Kind;
  /** Of a single site. */
  readonly isSite: boolean;
  readonly is: "passed" | "failed" | "refused";
  /** Why, of a failure or a refusal. */
  readonly words: readonly string[];
  readonly before?: string;
  readonly after?: string;
}

export interface Campaign {
  readonly results: readonly Result[];
  /** Programs that can't serve: with the reason. */
  readonly useless: readonly (readonly [program: string, reason: string])[];
  /** Programs in which nothing is read that a fix could be about, as `jnp.maximum(x, 0)`. */
  readonly silent: readonly string[];
}

export async function runPrograms(
  programs: readonly Program[],
  runner: Runner,
  wantsAtAll: (kind: Kind) => boolean,
  onResult: (result: Result) => void,
): Promise<Campaign> {
  const results: Result[] = [];
  const useless: (readonly [string, string])[] = [];
  const silent: string[] = [];
  const add = (result: Result): void => {
    results.push(result);
    onResult(result);
  };
  for (const program of programs) {
    const wants = (kind: Kind): boolean =>
      wantsAtAll(kind) && (program.kinds === undefined || program.kinds.includes(kind));
    const { analysis, fixes } = inspect(program);
    const text = analysis.notebook?.text ?? program.text;
    const before = await runner.observe(text);
    if (before.error !== undefined) {
      useless.push([program.path, `it fails by itself: ${before.error} ${before.trace?.join("\n") ?? ""}`]);
      continue;
    }
    const networks = analysis.networks.filter((network) => observedOf(network, before) >= 0);
    if (networks.length === 0 && analysis.networks.length === 0 && before.networks.length > 0) {
      // Parameters in lists and dictionaries make no network that is read: sites are all there is.
      const sites = analysis.sites.filter(({ activation }) => activation === "relu");
      if (sites.length === 0) silent.push(program.path);
      for (const site of sites)
        if (wants("leaky-relu")) add(await siteResult(site, program, text, before, runner));
      continue;
    }
    if (networks.length === 0) {
      useless.push([program.path, unread(analysis.networks, before)]);
      continue;
    }
    for (const made of ask(networks, fixes)) {
      // The fixes of single sites are offered everywhere.
      if (!wants(made.change.kind) || (program.kinds && made.site)) continue;
      add(await resultOf(made, { program, text, before, networks: analysis.networks }, runner));
    }
  }
  return { results, useless, silent };
}

async function siteResult(
  site: Site,
  program: Program,
  text: string,
  before: Observation,
  runner: Runner,
): Promise<Result> {
  const { path, isGenerated } = program;
  const about = { program: path, isGenerated, kind: "leaky-relu", isSite: true } as const;
  const [fix] = site.fixes;
  if (!fix) return { ...about, is: "refused", words: [site.noFix ?? site.kind] };
  const after = applied(text, fix);
  const words = judgeSite(fix, before, await runner.observe(after));
  return { ...about, is: words.length > 0 ? "failed" : "passed", words, before: text, after };
}

function unread(networks: readonly Network[], { networks: observed }: Observation): string {
  const read = networks.map(
    ({ name, layers, gaps }) =>
      `${name}: ${layers.map(({ fanIn, units }) => `${fanIn}>${units}`).join(" ")} ${gaps.map(({ what }) => what).join("; ")}`,
  );
  const seen = observed.map(
    ({ name, steps }) =>
      `${name}: ${steps.flatMap((step) => ("fanIn" in step ? [`${step.fanIn}>${step.units}`] : [])).join(" ")}`,
  );
  return `no network is read as it is run: read ${read.join(" | ")}, run ${seen.join(" | ")}`;
}

interface Run {
  readonly program: Program;
  /** Its code, of a notebook that of all cells. */
  readonly text: string;
  readonly before: Observation;
  readonly networks: readonly Network[];
}

async function resultOf(
  made: Made,
  { program, text, before, networks }: Run,
  runner: Runner,
): Promise<Result> {
  const { network, change, fix, site } = made;
  const { path, isGenerated } = program;
  const about = { program: path, isGenerated, kind: change.kind, isSite: site !== undefined };
  if (!fix) return { ...about, is: "refused", words: [reasonOf(made)] };
  let after: string;
  try {
    after = applied(text, fix);
  } catch (error) {
    return { ...about, is: "failed", words: [String(error)], before: text };
  }
  const words = [
    ...(after === text ? ["the text stays as it was"] : []),
    ...againProblems(made, { path, text: after }, networks),
    ...judge({ network, change, fix, before, after: await runner.observe(after, "sites" in change) }),
  ];
  return { ...about, is: words.length > 0 ? "failed" : "passed", words, before: text, after };
}

/** A fix source gives no reasons but those that sites have. */
function reasonOf({ change, network }: Made): string {
  const sites = "sites" in change ? change.sites : "site" in change ? [change.site] : [];
  const forms = [...new Set(sites.map(({ kind, noFix }) => noFix ?? kind))];
  if (forms.length > 0) return forms.join(", ");
  const read = {
    "learning-rate": network.learningRate,
    "clip-gradients": network.optimiser,
    "scale-input": network.input,
  }[change.kind as string];
  return read ? (read.assumption ?? (read.span ? "written" : "unknown")) : "";
}
