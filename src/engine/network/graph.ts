/** How the layers of a network follow each other. */
import type { Layer, Network } from "../model.ts";

/** Places of the layers that a layer reads from. */
const inputsOf = ({ inputs }: Layer, place: number): readonly number[] =>
  inputs ?? (place > 0 ? [place - 1] : []);

/** Layers that no other layer reads: the outputs, as far as the network was read. */
export function outputsOf({ layers }: Network): readonly Layer[] {
  const read = new Set(layers.flatMap(inputsOf));
  return layers.filter((_, place) => !read.has(place));
}

/** Whether the network's result is a layer's own output; where that was not followed, whether nobody reads it. */
export const isResult = (network: Network, layer: Layer): boolean =>
  network.layers.some(({ isOutput }) => isOutput)
    ? layer.isOutput === true
    : outputsOf(network).includes(layer);

/** Layers that read a layer's output. */
export function readersOf({ layers }: Network, layer: Layer): readonly Layer[] {
  const own = layers.indexOf(layer);
  return layers.filter((other, place) => inputsOf(other, place).includes(own));
}
