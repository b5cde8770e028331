/** Inputs brought to about 1: pixels divided by 255, columns standardised with the statistics of the training part. */
import type { Network } from "../../../model.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import type { Edits } from "../call.ts";
import { beforeFit } from "./beforeFit.ts";
import { beforeTensor, beforeTensors } from "./beforeTensors.ts";
import { behindLoading, behindSplit } from "./behindLoading.ts";
import { inPipeline } from "./inPipeline.ts";
import { normalisedTransforms, unitTransforms } from "./transforms.ts";
import { wholeTable } from "./wholeTable.ts";

/** Pixels that are no bytes: scikit-learn's digits go up to 16. */
const NO_BYTES = /\bload_digits\b|\bfetch_olivetti_faces\b/;

export function scaleInput(network: Network, unit: Unit, index: CodeIndex): Edits {
  if (unit.language !== "python") return undefined;
  const { scale, data } = network.input.value;
  if (scale === "unit") return normalisedTransforms(unit, index);
  if (scale !== "raw") return undefined;
  const transforms = unitTransforms(unit, index);
  if (transforms) return transforms;
  const isPixels = data === "image" && !NO_BYTES.test(unit.text);
  // A scaler takes tables: what a convolution reads has more axes.
  if (!isPixels && network.layers[0]?.kind === "conv") return undefined;
  return (
    inPipeline(network, unit, index) ??
    behindLoading(isPixels, unit, index) ??
    behindSplit(isPixels, unit, index) ??
    beforeTensors(isPixels, unit, index) ??
    beforeTensor(isPixels, unit, index) ??
    beforeFit(isPixels, unit, index) ??
    wholeTable(isPixels, unit, index)
  );
}
