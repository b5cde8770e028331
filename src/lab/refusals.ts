/** Why a network that was read cannot be built in the lab. */
import { activationById } from "../engine/activations/catalogue.ts";
import type { Layer, Network } from "../engine/model.ts";

/** Its message is the reason, as a sentence goes on with it. */
export class Unfit extends Error {}

export function refuse({ layers, gaps, pretrained }: Network): void {
  if (gaps[0]) throw new Unfit(`not all of the network could be read: ${gaps[0].what}`);
  if (pretrained) throw new Unfit("it starts from trained weights, which the lab does not have");
  if (layers.length < 2) throw new Unfit("it has no hidden layer");
  const outputs = layers.filter(({ isOutput }) => isOutput);
  if (outputs.length > 1) throw new Unfit("it has several outputs");
  if (layers.at(-1)!.kind === "conv")
    throw new Unfit("it ends in a convolution: the lab learns classes or a number");
  const used = new Set(layers.flatMap((layer, index) => inputsOf(layer, index)));
  const loose = layers.findIndex((_, index) => index < layers.length - 1 && !used.has(index));
  if (loose >= 0) throw new Unfit(`${nameOf(layers[loose]!, loose)} leads to another output`);
  for (const [index, layer] of layers.entries()) refuseLayer(layer, index, layers);
}

function refuseLayer(layer: Layer, index: number, layers: readonly Layer[]): void {
  const name = nameOf(layer, index);
  if (layer.isOpen) throw new Unfit(`what follows ${name} could not be read`);
  if (layer.units === null || layer.fanIn === null) throw new Unfit(`the size of ${name} is not known`);
  if ((layer.groups ?? 1) > 1)
    throw new Unfit(`${name} is a grouped convolution, which the lab cannot build`);
  const norm = layer.normalisation?.kind;
  if (norm === "group" || norm === "instance") {
    throw new Unfit(
      `${norm === "group" ? "GroupNorm" : "InstanceNorm"} behind ${name} cannot be built in the lab`,
    );
  }
  const activation = layer.site && activationById(layer.site.activation);
  if (layer.site && activation?.shape !== "elementwise" && index < layers.length - 1) {
    throw new Unfit(
      `${activation?.name ?? layer.site.activation} inside the network cannot be built in the lab`,
    );
  }
  if (layer.kind === "conv" && !Number.isInteger(Math.sqrt(layer.kernelArea ?? Number.NaN))) {
    throw new Unfit(`${name} has no square kernel`);
  }
  const inputs = inputsOf(layer, index);
  if (inputs.some((from) => from >= index)) throw new Unfit(`${name} reads from a later layer`);
  if (layer.kind === "conv" && inputs.length > 1) {
    throw new Unfit("convolutions with skip connections: the sizes between them are not read");
  }
  if (layer.kind === "conv" && inputs[0] !== undefined && layers[inputs[0]]!.kind === "dense") {
    throw new Unfit(`${name} follows a dense layer: how its input is shaped is not read`);
  }
  if (inputs.length > 1) {
    const sizes = inputs.map((from) => layers[from]!.units);
    if (sizes.some((size) => size !== layer.fanIn))
      throw new Unfit(`${name} reads several outputs side by side`);
  } else if (inputs[0] !== undefined) {
    const { kind, units } = layers[inputs[0]]!;
    if (layer.kind === "dense" && kind === "dense" && units !== layer.fanIn) {
      throw new Unfit(`between the layers before ${name} something changes the size`);
    }
  }
}

/** The layers that it reads; none: the input. */
export const inputsOf = ({ inputs }: Layer, index: number): readonly number[] =>
  inputs ?? (index === 0 ? [] : [index - 1]);

const nameOf = ({ name }: Layer, index: number): string => name ?? `layer ${index + 1}`;
