import type { FrameworkId } from "./model.ts";

/**
 * Shares of dead units in words, the same in lens, hover, preview, problems and command line. Steps of 10 %: the
 * measured share lies about that far from the estimate on average, and more digits would pretend otherwise.
 */

/** "few", "about 30 %", "about half", "nearly all". */
export function shareWords(share: number): string {
  if (share < 0.05) return "few";
  if (share >= 0.9) return "nearly all";
  if (share >= 0.45 && share < 0.55) return "about half";
  return `about ${Math.round(share * 10) * 10} %`;
}

/** "up to about 30 %", "about 10–60 %". */
export function rangeWords([low, high]: readonly [number, number]): string {
  const from = Math.round(low * 10) * 10;
  const to = Math.round(high * 10) * 10;
  if (from >= 90) return "nearly all";
  if (to === 0) return "few";
  if (from === 0) return `up to about ${to} %`;
  return from === to ? `about ${to} %` : `about ${from}–${to} %`;
}

/** "about 30 % of units", "about half of the units", "few units". */
export function unitsWords(share: string): string {
  if (share.endsWith("%")) return `${share} of units`;
  return share.endsWith("half") ? `${share} of the units` : `${share} units`;
}

/** By the chance that more than a quarter of the units end dead. */
export function levelWords(probabilityOver25: number): "low" | "moderate" | "high" | "very high" {
  if (probabilityOver25 < 0.1) return "low";
  if (probabilityOver25 < 0.4) return "moderate";
  return probabilityOver25 < 0.75 ? "high" : "very high";
}

/** A correlation or another share that is read off, not estimated: "97 %". */
export const percent = (share: number): string => `${Math.min(99, Math.floor(100 * share))} %`;

/** Frameworks as they write themselves. */
export const frameworkNames: Readonly<Record<FrameworkId, string>> = {
  pytorch: "PyTorch",
  keras: "Keras",
  tensorflow: "TensorFlow",
  jax: "JAX",
  flax: "Flax",
  haiku: "Haiku",
  equinox: "Equinox",
  tfjs: "TensorFlow.js",
  sklearn: "scikit-learn",
  mxnet: "MXNet",
  paddle: "Paddle",
  mmcv: "mmcv",
  caffe: "Caffe",
  darknet: "Darknet",
  huggingface: "Hugging Face",
  allennlp: "AllenNLP",
  onnx: "ONNX",
};

/** Typical size of inputs that nothing scales: pixels, columns of tables (root mean square of the risk's priors). */
export const RAW_SIZE: Readonly<Record<"image" | "table", number>> = { image: 80, table: 100 };

/** "2–7", "1, 3, 5"; of many single ones the ends. */
export function placeWords(places: readonly number[]): string {
  const [first = 0] = places;
  const last = places.at(-1) ?? first;
  if (places.length > 2 && last - first === places.length - 1) return `${first}–${last}`;
  return places.length > 6 ? `${places.slice(0, 3).join(", ")}, … ${last}` : places.join(", ");
}

/** The first letter as that of a sentence. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
