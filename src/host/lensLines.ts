/** What the code lenses say, line by line. Pure: offsets in, text out. */
import {
  type Analysis,
  type Finding,
  type Network,
  rules,
  type Site,
  shareWords,
  unitsWords,
} from "../engine/index.ts";
import {
  findingFor,
  findingsAt,
  findingsOf,
  isSpoken,
  layersOf,
  recommendedFix,
  shownSites,
} from "./findings.ts";
import { causeWords, networkLineWords } from "./networkWords.ts";
import type { LensedActivations } from "./settingIds.ts";
import { notableShare, sitesWords } from "./words.ts";

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

/** `undefined`: not in the document that the lenses are for, but in another cell of its notebook. */
type LineOf = (offset: number) => number | undefined;

export function lensLines(analysis: Analysis, lineOf: LineOf, choice: LensChoice): readonly LensLine[] {
  const lines: LensLine[] = [];
  if (choice.networks) {
    for (const network of analysis.networks) {
      const line = lineOf(network.span.from);
      if (line !== undefined) lines.push(networkLine(analysis, network, line));
    }
  }
  if (choice.activations !== "off") {
    const explained = new Set<Network>();
    for (const [line, sites] of byLine(shownSites(analysis), lineOf)) {
      const made = siteLine(analysis, sites, line, explained);
      if (made.risky || choice.activations === "all") lines.push(made.lens);
    }
  }
  return lines.sort((a, b) => a.line - b.line);
}

function byLine(sites: readonly Site[], lineOf: LineOf): ReadonlyMap<number, readonly Site[]> {
  const lines = new Map<number, Site[]>();
  for (const site of sites) {
    const line = lineOf(site.span.from);
    if (line === undefined) continue;
    const known = lines.get(line);
    if (known) known.push(site);
    else lines.set(line, [site]);
  }
  return lines;
}

function siteLine(analysis: Analysis, sites: readonly Site[], line: number, explained: Set<Network>) {
  const first = sites[0]!;
  const risk = riskWords(analysis, sites, explained);
  const lens: LensLine = {
    line,
    offset: first.span.from,
    text: risk ? `${sitesWords(sites)} · ${risk}` : sitesWords(sites),
    preview: true,
    // Healthy code gets no advice here; its rewrites are in the light bulb.
    fix: risk ? cure(analysis, sites) : null,
  };
  return { lens, risky: risk !== null };
}

/**
 * Only what a finding backs is said: where the rules are silent, so is the lens. The cause is said once for
 * each network, at its first finding; its other layers name their share only.
 */
function riskWords(analysis: Analysis, sites: readonly Site[], explained: Set<Network>): string | null {
  const own = sites.flatMap((site) => findingsAt(analysis, site.span)).find(isSpoken);
  if (own && own.rule !== "dying-relu") return ruleWords(own);
  const backed = sites.filter((site) => {
    const finding = findingFor(analysis, site);
    return finding && isSpoken(finding);
  });
  const worst = backed
    .flatMap((site) => layersOf(analysis, site))
    .map(({ network, index }) => ({ network, share: network.risk?.layers[index]?.deadAfterTraining ?? 0 }))
    .sort((a, b) => b.share - a.share)[0];
  if (!worst || worst.share < notableShare) return own ? ruleWords(own) : null;
  const risk = `${unitsWords(shareWords(worst.share))} may die`;
  if (!own || explained.has(worst.network)) return risk;
  explained.add(worst.network);
  return `${risk}: ${causeWords(worst.network)}`;
}

export const ruleTitles: Readonly<Record<string, string>> = Object.fromEntries(
  rules.map(({ name, title }) => [name, title]),
);

export const ruleWords = ({ rule }: Finding): string => ruleTitles[rule] ?? rule.replaceAll("-", " ");

/** Treats what the line says is wrong. */
function cure(analysis: Analysis, sites: readonly Site[]): LensFix | null {
  const treated = sites.filter(
    (site) => findingFor(analysis, site) && recommendedFix(analysis, site.span.from),
  );
  return treated.length > 0 ? lensFix(analysis, treated) : null;
}

function lensFix(analysis: Analysis, sites: readonly Site[]): LensFix {
  const offsets = sites.map(({ span }) => span.from);
  const fixes = new Set(offsets.map((offset) => recommendedFix(analysis, offset)?.title ?? ""));
  return { title: "Fix", tooltip: [...fixes].join("\n"), offsets };
}

function networkLine(analysis: Analysis, network: Network, line: number): LensLine {
  const about = findingsOf(analysis, network).filter(isSpoken);
  const finding = about.find(({ fixes }) => fixes.length > 0);
  // A finding at a site of its own already has its "Fix" there.
  const elsewhere =
    finding && !analysis.sites.some(({ span }) => findingsAt(analysis, span).includes(finding));
  return {
    line,
    offset: network.span.from,
    text: networkLineWords(network, about.length > 0),
    preview: network.layers.length > 0,
    fix: elsewhere
      ? { title: "Fix", tooltip: finding.fixes[0]?.title ?? "", offsets: [finding.span.from] }
      : null,
  };
}
