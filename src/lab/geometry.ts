/**
 * How the convolutions of a network move. Where it was read, it is taken if some image gives the number of values that
 * reach the first dense layer; else the usual designs are tried until one does.
 */
import type { Window } from "../engine/model.ts";
import { sizeAfter } from "./layers/patches.ts";

export interface Move {
  readonly stride: number;
  readonly padding: number;
  /** Side of the max pooling behind it; 1: none. */
  readonly pool: number;
}

export interface Geometry {
  /** By convolution. */
  readonly windows: readonly Move[];
  readonly gather: "flatten" | "mean";
  /** How it was found, as a sentence, where it is not the code's own. */
  readonly note?: string;
}

/** Sides of the images that convolutional networks are usually written for: MNIST, CIFAR, small crops, ImageNet. */
const sides = [28, 32, 64, 96, 128, 224] as const;
const MOST = 10;

/** Sides of images that are looked at: beyond ImageNet's, no network ends in a dense layer over all positions. */
const LARGEST_SIDE = 512;

/** As it was read; undefined: not of all of them, or it does not lead to the `positions` of the dense layer. */
export function geometryRead(
  kernels: readonly number[],
  windows: readonly (Window | undefined)[],
  positions: number,
): Geometry | undefined {
  const moves = windows.flatMap((window): Move[] => {
    if (!window) return [];
    const { stride, padding, pool = 1 } = window;
    return [{ stride, padding, pool }];
  });
  if (moves.length < kernels.length) return undefined;
  const isReached = Array.from({ length: LARGEST_SIDE }, (_, index) => index + 1).some(
    (side) => sideThrough(kernels, side, moves) ** 2 === positions,
  );
  if (!isReached) return undefined;
  return {
    windows: moves,
    gather: positions === 1 ? "mean" : "flatten",
    ...(windows.some((window) => window?.isMean) && {
      note: "the largest of each square where the code takes its mean",
    }),
  };
}

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

const windowOf = (kernel: number, isPadded: boolean, pooled: number): Move => ({
  stride: 1,
  padding: isPadded ? Math.floor(kernel / 2) : 0,
  pool: pooled ? 2 : 1,
});

const sideAfter = (kernels: readonly number[], side: number, isPadded: boolean, mask: number): number =>
  sideThrough(
    kernels,
    side,
    kernels.map((kernel, index) => windowOf(kernel, isPadded, (mask >> index) & 1)),
  );

function sideThrough(kernels: readonly number[], side: number, moves: readonly Move[]): number {
  let now = side;
  for (const [index, kernel] of kernels.entries()) {
    const { pool, ...window } = moves[index]!;
    now = Math.floor(sizeAfter(now, { kernel, ...window }) / pool);
    // Kernels that are larger than what is left would count backwards.
    if (now < 1) return Number.NaN;
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
