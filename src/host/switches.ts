/** Other activations that can be put in the place of a site's, there or in all of its network. Pure. */
import {
  type Analysis,
  activationById,
  type Change,
  type Fix,
  type FixSource,
  type Site,
  SLOPE,
  type Span,
} from "../engine/index.ts";
import { layersOf, overlap, sameSpan } from "./findings.ts";

export interface Switch {
  readonly title: string;
  readonly fix: Fix;
}

/** Slopes of Leaky ReLU in use: that of Maas et al. 2013, and that of generative networks (Radford et al. 2016). */
const slopes = [SLOPE, 0.2] as const;

const wanted: readonly ((sites: readonly Site[]) => Change)[] = [
  ...slopes.map(
    (slope) =>
      (sites: readonly Site[]): Change => ({ kind: "leaky-relu", sites, slope }),
  ),
  ...(["prelu", "elu", "gelu", "silu"] as const).map(
    (kind) =>
      (sites: readonly Site[]): Change => ({ kind, sites }),
  ),
];

/** A cursor at the very end of an expression still means that expression. */
export const touches = (span: Span, cursor: Span): boolean =>
  overlap(span, cursor) || (cursor.from === cursor.to && cursor.from === span.to);

/** What each site has of its own: Leaky ReLU, where it is sure to be right. */
export const ownSwitches = ({ sites }: Analysis, cursor: Span): readonly Switch[] =>
  sites
    .filter(({ span }) => touches(span, cursor))
    .flatMap((site) => site.fixes.map((fix) => ({ title: fix.title, fix })));

/** All that can be asked for of the networks that the sites at the cursor are in; this place first. */
export function networkSwitches(analysis: Analysis, fixes: FixSource, cursor: Span): readonly Switch[] {
  const found = new Map<string, Switch>();
  const add = (title: string, fix: Fix): void => {
    if (!found.has(title)) found.set(title, { title, fix });
  };
  for (const site of analysis.sites.filter(({ span }) => touches(span, cursor))) {
    // A softmax makes shares of all units together: what works on each by itself is nothing in its place.
    if (activationById(site.activation)?.shape === "vector") continue;
    const placed = layersOf(analysis, site);
    for (const { network, layer } of placed)
      for (const change of wanted) {
        const fix = layer.site && fixes.fix(network, change([layer.site]));
        if (fix) add(fix.title, fix);
      }
    for (const network of new Set(placed.map((one) => one.network))) {
      const sites = sitesLike(network.layers, site);
      if (sites.length < 2) continue;
      for (const change of wanted) {
        const fix = fixes.fix(network, change(sites));
        if (fix) add(`${fix.title} (all of ${network.name})`, fix);
      }
    }
  }
  return [...found.values()];
}

/** The sites of a network with the same activation, each once. */
export const sitesLike = (
  layers: Analysis["networks"][number]["layers"],
  { activation }: Pick<Site, "activation">,
): readonly Site[] =>
  layers
    .flatMap(({ site }) => (site && !site.isDefault && site.activation === activation ? [site] : []))
    .filter((site, at, all) => all.findIndex((other) => sameSpan(other.span, site.span)) === at);
