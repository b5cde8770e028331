/** Inputs brought to about 1: bytes divided by 255, all else standardised with the statistics of the training part. */
import type { Layer, Network } from "../../../model.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import type { Edits } from "../call.ts";
import { beforeFit } from "./beforeFit.ts";
import { beforeTensor, beforeTensors } from "./beforeTensors.ts";
import { behindLoading, behindSplit } from "./behindLoading.ts";
import { inPipeline } from "./inPipeline.ts";
import { areDigits, nameOf } from "./scaling.ts";
import { normalisedTransforms, unitTransforms } from "./transforms.ts";
import { wholeTable } from "./wholeTable.ts";

export function scaleInput(network: Network, unit: Unit, index: CodeIndex): Edits {
  if (unit.language !== "python") return undefined;
  const { scale, data } = network.input.value;
  if (scale === "unit") return normalisedTransforms(unit, index);
  if (scale !== "raw") return undefined;
  const transforms = unitTransforms(unit, index);
  if (transforms) return transforms;
  // Half of what is standardised is below 0, where such an output never comes.
  const isPositive = isOwnTarget(index) && network.layers.some(isNeverNegative);
  // Some of the digits' pixels are nearly always 0: by columns, one that is not would become 141.
  const how = data !== "image" ? "columns" : areDigits(unit) && !isPositive ? "whole" : "largest";
  // A scaler takes tables: what a convolution reads has more axes.
  if (how === "columns" && (isPositive || network.layers[0]?.kind === "conv")) return undefined;
  return (
    inPipeline(network, unit, index) ??
    behindLoading(how, unit, index) ??
    behindSplit(how, unit, index) ??
    beforeTensors(how, unit, index) ??
    beforeTensor(how, unit, index) ??
    beforeFit(how, unit, index) ??
    wholeTable(how, unit, index)
  );
}

/** `autoencoder.fit(x, x)`: who scales the input scales what is to be learnt. */
const isOwnTarget = ({ calls }: CodeIndex): boolean =>
  calls.some(({ node: { callee, arguments: given } }) => {
    const [input, target] = given.map(({ value }) => nameOf(value));
    return callee.type === "attribute" && callee.name === "fit" && input !== undefined && input === target;
  });

const isNeverNegative = ({ site, isOutput }: Layer): boolean =>
  isOutput === true && /^(?:relu6?|sigmoid|softplus|softmax)$/.test(site?.activation ?? "");
