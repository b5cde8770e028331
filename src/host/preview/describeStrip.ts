/** A network as the preview's strip of boxes. Pure. */
import type { Network } from "../../engine/index.ts";
import type { ShownBox, ShownGap, ShownStrip } from "../../protocol.ts";
import { layerSentence } from "../layerWords.ts";
import { finite, overlap } from "./describe.ts";

/** @param batch what the file says of its batches, if anything */
export function describeStrip(network: Network, current: readonly number[], batch?: number): ShownStrip {
  const { name, layers, gaps } = network;
  const boxes: (ShownBox | ShownGap)[] = layers.map((_, index) => box(network, index));
  const ends = layers.map(({ span }) => span.from);
  for (const [index, gap] of gaps.entries()) {
    if (layers.some(({ span }) => overlap(span, gap.span))) continue;
    // What stands elsewhere in the file (an initialiser's code) is about the whole: it goes to the end.
    const isInside = gap.span.from >= network.span.from && gap.span.to <= network.span.to;
    const before = isInside ? ends.findIndex((from) => from > gap.span.from) : -1;
    const at = boxes.findIndex((other) => other.part === "layer" && other.index === before);
    boxes.splice(at < 0 ? boxes.length : at, 0, { part: "gap", index, what: gap.what });
  }
  return {
    name,
    count: layers.length,
    boxes,
    current,
    model: network.risk && modelOf(network),
    batch: batch ?? null,
  };
}

/** What an estimate needs of a network: without fixes, findings' numbers, and infinities, which JSON lacks. */
function modelOf(network: Network): Network {
  const layers = network.layers.map((layer) => ({
    ...layer,
    site: layer.site && { ...layer.site, parameters: finite(layer.site.parameters), fixes: [] },
  }));
  return { ...network, layers, gaps: [], risk: null };
}

function box({ layers, gaps, risk }: Network, index: number): ShownBox {
  const layer = layers[index]!;
  const { kind, units, site, normalisation, residual } = layer;
  return {
    part: "layer",
    index,
    kind,
    units,
    activation: site && { id: site.activation, parameters: finite(site.parameters) },
    normalisation,
    residual,
    risk: risk?.layers[index] ?? null,
    words: layerSentence(layer),
    gap: gaps.find((gap) => overlap(layer.span, gap.span))?.what ?? null,
  };
}
