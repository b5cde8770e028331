/** What the network's inputs look like: images or tables, and how they are scaled. */
import type { Layer, Network } from "../model.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Facts } from "./facts.ts";

/** Brings each feature, or all pixels together, to mean 0 and standard deviation 1. */
const STANDARDISES = /(?:^|\.)(?:Normalize|StandardScaler|per_image_standardization|Normalization)$/;
/** Brings values to 0..1. */
const TO_UNIT = /(?:^|\.)(?:ToTensor|to_tensor|MinMaxScaler|Rescaling|convert_image_dtype)$/;
const IMAGES = /mnist|cifar|imagenet|torchvision|image|\.png|\.jpe?g/i;

/** Looks through the file once; a network whose first layer is a convolution has images, whatever they are called. */
export function inputReader(facts: Facts): (layers: readonly Layer[]) => Network["input"] {
  const namesImages = IMAGES.test(facts.unit.text);
  const standardising = facts.calls.find(({ symbol }) => STANDARDISES.test(symbol))?.call;
  const scaling = facts.calls.find(({ symbol }) => TO_UNIT.test(symbol))?.call ?? facts.by255[0];
  return (layers) => {
    const data = layers[0]?.kind === "conv" || namesImages ? "image" : "table";
    if (standardising) return { value: { data, scale: "standardised" }, span: spanOf(standardising) };
    if (scaling) return { value: { data, scale: "unit" }, span: spanOf(scaling) };
    const assumption = "input scaling not in this file: standardised inputs assumed";
    return { value: { data, scale: "standardised" }, assumption };
  };
}
