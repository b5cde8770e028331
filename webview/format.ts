/** Numbers and ranges as people read them: a true minus sign, no noise digits. */
import type { Interval } from "../src/engine/model.ts";

/** Up to `digits` significant digits; a value that only rounding keeps from zero is zero. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) < 1e-12) return "0";
  const magnitude = Math.abs(value);
  const text =
    magnitude >= 1e5 || magnitude < 1e-4
      ? value
          .toExponential(digits > 4 ? digits - 1 : Math.min(2, digits - 1))
          .replace(/\.?0+e/, "e")
          .replace("e+", "e")
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

export function formatInterval(interval: Interval): string {
  const open = interval.fromReached ? "[" : "(";
  const close = interval.toReached ? "]" : ")";
  return `${open}${formatNumber(interval.from)}, ${formatNumber(interval.to)}${close}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
