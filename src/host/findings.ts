/** Which findings and fixes belong to a site. Pure. */
import {
  type Analysis,
  type Finding,
  type Fix,
  type Layer,
  type Network,
  type Site,
  type Span,
  worstFirst,
} from "../engine/index.ts";

/** Half open; spans that start together overlap even when one is empty. */
export const overlap = (a: Span, b: Span): boolean => (a.from < b.to && b.from < a.to) || a.from === b.from;

const inside = (inner: Span, outer: Span): boolean => inner.from >= outer.from && inner.to <= outer.to;

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;

/** A layer that a site feeds, and where it stands: one site may serve several layers and networks. */
export interface Placed {
  readonly network: Network;
  readonly layer: Layer;
  readonly index: number;
}

export function layersOf(analysis: Analysis, site: Site): readonly Placed[] {
  return analysis.networks.flatMap((network) =>
    network.layers.flatMap((layer, index) =>
      layer.site && sameSpan(layer.site.span, site.span) ? [{ network, layer, index }] : [],
    ),
  );
}

/** Networks around a site: those that use it, or else the innermost whose code contains it. */
export function networksOf(analysis: Analysis, site: Site): readonly Network[] {
  const using = [...new Set(layersOf(analysis, site).map(({ network }) => network))];
  if (using.length > 0) return using;
  const around = innermost(analysis.networks.filter((network) => inside(site.span, network.span)));
  return around ? [around] : [];
}

/** The innermost network whose code is there. */
export const networkAt = ({ networks }: Analysis, offset: number): Network | undefined =>
  innermost(networks.filter(({ span }) => span.from <= offset && offset <= span.to));

const innermost = (networks: readonly Network[]): Network | undefined =>
  [...networks].sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];

/** A hint is there for who looks for it: no lens and no verdict speaks of it. */
export const isSpoken = ({ severity }: Finding): boolean => severity !== "hint";

/** Findings that speak about the site itself, worst first. */
export function findingsAt(analysis: Analysis, span: Span): readonly Finding[] {
  return worstFirst(analysis.findings.filter((finding) => overlap(finding.span, span)));
}

/** Findings about a network: on its code, or on a setting of it that stands elsewhere (the optimiser's line). */
export function findingsOf(analysis: Analysis, network: Network): readonly Finding[] {
  const { optimiser, learningRate, input, loss, clip } = network;
  const spans = [network.span, ...network.layers.map((layer) => layer.span)];
  for (const reading of [optimiser, learningRate, input, loss, clip]) {
    if (reading.span) spans.push(reading.span);
  }
  return worstFirst(analysis.findings.filter((finding) => spans.some((span) => overlap(finding.span, span))));
}

/** The finding that explains a site's risk: its own, or the one of a network that it is a layer of. */
export function findingFor(analysis: Analysis, site: Site): Finding | undefined {
  const own = findingsAt(analysis, site.span)[0];
  if (own) return own;
  const networks = new Set(layersOf(analysis, site).map(({ network }) => network));
  return [...networks].flatMap((network) => findingsOf(analysis, network)).find(isAboutDeath);
}

const isAboutDeath = (finding: Finding): boolean =>
  finding.rule === "dying-relu" || finding.rule === "step-too-large" || finding.rule === "narrow-network";

/** What one click at `offset` (start of a site or of a finding) should do. */
export function recommendedFix(analysis: Analysis, offset: number): Fix | undefined {
  const site = analysis.sites.find(({ span }) => span.from === offset);
  if (!site) return worstFirst(analysis.findings.filter(({ span }) => span.from === offset))[0]?.fixes[0];
  const finding = findingFor(analysis, site);
  if (!finding) return site.fixes[0];
  const fix = finding.fixes[0];
  if (!fix || overlap(finding.span, site.span)) return fix;
  // The network's finding stands at another site. Its cure serves here as it is when it is no rewrite of that site.
  const rewritten = analysis.sites.filter(({ span }) => fix.edits.some((edit) => overlap(edit.span, span)));
  if (rewritten.length === 0 || rewritten.includes(site)) return fix;
  return site.fixes.find(({ kind }) => kind === fix.kind);
}

/** Activations that are written, and those that a layer applies although none is written. */
export const shownSites = ({ sites, defaults = [] }: Analysis): readonly Site[] =>
  defaults.length === 0 ? sites : [...sites, ...defaults].sort((a, b) => a.span.from - b.span.from);
