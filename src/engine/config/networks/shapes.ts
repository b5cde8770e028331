/** Sizes of what flows between layers, without the batch axis, in the format's own order; null: not known. */
export type Shape = readonly (number | null)[];

/** Number of entries; null where one size is not known. */
export const volume = (shape: Shape | null): number | null =>
  shape
    ? shape.reduce<number | null>((all, size) => (all === null || size === null ? null : all * size), 1)
    : null;

/** The number where it can be a size. */
export const sizeOrNull = (size: number | null | undefined): number | null =>
  size != null && Number.isSafeInteger(size) && size > 0 ? size : null;

export interface Window {
  readonly size: number | null;
  readonly stride: number | null;
  /** Before and behind together. */
  readonly padding?: number | null;
  readonly dilation?: number | null;
  /** Whether a last window that is not full counts. */
  readonly ceil?: boolean;
}

/** How many windows fit on an axis. */
export function slide(length: number | null | undefined, window: Window): number | null {
  const { size, stride, padding = 0, dilation = 1, ceil } = window;
  if (length == null || size === null || padding === null || dilation === null || !stride) return null;
  const steps = (length + padding - (dilation * (size - 1) + 1)) / stride;
  return sizeOrNull((ceil ? Math.ceil(steps) : Math.floor(steps)) + 1);
}

/** What branches have in common, axis by axis; on `axis` their sizes add up. */
export function joined(shapes: readonly (Shape | null)[], axis: number): Shape | null {
  const [first] = shapes;
  if (!first || shapes.some((shape) => shape?.length !== first.length)) return null;
  return first.map((size, at) => {
    const sizes = shapes.map((shape) => shape?.[at] ?? null);
    if (at !== axis) return sizes.find((other) => other !== null) ?? size;
    return sizes.reduce<number | null>((sum, own) => (sum === null || own === null ? null : sum + own), 0);
  });
}

/** Shape without the sizes that can't be. */
export const known = (shape: readonly (number | null | undefined)[]): Shape => shape.map(sizeOrNull);
