/** What the code lenses say, line by line. Pure: offsets in, text out. */
import type { Analysis, Finding, Fix, Network, Site } from "../engine/index.ts";
import { activationById } from "./catalogue.ts";
import { findingFor, findingsAt, findingsOf, layersOf, recommendedFix } from "./findings.ts";
import type { LensedActivations } from "./settingIds.ts";
import {
  causeWords,
  mayDie,
  notableShare,
  optimiserWords,
  plural,
  rangeWords,
  shareWords,
  sitesWords,
  usualActivation,
  usualInitialiser,
  widthWords,
} from "./words.ts";

export interface LensLine {
  readonly line: number;
  /** Where its details are: the start of a site or network. */
  readonly offset: number;
  readonly text: string;
  readonly preview: boolean;
  readonly fix: LensFix | null;
}

export interface LensFix {
  /** "Fix" treats a finding; a mere rewrite of healthy code says what it is. */
  readonly title: string;
  readonly tooltip: string;
  readonly offsets: readonly number[];
}

export interface LensChoice {
  readonly networks: boolean;
  readonly activations: LensedActivations;
}

type LineOf = (offset: number) => number;

export function lensLines(analysis: Analysis, lineOf: LineOf, choice: LensChoice): readonly LensLine[] {
  const lines: LensLine[] = [];
  if (choice.networks) {
    for (const network of analysis.networks) lines.push(networkLine(analysis, network, lineOf));
  }
  if (choice.activations !== "off") {
    for (const [line, sites] of byLine(analysis.sites, lineOf)) {
      const made = siteLine(analysis, sites, line);
      if (made.risky || choice.activations === "all") lines.push(made.lens);
    }
  }
  return lines.sort((a, b) => a.line - b.line);
}

function byLine(sites: readonly Site[], lineOf: LineOf): ReadonlyMap<number, readonly Site[]> {
  const lines = new Map<number, Site[]>();
  for (const site of sites) {
    const line = lineOf(site.span.from);
    const known = lines.get(line);
    if (known) known.push(site);
    else lines.set(line, [site]);
  }
  return lines;
}

function siteLine(analysis: Analysis, sites: readonly Site[], line: number) {
  const first = sites[0]!;
  const risk = riskWords(analysis, sites);
  const lens: LensLine = {
    line,
    offset: first.span.from,
    text: risk ? `${sitesWords(sites)} · ${risk}` : sitesWords(sites),
    preview: true,
    fix: lineFix(analysis, sites),
  };
  return { lens, risky: risk !== null };
}

/** Only what a finding backs is said: where the rules are silent, so is the lens. */
function riskWords(analysis: Analysis, sites: readonly Site[]): string | null {
  const own = sites.flatMap((site) => findingsAt(analysis, site.span))[0];
  if (own && own.rule !== "dying-relu") return ruleWords(own);
  const placed = sites
    .filter((site) => findingFor(analysis, site))
    .flatMap((site) => layersOf(analysis, site));
  const worst = placed
    .map(({ network, index }) => ({ network, share: network.risk?.layers[index]?.deadAfterTraining ?? 0 }))
    .sort((a, b) => b.share - a.share)[0];
  if (worst && worst.share >= notableShare) {
    return `${mayDie(shareWords(worst.share))} may die: ${causeWords(worst.network)}`;
  }
  return own ? ruleWords(own) : null;
}

const ruleTitles: Readonly<Record<string, string>> = {
  "dying-relu": "units may die",
  "relu-on-output": "cuts off the network's output",
  "step-too-large": "training steps are too large",
  "narrow-network": "the whole network can be born dead",
  "zero-weights": "weights start at zero",
  "vanishing-signal": "the signal vanishes",
  "unscaled-input": "the input is not scaled",
  "initialiser-mismatch": "initialiser set for another activation",
  "softmax-on-one-unit": "softmax of one unit is always 1",
};

export const ruleWords = ({ rule }: Finding): string => ruleTitles[rule] ?? rule.replaceAll("-", " ");

function lineFix(analysis: Analysis, sites: readonly Site[]): LensFix | null {
  const treated = sites.filter((site) => (findingFor(analysis, site)?.fixes.length ?? 0) > 0);
  if (treated.length > 0) return lensFix(analysis, treated, "Fix");
  const dying = sites.filter((site) => canDie(site) && !findingFor(analysis, site) && site.fixes.length > 0);
  const kind = dying[0]?.fixes[0]?.kind;
  return kind === undefined ? null : lensFix(analysis, dying, rewriteTitles[kind] ?? "Rewrite");
}

const rewriteTitles: Readonly<Partial<Record<Fix["kind"], string>>> = {
  "leaky-relu": "Use Leaky ReLU",
  prelu: "Use PReLU",
  elu: "Use ELU",
  gelu: "Use GELU",
  silu: "Use SiLU",
};

function lensFix(analysis: Analysis, sites: readonly Site[], title: string): LensFix {
  const offsets = sites.map(({ span }) => span.from);
  const fixes = new Set(offsets.map((offset) => recommendedFix(analysis, offset)?.title ?? ""));
  return { title, tooltip: [...fixes].join("\n"), offsets };
}

export function canDie(site: Site): boolean {
  const activation = activationById(site.activation);
  return (
    site.certainty === "certain" && activation?.shape === "elementwise" && activation.dies(site.parameters)
  );
}

function networkLine(analysis: Analysis, network: Network, lineOf: LineOf): LensLine {
  const finding = findingsOf(analysis, network).find(({ fixes }) => fixes.length > 0);
  // A finding at a site of its own already has its "Fix" there.
  const elsewhere =
    finding && !analysis.sites.some(({ span }) => findingsAt(analysis, span).includes(finding));
  return {
    line: lineOf(network.span.from),
    offset: network.span.from,
    text: `${network.name}: ${networkWords(network)}`,
    preview: network.layers.some(({ site }) => site !== null),
    fix: elsewhere
      ? { title: "Fix", tooltip: finding.fixes[0]?.title ?? "", offsets: [finding.span.from] }
      : null,
  };
}

export function networkWords(network: Network): string {
  const gap = network.gaps[0];
  if (gap) return `network not read: ${gap.what}`;
  const pieces = [
    plural(network.layers.length, "layer"),
    widthWords(network.layers),
    usualActivation(network),
    usualInitialiser(network),
    optimiserWords(network),
  ];
  return `${pieces.filter((piece) => piece).join(", ")}${networkRiskWords(network)}`;
}

function networkRiskWords({ risk, pretrained }: Network): string {
  if (pretrained) return " · pretrained, so not estimated";
  if (!risk) return "";
  if (risk.deadAfterTraining < notableShare && risk.probabilityOver25 < 0.25)
    return " · few dead units expected";
  return ` · ${mayDie(rangeWords(risk.range))} may die`;
}
