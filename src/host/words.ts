/** What lens and hover say, in words and ranges: the estimate does not carry two digits. Pure. */
import {
  activationById,
  type FrameworkId,
  frameworkNames,
  type Initialiser,
  type Layer,
  type Normalisation,
  type Site,
} from "../engine/index.ts";

export const frameworkName = (id: FrameworkId): string => frameworkNames[id] ?? id;

export function activationName(id: string): string {
  return activationById(id)?.name ?? id.replaceAll("_", " ");
}

/** A number as in code, but with a true minus sign. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "undefined";
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** A learning rate as people write it: 0.05, 1e-3. */
export const rate = (value: number): string =>
  value > 0 && value < 0.01 ? value.toExponential().replace("e+", "e") : String(value);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "Leaky ReLU 0.3 (Keras default)". A default is only named where frameworks disagree about it. */
function siteWords(site: Site): string {
  const name = activationName(site.activation);
  if (site.isDefault) return `${name} by default`;
  const written = Object.entries(site.parameters).filter(([key]) => !site.defaulted.includes(key));
  const quiet = site.certainty === "likely" ? " (likely)" : "";
  if (written.length > 2) return name + quiet;
  if (written.length > 0) return `${name} ${written.map(([, value]) => number(value)).join(", ")}${quiet}`;
  const slope = site.parameters.negative_slope ?? site.parameters.alpha;
  if (site.activation === "leaky_relu" && slope !== undefined) {
    return `${name} ${number(slope)} (${frameworkName(site.framework)} default)${quiet}`;
  }
  return name + quiet;
}

/** Several sites of one line: "ReLU ×3", "ReLU ×2, Sigmoid". */
export function sitesWords(sites: readonly Site[]): string {
  const counts = new Map<string, number>();
  for (const site of sites) counts.set(siteWords(site), (counts.get(siteWords(site)) ?? 0) + 1);
  return [...counts].map(([words, count]) => (count > 1 ? `${words} ×${count}` : words)).join(", ");
}

/** Below this, a share of dead units is no news. */
export const notableShare = 0.1;

const schemes: Readonly<Record<Initialiser["scheme"], string>> = {
  torch_default: "PyTorch default",
  he_normal: "He",
  he_uniform: "He",
  glorot_normal: "Glorot",
  glorot_uniform: "Glorot",
  lecun_normal: "LeCun",
  lecun_uniform: "LeCun",
  orthogonal: "orthogonal",
  normal: "normal",
  uniform: "uniform",
  constant: "constant",
};

export function initialiserWords({ scheme, std }: Initialiser): string {
  if (scheme === "normal" && std !== undefined) return `N(0, ${number(std)}²) init`;
  return `${schemes[scheme]} init`;
}

export const normalisationWords: Readonly<Record<Normalisation, string>> = {
  batch: "BatchNorm",
  layer: "LayerNorm",
  group: "GroupNorm",
  instance: "InstanceNorm",
};

/** Inputs of a dense layer, channels of a convolution (of one group of them); null: not known. */
export function inputsOf({ fanIn, kernelArea }: Layer): number | null {
  return fanIn === null || kernelArea === null ? null : fanIn / kernelArea;
}

/** "784 → 256", "? → 10". */
export const sizeWords = (layer: Layer): string => `${inputsOf(layer) ?? "?"} → ${layer.units ?? "?"}`;

/** No longer than `length`, cut at a word where one ends near. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - 1));
  const space = cut.lastIndexOf(" ");
  return `${(space > length * 0.6 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
