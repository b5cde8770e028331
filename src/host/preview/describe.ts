/** An analysis as the preview shows it. Pure: text and data in, a message out. */
import type { Analysis, Finding, Layer, Network, ParameterValues, Site, Span } from "../../engine/index.ts";
import type { ShownFinding, ShownLayer, ShownNetwork, ShownSite } from "../../protocol.ts";
import { networksOf, sameSpan } from "../findings.ts";
import { lineAt } from "./choose.ts";

const longestLine = 200;

/** @param isTyped whether there will be another text in a moment: findings, which take longest, are left out */
export function describeSite(analysis: Analysis, site: Site, text: string, isTyped = false): ShownSite {
  const { activation, parameters, defaulted, framework, symbol, certainty, span } = site;
  const line = lineAt(text, span.from);
  const network = networksOf(analysis, site)[0];
  return {
    activation,
    parameters: finite(parameters),
    defaulted,
    framework,
    symbol,
    certainty,
    file: fileName(analysis.path),
    line: text.slice(0, line.from).split("\n").length,
    lineText: text.slice(line.from, line.to).trim().slice(0, longestLine),
    offset: span.from,
    layers: network ? layersOf(network, site) : [],
    network: network ? describeNetwork(network) : null,
    findings: isTyped
      ? null
      : analysis.findings.filter((finding) => concerns(finding, site, network)).map(describeFinding),
  };
}

/** Messages are JSON, which has no infinity; a number that is left out is the catalogue's default, infinite or not. */
export const finite = (parameters: ParameterValues): ParameterValues =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => Number.isFinite(value)));

export const fileName = (path: string): string => path.split("/").at(-1) ?? path;

/** Why nothing is shown. */
export function describeNothing({ path, skipped, sites }: Analysis, network?: Network): string {
  if (network) {
    const unread = network.layers.length === 0 ? network.gaps[0] : undefined;
    const why = unread ? `${network.name} could not be read: ${unread.what}.` : "No activation is read here.";
    return `${why} Put the cursor on one, and its own curve is shown here.`;
  }
  if (skipped !== undefined) return `${fileName(path)} was not analysed: ${skipped}.`;
  if (sites.length === 0) {
    return `No activation was found in ${fileName(path)}. Put the cursor on one, and its own curve is shown here.`;
  }
  return "Put the cursor on an activation, and its own curve is shown here.";
}

const isSite = (layer: Layer, site: Site): boolean =>
  layer.site !== null && sameSpan(layer.site.span, site.span);

/** The layers that this site serves: one for a module written out, several for one in a loop. */
function layersOf({ layers, risk }: Network, site: Site): ShownLayer[] {
  return layers.flatMap((layer, index) => {
    if (!isSite(layer, site)) return [];
    const { kind, fanIn, units } = layer;
    return [
      { position: index + 1, count: layers.length, kind, fanIn, units, risk: risk?.layers[index] ?? null },
    ];
  });
}

function describeNetwork({ name, framework, pretrained, gaps, risk }: Network): ShownNetwork {
  return { name, framework, pretrained, gaps: gaps.map(({ what }) => what), risk };
}

/** Half open, and an empty span overlaps nothing that it only touches. */
export const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** A finding of the site itself, or of its network as a whole; not one of a neighbouring layer. */
function concerns({ span }: Finding, site: Site, network: Network | undefined): boolean {
  if (overlap(span, site.span)) return true;
  return network !== undefined && span.from === network.span.from;
}

function describeFinding({ rule, severity, message, evidence }: Finding): ShownFinding {
  return { rule, severity, message, evidence: evidence.map(({ text }) => text) };
}
