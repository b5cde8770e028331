/** From numbers to pixels, and the round numbers between. Pure. */

export interface Scale {
  readonly from: number;
  readonly to: number;
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

export function linear(from: number, to: number, start: number, end: number): Scale {
  const factor = (end - start) / (to - from);
  return {
    from,
    to,
    toPixel: (value) => start + (value - from) * factor,
    toValue: (pixel) => from + (pixel - start) / factor,
  };
}

/** Of positive numbers. */
export function logarithmic(from: number, to: number, start: number, end: number): Scale {
  const inner = linear(Math.log10(from), Math.log10(to), start, end);
  return {
    from,
    to,
    toPixel: (value) => inner.toPixel(Math.log10(value)),
    toValue: (pixel) => 10 ** inner.toValue(pixel),
  };
}

/** 1, 2 or 5 times a power of ten, not below `raw`. */
export function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(1));
}

/** Multiples of a round step, at most `count` of them or one more; each exact to its last digit. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  const step = niceStep((to - from) / Math.max(1, count));
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    digits > 15 ? (first + index) * step : Number(((first + index) * step).toFixed(digits)) + 0,
  );
}

/** Powers of ten. */
export function decades(from: number, to: number): readonly number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
}
