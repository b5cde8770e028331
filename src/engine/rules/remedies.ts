/** Fixes in the order of their worth: those of the cause first, other activations behind them. */
import type { Change, Counterfactual, Fix, FixSource, Network, Risk, Site } from "../model.ts";
import { sameSpan } from "../spans.ts";
import { drawnOtherwise, once as onceBySpan } from "./structure.ts";

/** Smallest change of the dead share that is worth an edit: the estimate's own error is about as large. */
export const WORTH = -0.1;

/** Where several causes meet no change is worth that much by itself: then what words in steps of 10 % can show. */
const BEGINNING = -0.05;

/** A light bulb with more is not read. */
const MOST = 6;

/** What a single change does to the network's expected dead share; 0 where nobody asked. */
export const effectOf = ({ counterfactuals }: Risk, factor: string): number =>
  counterfactuals.find((one) => one.factor === factor)?.effect ?? 0;

/** A change that treats the cause, what it does to the dead share, and the edit where one can be made. */
export interface Remedy extends Counterfactual {
  readonly fix: Fix | undefined;
}

/** By their worth for the network, as the counterfactuals say; those that can't be made as edits are named in words. */
export function remediesOf(network: Network, risk: Risk, source: FixSource): readonly Remedy[] {
  const hidden = network.layers.filter((_, index) => risk.layers[index]);
  const low = hidden.filter(({ bias }) => (bias?.value.mean ?? 0) < 0);
  const candidates: readonly (readonly [factor: string, change: Change])[] = [
    ...(low.length > 0 ? [["zero biases", { kind: "zero-bias", layers: low }] as const] : []),
    ["He initialiser", { kind: "initialiser", layers: drawnOtherwise(hidden) }],
    ["BatchNorm before the activation", { kind: "batch-norm", layers: hidden }],
  ];
  const worth = candidates.map(([factor, change]) => ({ factor, change, effect: effectOf(risk, factor) }));
  const best = Math.min(...worth.map(({ effect }) => effect));
  const least = best <= WORTH ? Math.min(WORTH, best / 2) : BEGINNING;
  // What is nearly as good and changes less of the program comes first: biases, then weights, then a new layer.
  return worth
    .filter(({ effect }) => effect <= least)
    .map(({ factor, effect, change }) => ({ factor, effect, fix: source.fix(network, change) }));
}

/**
 * Other activations, by how many of 39 failed runs each repaired (ELU 31 %, slope 0.2 18 %, slope 0.01 10 %), then those
 * that were only compared in pairs, by what they gained there.
 */
const ACTIVATIONS: readonly {
  readonly factor: string;
  change(sites: readonly Site[]): Change;
}[] = [
  { factor: "ELU", change: (sites) => ({ kind: "elu", sites }) },
  { factor: "Leaky ReLU (slope 0.2)", change: (sites) => ({ kind: "leaky-relu", sites, slope: 0.2 }) },
  { factor: "Leaky ReLU (slope 0.01)", change: (sites) => ({ kind: "leaky-relu", sites, slope: 0.01 }) },
  { factor: "SiLU", change: (sites) => ({ kind: "silu", sites }) },
  { factor: "PReLU", change: (sites) => ({ kind: "prelu", sites }) },
  { factor: "GELU", change: (sites) => ({ kind: "gelu", sites }) },
];

/** Whether a change of the estimate is another activation: no cause, and never the first thing to do. */
export const isActivation = (factor: string): boolean => ACTIVATIONS.some((one) => one.factor === factor);

/**
 * Behind the fixes of the cause: the same activation wherever units of the network can die. Where the cause can't be
 * edited ELU stands first, as it repaired most; a leak by itself repaired too few to be the recommendation.
 */
export function withActivations(
  network: Network,
  risk: Risk,
  causes: readonly Fix[],
  source: FixSource,
): readonly Fix[] {
  const sites = dyingSites(network, risk);
  const ranked = [...ACTIVATIONS].sort(
    (a, b) =>
      (causes.length > 0 ? 0 : Number(b.factor === "ELU") - Number(a.factor === "ELU")) ||
      effectOf(risk, a.factor) - effectOf(risk, b.factor),
  );
  const fixes: Fix[] = [...causes];
  for (const { change } of ranked) {
    if (fixes.length >= MOST) break;
    const asked = change(sites);
    const fix = source.fix(network, asked) ?? ownRewrites(asked);
    if (!fix && fixes.length === 0) return [];
    if (fix) fixes.push(fix);
  }
  return fixes;
}

/** The ReLUs of hidden layers, each once however many layers it serves. */
function dyingSites({ layers }: Network, risk: Risk): readonly Site[] {
  const sites = layers.flatMap(({ site }, index) => (site && risk.layers[index] ? [site] : []));
  return sites.filter(
    (site, index) =>
      site.activation === "relu" &&
      site.certainty === "certain" &&
      sites.findIndex((other) => sameSpan(other.span, site.span)) === index,
  );
}

/** Leaky ReLU at each of these places. */
export const leaky = (
  network: Network,
  sites: readonly Site[],
  slope: number,
  source: FixSource,
): Fix | undefined => {
  const change: Change = { kind: "leaky-relu", sites, slope };
  return source.fix(network, change) ?? ownRewrites(change);
};

/** The slope that sites are rewritten with. */
const OWN_SLOPE = 0.01;

/** Where there is no code to ask, as in a configuration: the rewrites that the sites have, together. */
function ownRewrites(change: Change): Fix | undefined {
  if (change.kind !== "leaky-relu" || change.slope !== OWN_SLOPE) return undefined;
  const fixes = change.sites.map(({ fixes: own }) => own.find(({ kind }) => kind === "leaky-relu"));
  const [first] = fixes;
  if (!first || fixes.includes(undefined)) return undefined;
  const edits = fixes.flatMap((fix) => fix?.edits ?? []);
  return { ...first, edits: onceBySpan(edits) };
}
