/** How Caffe fills weights and biases: filler.hpp; defaults are those of FillerParameter in caffe.proto. */
import type { Initialiser, Reading } from "../../model.ts";
import { type DataMap, mapIn, wordIn } from "../../syntax/data.ts";
import { numberOr } from "./caffeFields.ts";

interface Fans {
  readonly fanIn: number | null;
  readonly units: number | null;
  readonly kernelArea: number | null;
}

/** null: a filler that is not known. */
export function weightFiller(
  param: DataMap | undefined,
  fans: Fans,
  layer: string,
): Reading<Initialiser> | null {
  const filler = param && mapIn(param, "weight_filler");
  if (!filler) {
    const assumption = `no weight filler in ${layer}: Caffe's default, constant 0`;
    return { value: { scheme: "constant", mean: 0 }, assumption };
  }
  const value = fromFiller(filler, fans);
  return value && { value, span: { from: filler.from, to: filler.to } };
}

export function biasFiller(param: DataMap | undefined, { units }: Fans): Reading<Initialiser> | null {
  const filler = param && mapIn(param, "bias_filler");
  if (!filler) return { value: { scheme: "constant", mean: 0 } };
  // A vector of n biases has 1 input and n outputs for a filler.
  const value = fromFiller(filler, { fanIn: 1, units, kernelArea: 1 });
  return value && { value, span: { from: filler.from, to: filler.to } };
}

function fromFiller(filler: DataMap, { fanIn, units, kernelArea }: Fans): Initialiser | null {
  const number = (name: string, usual: number): number => numberOr(filler, name, usual) ?? usual;
  switch (wordIn(filler, "type")?.value ?? "constant") {
    case "constant":
      return { scheme: "constant", mean: number("value", 0) };
    case "uniform": {
      const [low, high] = [number("min", 0), number("max", 1)];
      return { scheme: "uniform", mean: (low + high) / 2, std: Math.abs(high - low) / Math.sqrt(12) };
    }
    case "gaussian": {
      // With `sparse` each weight is left at that chance only, and 0 otherwise.
      const sparse = number("sparse", -1);
      const left = sparse < 0 || units === null ? 1 : Math.min(1, sparse / units);
      return { scheme: "normal", mean: number("mean", 0) * left, std: number("std", 1) * Math.sqrt(left) };
    }
    case "positive_unitball":
      // U(0, 1), divided by their sum.
      return fanIn === null ? null : { scheme: "uniform", mean: 1 / fanIn, std: 1 / (Math.sqrt(3) * fanIn) };
    case "xavier":
      return byFan(filler, 1, fanIn, units, kernelArea);
    case "msra":
      return byFan(filler, 2, fanIn, units, kernelArea);
    default:
      return null;
  }
}

/** Variance scale / n, n being the fan-in unless told otherwise: then xavier is what others call LeCun's. */
function byFan(
  filler: DataMap,
  scale: 1 | 2,
  fanIn: number | null,
  units: number | null,
  kernelArea: number | null,
): Initialiser | null {
  const mode = wordIn(filler, "variance_norm")?.value ?? "FAN_IN";
  const form = scale === 1 ? "uniform" : "normal";
  if (/^(?:AVERAGE|2)$/.test(mode))
    return { scheme: `glorot_${form}`, ...(scale === 2 ? { gain: Math.SQRT2 } : {}) };
  if (!/^(?:FAN_OUT|1)$/.test(mode)) return { scheme: scale === 1 ? "lecun_uniform" : "he_normal" };
  if (fanIn === null || units === null || kernelArea === null) return null;
  return { scheme: `lecun_${form}`, gain: Math.sqrt((scale * fanIn) / (units * kernelArea)) };
}
