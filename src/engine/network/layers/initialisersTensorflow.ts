/**
 * Initialisers of TensorFlow 1 where they differ from Keras': `tf.random_normal_initializer()` has a standard deviation
 * of 1. https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/initializers
 */
import type { Initialiser } from "../../model.ts";
import type { Unit } from "../../units.ts";
import { type Arguments, given as argumentOf, isNone, numberIn, stringIn } from "../interpreter/values.ts";

const FIRST_VERSION =
  /\bplaceholder\(|\bcompat\.v1\b|\bSession\(|\bget_variable\(|\btf\.(?:layers|contrib|train\.\w+Optimizer)\b/;
const versions = new WeakMap<Unit, boolean>();

/** Whether a program is written for TensorFlow 1, or for what TensorFlow 2 keeps of it. */
export function isFirstVersion(unit: Unit): boolean {
  const known = versions.get(unit);
  if (known !== undefined) return known;
  const is = FIRST_VERSION.test(unit.text);
  versions.set(unit, is);
  return is;
}

/** Standard deviation of a standard normal that is cut off at two of its standard deviations. */
const TRUNCATED = 0.87962566;

const NOTHING: Arguments = { positional: [], named: new Map(), complete: true, written: [] };

/**
 * @param symbol its qualified name
 * @returns undefined where it is Keras' own, null where it is not readable
 */
export function ofTensorflow(
  symbol: string,
  given: Arguments = NOTHING,
  isFirst = true,
): Initialiser | null | undefined {
  const number = (names: string, position: number, usual: number): number | undefined => {
    const value = argumentOf(given, names, position);
    return value ? numberIn(value) : usual;
  };
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  const key = name
    .toLowerCase()
    .replace(/_?initializer(?:_conv2d)?$/, "")
    .replaceAll("_", "");
  switch (key) {
    case "randomnormal":
    case "truncatednormal": {
      const mean = number("mean", 0, 0);
      const std = number("stddev", 1, isFirst ? 1 : 0.05);
      if (mean === undefined || std === undefined) return null;
      return { scheme: "normal", mean, std: key === "truncatednormal" ? std * TRUNCATED : std };
    }
    case "randomuniform": {
      const low = number("minval", 0, isFirst ? 0 : -0.05);
      const top = argumentOf(given, "maxval", 1);
      const high = !top || isNone(top) ? (isFirst ? 1 : 0.05) : numberIn(top);
      if (low === undefined || high === undefined) return null;
      return { scheme: "uniform", mean: (low + high) / 2, std: Math.abs(high - low) / Math.sqrt(12) };
    }
    case "constant": {
      const mean = number("value", 0, 0);
      return mean === undefined ? null : { scheme: "constant", mean };
    }
    case "xavier":
    case "glorot": {
      const isUniform = argumentOf(given, "uniform", 0);
      if (isUniform && isUniform.type !== "constant") return null;
      return {
        scheme:
          isUniform?.type === "constant" && isUniform.value === false ? "glorot_normal" : "glorot_uniform",
      };
    }
    case "variancescaling":
      return symbol.startsWith("tensorflow.contrib.") ? scaledOfContrib(given, number) : undefined;
    case "uniformunitscaling": {
      // Bounds of factor * sqrt(3 / fan-in): a variance of factor^2 / fan-in.
      const gain = number("factor", 0, 1);
      return gain === undefined ? null : { scheme: "lecun_uniform", gain };
    }
    case "identity":
      return null;
    default:
      return undefined;
  }
}

/** `tf.contrib.layers.variance_scaling_initializer(factor=2.0, mode="FAN_IN", uniform=False)`: He's normal. */
function scaledOfContrib(
  given: Arguments,
  number: (names: string, position: number, usual: number) => number | undefined,
): Initialiser | null {
  const factor = number("factor", 0, 2);
  const mode = stringIn(argumentOf(given, "mode", 1)) ?? "FAN_IN";
  const isUniform = argumentOf(given, "uniform", 2);
  if (factor === undefined) return null;
  const form = isUniform?.type === "constant" && isUniform.value === true ? "uniform" : "normal";
  const gain = Math.sqrt(factor);
  if (mode === "FAN_AVG") return { scheme: `glorot_${form}`, gain };
  return { scheme: `lecun_${form}`, gain, ...(mode === "FAN_OUT" ? { fan: "out" as const } : {}) };
}
