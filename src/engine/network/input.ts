/** What the network's inputs look like: images or tables, and how they are scaled. */
import type { Layer, Network } from "../model.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Facts } from "./facts.ts";

/** Brings each feature, or all pixels together, to mean 0 and standard deviation 1. */
const STANDARDISES = /(?:^|\.)(?:Normalize|StandardScaler|per_image_standardization|Normalization)$/;
/** Brings values to 0..1. */
const TO_UNIT = /(?:^|\.)(?:ToTensor|to_tensor|MinMaxScaler|Rescaling|convert_image_dtype)$/;
const IMAGES = /mnist|cifar|imagenet|torchvision|image|\.png|\.jpe?g/i;

/** @param isConvolutional whether the first layer is a convolution: then the data are images whatever they are called */
export function readInput(facts: Facts, layers: readonly Layer[]): Network["input"] {
  const isImage = layers[0]?.kind === "conv" || IMAGES.test(facts.unit.text);
  const data = isImage ? "image" : "table";
  const standardising = facts.calls.find(({ symbol }) => STANDARDISES.test(symbol));
  if (standardising) return { value: { data, scale: "standardised" }, span: spanOf(standardising.call) };
  const scaling = facts.calls.find(({ symbol }) => TO_UNIT.test(symbol))?.call ?? facts.by255[0];
  if (scaling) return { value: { data, scale: "unit" }, span: spanOf(scaling) };
  return {
    value: { data, scale: "standardised" },
    assumption: "input scaling not in this file: standardised inputs assumed",
  };
}
