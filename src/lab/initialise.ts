/** Weights and biases as the frameworks draw them. Matrices are [units, fanIn], a convolution's patch in a row. */
import type { Initialiser } from "../engine/model.ts";
import { biasMoments, weightMoments } from "../engine/risk/initialisers.ts";
import type { Random } from "./random.ts";
import type { LabInitialiser } from "./spec.ts";

/** Sizes of one layer; fans include the kernel's area. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Standard deviation of a standard normal cut off at 2, by which the frameworks' truncated normals are widened. */
const TRUNCATED = 0.87962566103423978;

/** @param truncates whether `normal` variants of schemes with fans are drawn from a normal cut off at 2 std, as in Keras */
export function fillWeights(
  to: Float32Array,
  initialiser: LabInitialiser,
  { fanIn, fanOut }: Fans,
  draw: Random,
  truncates: boolean,
): void {
  switch (initialiser.scheme) {
    case "rai":
      fillAsymmetric(to, fanIn, draw);
      break;
    case "orthogonal":
      fillOrthogonal(to, fanIn, initialiser.gain ?? 1, draw);
      break;
    default: {
      const { mean, std } = weightMoments(initialiser, fanIn, fanOut);
      fill(to, initialiser.scheme, mean, std, draw, truncates);
    }
  }
}

export function fillBias(
  to: Float32Array,
  initialiser: Initialiser,
  { fanIn, fanOut }: Fans,
  draw: Random,
): void {
  const { mean, std } = biasMoments(initialiser, fanIn, initialiser.fans === "weights" ? fanOut : to.length);
  fill(to, initialiser.scheme, mean, std, draw, false);
}

function fill(
  to: Float32Array,
  scheme: Initialiser["scheme"],
  mean: number,
  std: number,
  draw: Random,
  truncates: boolean,
): void {
  const next = drawer(scheme, draw, truncates);
  for (let i = 0; i < to.length; i++) to[i] = mean + std * next();
}

/** Numbers of mean 0 and standard deviation 1 with the scheme's shape. */
function drawer(scheme: Initialiser["scheme"], draw: Random, truncates: boolean): () => number {
  switch (scheme) {
    case "torch_default":
    case "he_uniform":
    case "glorot_uniform":
    case "lecun_uniform":
    case "uniform":
      return () => Math.sqrt(3) * (2 * draw.uniform() - 1);
    case "constant":
      return () => 0;
    case "normal":
      return draw.normal;
    default:
      return truncates ? () => truncated(draw) / TRUNCATED : draw.normal;
  }
}

function truncated(draw: Random): number {
  for (;;) {
    const value = draw.normal();
    if (Math.abs(value) <= 2) return value;
  }
}

/** Saxe et al. 2013: rows (or columns, whichever are fewer) are orthonormal; by Gram and Schmidt in double precision. */
function fillOrthogonal(to: Float32Array, fanIn: number, gain: number, draw: Random): void {
  const units = to.length / fanIn;
  const [count, length] = units <= fanIn ? [units, fanIn] : [fanIn, units];
  const rows: Float64Array[] = [];
  for (let r = 0; r < count; r++) {
    const row = Float64Array.from({ length }, () => draw.normal());
    // Twice, since once loses orthogonality to rounding where many rows are taken off.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) {
        const along = dot(row, other);
        for (let i = 0; i < length; i++) row[i]! -= along * other[i]!;
      }
    }
    const norm = Math.sqrt(dot(row, row));
    for (let i = 0; i < length; i++) row[i]! /= norm;
    rows.push(row);
  }
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < fanIn; i++) {
      to[u * fanIn + i] = gain * (units <= fanIn ? rows[u]![i]! : rows[i]![u]!);
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Lu, Shin, Su and Karniadakis 2019 (arXiv:1903.06733): normal weights of variance .36 / fanIn and bias, of which one
 * entry, drawn by chance, is from Beta(2, 1), so that a unit is dead less often. The bias counts as an entry.
 */
function fillAsymmetric(to: Float32Array, fanIn: number, draw: Random): void {
  const std = 0.6007 / Math.sqrt(fanIn);
  for (let i = 0; i < to.length; i++) to[i] = std * draw.normal();
  for (let u = 0; u < to.length / fanIn; u++) {
    const at = Math.floor(draw.uniform() * (fanIn + 1));
    const positive = Math.max(draw.uniform(), draw.uniform()); // Beta(2, 1).
    if (at < fanIn) to[u * fanIn + at] = positive;
  }
}
