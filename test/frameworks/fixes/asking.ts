/** The changes that a program is asked for: each kind once for each of its networks, where it makes sense at all. */
import type { Change, Fix, FixSource, Layer, Network, Site } from "../../../src/engine/index.ts";

/** A slope that is no framework's default, so that one that is forgotten shows. */
export const SLOPE = 0.125;
/** The slope that a site's own fix writes. */
export const SITE_SLOPE = 0.01;
/** Below the norm of any gradient that a program here has. */
const NORM = 0.0001;

export type Kind = Fix["kind"];

/** All kinds that programs are asked for, in the order of the table. */
export const KINDS: readonly Kind[] = [
  "leaky-relu",
  "prelu",
  "elu",
  "gelu",
  "silu",
  "remove-activation",
  "softmax",
  "sigmoid",
  "softplus",
  "learning-rate",
  "clip-gradients",
  "initialiser",
  "zero-bias",
  "batch-norm",
  "scale-input",
  "widen",
];

export interface Asked {
  readonly network: Network;
  readonly change: Change;
  /** Of one site alone, as the editor offers it. */
  readonly site?: Site;
}

export interface Made extends Asked {
  /** Undefined: refused. */
  readonly fix: Fix | undefined;
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const isRelu = (site: Site | null): site is Site => site?.activation === "relu";

/** Hidden layers: all that an activation follows, but for the output. */
const hidden = (network: Network): readonly Layer[] =>
  network.layers.filter(
    ({ site, isOutput }, index) => site && !isOutput && index < network.layers.length - 1,
  );

type OnOutput = "remove-activation" | "softmax" | "sigmoid" | "softplus";

/** What the loss can do with: of scores no logarithm is taken, and a probability is at most 1. */
function forOutput({ activation }: Site, takes: ReturnType<FixSource["lossTakes"]>): readonly OnOutput[] {
  const isScore = takes !== "probabilities" && activation !== "sigmoid" && activation !== "softmax";
  const kinds: readonly OnOutput[] = isScore
    ? ["remove-activation", "softmax", "sigmoid", "softplus"]
    : takes === "logits"
      ? ["remove-activation"]
      : ["softmax", "sigmoid"];
  return kinds.filter((kind) => kind !== activation);
}

export function changesOf(network: Network, takes: ReturnType<FixSource["lossTakes"]>): readonly Change[] {
  const sites = distinct(network.layers.map(({ site }) => site).filter(isRelu));
  const last = network.layers.at(-1)?.site;
  const rectified = hidden(network).filter(({ site }) => isRelu(site));
  const low = network.layers.filter(({ bias }) => (bias?.value.mean ?? 0) < 0);
  const [first] = rectified;
  const changes: Change[] = [];
  if (sites.length > 0) {
    changes.push({ kind: "leaky-relu", sites, slope: SLOPE });
    for (const kind of ["prelu", "elu", "gelu", "silu"] as const) changes.push({ kind, sites });
  }
  if (last) for (const kind of forOutput(last, takes)) changes.push({ kind, site: last });
  // A number of few digits, which no program has.
  changes.push({ kind: "learning-rate", rate: Number((network.learningRate.value / 7).toPrecision(2)) });
  if (network.clip.value === null) changes.push({ kind: "clip-gradients", norm: NORM });
  if (rectified.length > 0) {
    changes.push({ kind: "initialiser", layers: rectified });
    changes.push({ kind: "batch-norm", layers: rectified.filter(({ normalisation }) => !normalisation) });
  }
  if (low.length > 0) changes.push({ kind: "zero-bias", layers: low });
  if (first?.units) changes.push({ kind: "widen", layer: first, units: first.units * 2 });
  if (network.input.value.scale === "raw" && network.input.assumption === undefined)
    changes.push({ kind: "scale-input" });
  return changes.filter((change) => !("layers" in change) || change.layers.length > 0);
}

export function ask(networks: readonly Network[], source: FixSource): readonly Made[] {
  return networks.flatMap((network): Made[] => {
    const changes = changesOf(network, source.lossTakes(network)).map((change) => ({
      network,
      change,
      fix: source.fix(network, change),
    }));
    const sites = distinct(network.layers.flatMap(({ site }) => (isRelu(site) ? [site] : [])));
    // The first and the last; with all between them, campaigns would take twice as long and show nothing new.
    const single = distinct([...sites.slice(0, 1), ...sites.slice(-1)]).flatMap((site) =>
      site.fixes.map((fix): Made => {
        const change = { kind: fix.kind, sites: [site], slope: SITE_SLOPE } as Change;
        return { network, change, site, fix };
      }),
    );
    return [...changes, ...single];
  });
}
