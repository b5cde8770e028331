/** Keras' initialisers as data: https://keras.io/api/layers/initializers/ */
import type { Initialiser, Reading } from "../../model.ts";
import { type DataMap, mapIn, wordIn } from "../../syntax/data.ts";
import { classOf, numberOf, valueIn } from "./kerasFields.ts";

/** What Keras counts as a kernel's inputs and outputs (compute_fans), and what the layer's really are. */
export interface KerasFans {
  readonly fanIn: number | null;
  readonly fanOut: number | null;
  readonly own: number | null;
}

/** Standard deviation of a normal distribution that is cut at two of its own. */
const CUT = 0.879_625_661_034_239_8;

const PLAIN: Readonly<Record<string, Initialiser>> = {
  orthogonal: { scheme: "orthogonal" },
  zeros: { scheme: "constant", mean: 0 },
  ones: { scheme: "constant", mean: 1 },
};

/** Scale and mode of VarianceScaling that the others are short for. */
const SCALED: Readonly<Record<string, readonly [number, "fan_in" | "fan_avg"]>> = {
  he: [2, "fan_in"],
  glorot: [1, "fan_avg"],
  lecun: [1, "fan_in"],
};

/** Null: not known. `usual` is what the layer has where none is written. */
export function kerasInitialiser(
  config: DataMap,
  names: readonly string[],
  usual: string,
  fans: KerasFans,
): Reading<Initialiser> | null {
  const written = valueIn(config, ...names);
  if (!written) {
    const value = named(usual, undefined, fans);
    return value && { value };
  }
  const span = { from: written.from, to: written.to };
  const own = written.type === "map" ? mapIn(written, "config") : undefined;
  const name = written.type === "map" ? classOf(written) : written.type === "scalar" ? written.value : "";
  const value = named(name.toLowerCase().replaceAll("_", ""), own, fans);
  return value && { value, span };
}

function named(name: string, config: DataMap | undefined, fans: KerasFans): Initialiser | null {
  const number = (key: string, usual: number): number => (config && numberOf(config, key)) ?? usual;
  const [, family, form] = /^(he|glorot|lecun)(normal|uniform)$/.exec(name) ?? [];
  const scaled = family === undefined ? undefined : SCALED[family];
  if (scaled) return byVariance(scaled[0], scaled[1], form === "uniform" ? "uniform" : "normal", fans);
  switch (name) {
    case "variancescaling": {
      const mode = (config && wordIn(config, "mode")?.value) ?? "fan_in";
      const isUniform = config && wordIn(config, "distribution")?.value === "uniform";
      return byVariance(number("scale", 1), mode, isUniform ? "uniform" : "normal", fans);
    }
    case "orthogonal": {
      const gain = number("gain", 1);
      return gain === 1 ? { scheme: "orthogonal" } : { scheme: "orthogonal", gain };
    }
    case "constant":
      return { scheme: "constant", mean: number("value", 0) };
    case "randomnormal":
      return { scheme: "normal", mean: number("mean", 0), std: number("stddev", 0.05) };
    case "truncatednormal":
      return { scheme: "normal", mean: number("mean", 0), std: CUT * number("stddev", 0.05) };
    case "randomuniform": {
      const [low, high] = [number("minval", -0.05), number("maxval", 0.05)];
      return { scheme: "uniform", mean: (low + high) / 2, std: Math.abs(high - low) / Math.sqrt(12) };
    }
    default:
      return PLAIN[name] ?? null;
  }
}

/** Variance scale / n: by the scheme's own name where it has one, as a gain on LeCun's else. */
function byVariance(
  scale: number,
  mode: string,
  form: "normal" | "uniform",
  { fanIn, fanOut, own }: KerasFans,
): Initialiser | null {
  if (!(scale > 0)) return null;
  const root = Math.sqrt(scale);
  if (mode === "fan_avg") return { scheme: `glorot_${form}`, ...(scale === 1 ? {} : { gain: root }) };
  const count = mode === "fan_out" ? fanOut : fanIn;
  // Without sizes there is a gap anyway, and no figure that this could spoil.
  const ratio = count === null || own === null ? 1 : own / count;
  if (ratio === 1 && scale === 2) return { scheme: `he_${form}` };
  const gain = root * Math.sqrt(ratio);
  return { scheme: `lecun_${form}`, ...(gain === 1 ? {} : { gain }) };
}
