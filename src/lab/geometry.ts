/**
 * Strides, padding and pooling are not part of a `Network`. What is known is how many values reach the first dense
 * layer behind the convolutions: the usual designs are tried until one gives that number.
 */
import { sizeAfter } from "./layers/patches.ts";

export interface Geometry {
  /** By convolution. */
  readonly windows: readonly { readonly stride: 1; readonly padding: number; readonly pool: 1 | 2 }[];
  readonly gather: "flatten" | "mean";
  /** How it was found, as a sentence; undefined: only one design gives the numbers of the code. */
  readonly note: string;
}

/** Sides of the images that convolutional networks are usually written for: MNIST, CIFAR, small crops, ImageNet. */
const sides = [28, 32, 64, 96, 128, 224] as const;
const MOST = 10;

/**
 * `kernels`: sides of the convolutions in a row. `positions`: values that each channel brings to the dense layer.
 * undefined: no usual design gives that.
 */
export function geometryOf(kernels: readonly number[], positions: number): Geometry | undefined {
  if (positions === 1) return averaged(kernels);
  if (kernels.length > MOST) return undefined;
  for (const side of sides) {
    for (const isPadded of [true, false]) {
      // From no pooling at all to one behind each; of as many, those behind later convolutions first.
      for (const mask of masks(kernels.length)) {
        if (sideAfter(kernels, side, isPadded, mask) ** 2 !== positions) continue;
        return {
          windows: kernels.map((kernel, index) => windowOf(kernel, isPadded, (mask >> index) & 1)),
          gather: "flatten",
          note: `${wordsOf(isPadded, mask)}: told from the ${positions} positions that are left of ${side} x ${side}`,
        };
      }
    }
  }
  return undefined;
}

function averaged(kernels: readonly number[]): Geometry {
  return {
    windows: kernels.map((kernel, index) => windowOf(kernel, true, index < 2 ? 1 : 0)),
    gather: "mean",
    note: "strides and pooling were not read: 2 x 2 max pooling behind the first two convolutions, a mean over all positions behind the last",
  };
}

const windowOf = (kernel: number, isPadded: boolean, pooled: number) => ({
  stride: 1 as const,
  padding: isPadded ? Math.floor(kernel / 2) : 0,
  pool: pooled ? (2 as const) : (1 as const),
});

function sideAfter(kernels: readonly number[], side: number, isPadded: boolean, mask: number): number {
  let now: number = side;
  for (const [index, kernel] of kernels.entries()) {
    const { pool, ...window } = windowOf(kernel, isPadded, (mask >> index) & 1);
    now = Math.floor(sizeAfter(now, { kernel, ...window }) / pool);
  }
  return now;
}

const bits = (mask: number): number => mask.toString(2).replaceAll("0", "").length;

function masks(count: number): readonly number[] {
  return Array.from({ length: 2 ** count }, (_, mask) => mask).sort((a, b) => bits(a) - bits(b) || b - a);
}

function wordsOf(isPadded: boolean, mask: number): string {
  const pooled = bits(mask);
  const pooling =
    pooled === 0 ? "no pooling" : `2 x 2 max pooling ${pooled === 1 ? "once" : `${pooled} times`}`;
  return `convolutions ${isPadded ? "with" : "without"} padding, ${pooling}`;
}
