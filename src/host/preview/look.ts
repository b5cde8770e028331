/** What the preview looks at: an activation, and the network around it or under the cursor. Pure. */
import type { Analysis, Network, Site, Span } from "../../engine/index.ts";
import { withParts } from "../analysisParts.ts";
import { layersOf, networkAt, networksOf, sameSpan } from "../findings.ts";
import { type Aim, choose, lineAt, nearest } from "./choose.ts";

export interface Look {
  readonly site: Site | undefined;
  readonly network: Network | undefined;
  /** Indices of the network's layers that the cursor, or else the site, is about. */
  readonly layers: readonly number[];
}

interface Standing {
  readonly network: Network;
  readonly layers: readonly number[];
}

/**
 * The cursor on an activation shows that. On the call of a layer it shows the activation that follows; on other code of
 * a network one of its activations: the one that is shown already, else the nearest.
 *
 * @param sites those of the document that the offsets of `aim` count in
 */
export function look(analysis: Analysis, sites: readonly Site[], text: string, aim: Aim): Look | "keep" {
  const { cursor, shown } = aim;
  const chosen = choose(sites, text, aim);
  if (chosen === "keep" || cursor === null) return chosen === "keep" ? chosen : around(analysis, chosen);
  const isUnder = chosen !== undefined && contains(chosen.span, cursor);
  const call = isUnder ? undefined : callAt(analysis.networks, (span) => contains(span, cursor));
  if (call) return standing(call, sites, cursor, shown);
  const line = lineAt(text, cursor);
  const onLine = (span: Span) => span.from <= line.to && span.to >= line.from;
  if (chosen && onLine(chosen.span)) return around(analysis, chosen);
  const other = callAt(analysis.networks, (span) => span.from >= line.from && span.from <= line.to);
  if (other) return standing(other, sites, cursor, shown);
  const within = networkAt(analysis, cursor);
  return within ? standing({ network: within, layers: [] }, sites, cursor, shown) : around(analysis, chosen);
}

/** The same, with the networks of that name first: they are what a layer that several use is shown in. */
export function preferring(analysis: Analysis, name: string | null | undefined): Analysis {
  const own = analysis.networks.filter((network) => network.name === name);
  if (own.length === 0) return analysis;
  return withParts(analysis, {
    networks: [...own, ...analysis.networks.filter((network) => network.name !== name)],
  });
}

function around(analysis: Analysis, site: Site | undefined): Look {
  const network = site && networksOf(analysis, site)[0];
  const placed = site ? layersOf(analysis, site).filter((layer) => layer.network === network) : [];
  return { site, network, layers: placed.map(({ index }) => index) };
}

/** The layers of the innermost call that fits. */
function callAt(networks: readonly Network[], fits: (span: Span) => boolean): Standing | undefined {
  const calls = networks.flatMap((network) =>
    network.layers.filter(({ span }) => fits(span)).map(({ span }) => ({ network, span })),
  );
  const call = calls.sort((a, b) => length(a.span) - length(b.span))[0];
  if (!call) return undefined;
  const layers = call.network.layers.flatMap(({ span }, index) => (sameSpan(span, call.span) ? [index] : []));
  return { network: call.network, layers };
}

function standing(
  { network, layers }: Standing,
  sites: readonly Site[],
  cursor: number,
  shown: number | null,
) {
  const has = (site: Site, of = network.layers) =>
    of.some((layer) => layer.site && sameSpan(layer.site.span, site.span));
  const own = sites.filter((site) =>
    has(
      site,
      layers.flatMap((index) => network.layers[index] ?? []),
    ),
  );
  const all = sites.filter((site) => has(site) || contains(network.span, site.span.from));
  const site = own[0] ?? all.find(({ span }) => span.from === shown) ?? nearest(all, cursor);
  return { site, network, layers };
}

const contains = ({ from, to }: Span, offset: number): boolean => from <= offset && offset <= to;
const length = ({ from, to }: Span): number => to - from;
