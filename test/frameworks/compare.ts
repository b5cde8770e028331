/** A reading of a network against what its framework did: layer by layer agreement, wrong values and gaps. */
import { analyze, type Layer, type Network, weightMoments } from "../../src/engine/index.ts";
import { align, type Pair, type ReadLayer } from "./align.ts";
import { type PresentCase, type TruthLayer, textOf } from "./truth.ts";

export interface Verdict {
  readonly is: "agree" | "wrong" | "gap";
  /** What differs or is missing, empty where all agrees. */
  readonly words: string;
  readonly truth?: TruthLayer;
  readonly read?: ReadLayer;
}

export interface Comparison {
  readonly id: string;
  readonly file: string;
  /** Layers of the truth, and those of them that the file holds all of. */
  readonly layers: number;
  readonly held: number;
  readonly agree: number;
  readonly heldAgree: number;
  readonly wrong: number;
  readonly gaps: number;
  /** Gaps in layers that the file does not hold. */
  readonly outsideGaps: number;
  /** Layers that other readings of the definition fit, and that agree by one of these. */
  readonly otherwise: number;
  /** What the engine says is missing, else the first difference. */
  readonly note: string;
  readonly verdicts: readonly Verdict[];
}

const statedLayers = ({ layers }: Pick<Network, "layers">): ReadLayer[] =>
  layers.map((layer) => ({
    kind: layer.kind,
    fanIn: layer.fanIn,
    fanOut: layer.units,
    activation: layer.site?.activation ?? null,
    normalisation: layer.normalisation?.kind ?? null,
    ...spreadOf(layer),
  }));

function spreadOf({ fanIn, units, kernelArea, weights }: Layer): { readonly spread?: number } {
  if (fanIn === null || units === null || kernelArea === null) return {};
  return { spread: weightMoments(weights.value, fanIn, units * kernelArea).std };
}

/** Whether a standard deviation is that of a sample of so many: its own is 1 / sqrt(2 n) of it. */
const isSample = (sample: number, spread: number, count: number): boolean =>
  Math.abs(sample - spread) <= (SLACK + 4 / Math.sqrt(2 * count)) * spread;

const SLACK = 0.02;

/** `resnet18`, or with what it belongs to before it: `torchvision.resnet18`, `self.network`, `Agent.network`. */
export function pick(networks: readonly Network[], names: readonly string[]): Network | undefined {
  for (const name of names) {
    const exact = networks.filter((network) => network.name === name);
    const found = exact.length > 0 ? exact : networks.filter((network) => network.name.endsWith(`.${name}`));
    // Of several with that name, such as versions of a notebook's model, the largest.
    const [best] = found.toSorted((a, b) => b.layers.length - a.layers.length);
    if (best) return best;
  }
  return undefined;
}

const say = (what: string, truth: unknown, read: unknown) =>
  `${what} ${read ?? "none"} for ${truth ?? "none"}`;

/** `isComplete`: the network has no gaps, so that a layer without activation or norm is stated to have none. */
export function judge([truth, read]: Pair, isComplete: boolean): Verdict {
  if (!truth) return { is: "wrong", words: "a layer that is not there", ...(read ? { read } : {}) };
  if (!read) return { is: "gap", words: "not read", truth };
  const wrong: string[] = [];
  const gaps: string[] = [];
  const note = (
    what: string,
    theirs: string | number | null,
    ours: string | number | null,
    isKnown: boolean,
  ) => {
    if (theirs !== ours) (isKnown ? wrong : gaps).push(say(what, theirs, ours));
  };
  note("kind", truth.kind, read.kind, true);
  note("fan-in", truth.fanIn, read.fanIn, read.fanIn !== null);
  note("fan-out", truth.fanOut, read.fanOut, read.fanOut !== null);
  if (truth.spread !== undefined && isComplete)
    if (read.spread === undefined || !isSample(truth.spread, read.spread, truth.fanIn * truth.fanOut))
      wrong.push(say("spread", truth.spread, read.spread));
  const isAlsoRight = (truth.also ?? []).some(
    ({ activation, normalisation }) => activation === read.activation && normalisation === read.normalisation,
  );
  if (!isAlsoRight) {
    note("activation", truth.activation, read.activation, isComplete || read.activation !== null);
    note("norm", truth.normalisation, read.normalisation, isComplete || read.normalisation !== null);
  }
  const is = wrong.length > 0 ? "wrong" : gaps.length > 0 ? "gap" : "agree";
  return { is, words: [...wrong, ...gaps].join(", "), truth, read };
}

export function compareNetwork(found: PresentCase, network: Network | undefined): Comparison {
  const isComplete = network !== undefined && network.gaps.length === 0;
  const verdicts = align(found.layers, network ? statedLayers(network) : []).map((pair) =>
    judge(pair, isComplete),
  );
  const count = (test: (verdict: Verdict) => boolean) => verdicts.filter(test).length;
  const isOutside = ({ truth }: Verdict) => truth?.outside === true;
  const first = verdicts.find(({ is }) => is === "wrong") ?? verdicts.find(({ is }) => is === "gap");
  const gap = network ? network.gaps[0]?.what : `no network called ${found.network}`;
  return {
    id: found.id,
    file: found.file,
    layers: found.layers.length,
    held: found.layers.filter(({ outside }) => !outside).length,
    agree: count(({ is }) => is === "agree"),
    heldAgree: count((verdict) => verdict.is === "agree" && !isOutside(verdict)),
    wrong: count(({ is }) => is === "wrong"),
    gaps: count(({ is }) => is === "gap"),
    outsideGaps: count((verdict) => verdict.is === "gap" && isOutside(verdict)),
    otherwise: count(
      ({ is, truth, read }) =>
        is === "agree" &&
        (truth?.activation !== read?.activation || truth?.normalisation !== read?.normalisation),
    ),
    note: first ? (first.is === "wrong" ? `${place(first)}${first.words}` : (gap ?? first.words)) : "",
    verdicts,
  };
}

const place = ({ truth }: Verdict): string => (truth ? `${truth.name}: ` : "");

export function compareCase(found: PresentCase): Comparison {
  const names = [found.network, ...(found.class ? [found.class] : [])];
  const { networks, skipped } = analyze({ path: found.path, text: textOf(found) });
  const compared = compareNetwork(found, pick(networks, names));
  return skipped === undefined ? compared : { ...compared, note: skipped };
}
