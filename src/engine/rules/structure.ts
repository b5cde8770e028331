/** What several rules ask of a network. */
import type { Layer, Network, Site, Span } from "../model.ts";
import { isResult } from "../network/graph.ts";
import { sameSpan } from "../spans.ts";

/** Whether a place in the code is the activation of one layer only: then a change there changes nothing else. */
export const isAlone = ({ layers }: Network, site: Site): boolean =>
  layers.filter((layer) => layer.site && sameSpan(layer.site.span, site.span)).length === 1;

/** A hidden layer with those whose weights the same code draws: who changes it changes them all. */
export function drawnTogether(network: Network, layer: Layer): readonly Layer[] {
  const { span } = layer.weights;
  const others = network.layers.filter(
    (other) => span && other.weights.span && sameSpan(other.weights.span, span) && !isResult(network, other),
  );
  return others.includes(layer) ? others : [layer];
}

/**
 * Layers whose weights are not drawn for a rectifier yet; all, where each is. He's spread over the outputs, as in ResNets,
 * is no reason to touch a call that stands beside the one at fault.
 */
export function drawnOtherwise(layers: readonly Layer[]): readonly Layer[] {
  const isHe = ({ weights: { value } }: Layer): boolean =>
    /^he_/.test(value.scheme) && (value.gain ?? Math.SQRT2) > 1;
  const others = layers.filter((layer) => !isHe(layer));
  return others.length > 0 ? others : layers;
}

/** Its optimiser is in the file, so that it is known to be trained here, and that it is whole. */
export const isTrainedHere = ({ optimiser, pretrained }: Network): boolean =>
  optimiser.span !== undefined && optimiser.assumption === undefined && !pretrained;

/** A configuration tells of a network that is trained by it, or with it elsewhere. */
export const isConfigured = ({ layers }: Network): boolean =>
  layers.some(({ site }) => site?.kind === "config_value" || site?.kind === "config_dict");

/** ReLU proper and those that are 0, with gradient 0, on the left: their units can die. */
const DYING: ReadonlySet<string> = new Set(["relu", "relu6", "thresholded_relu"]);

export const dies = (site: Site | null): site is Site => site !== null && DYING.has(site.activation);

/** Code that sets weights in a way that is not read may have changed any of them. */
export const hasUnreadWeights = ({ gaps }: Network): boolean =>
  gaps.some(({ what }) => what.startsWith("weights are initialised"));

export const present = <T>(...list: readonly (T | undefined)[]): readonly T[] =>
  list.filter((one): one is T => one !== undefined);

/** Read from the code to be raw, not assumed. */
export const isRawInput = ({ input }: Network): boolean =>
  input.value.scale === "raw" && input.assumption === undefined;

/** Findings that say the same of the same place, as of several networks made alike, once. */
export function once<T extends { readonly span: Span }>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [`${one.span.from} ${one.span.to}`, one])).values()];
}
