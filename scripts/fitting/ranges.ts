/** The range of measured shares for an expected one: of the runs around each knot, monotone in q. */
import type { RangeTable } from "../../src/engine/risk/fitted.ts";

const KNOTS = 10;
/** Share of the runs whose measured shares a knot is read from. */
const WINDOW = 0.2;
/** Share of those that the range holds. */
export const INSIDE = 0.86;
/** A lower bound below this share is none: else the runs without dead units fall out by a hair. */
const NEARLY_NONE = 0.02;

export function fitRanges(q: readonly number[], measured: readonly number[]): RangeTable {
  const order = q.map((_, index) => index).sort((a, b) => q[a]! - q[b]!);
  const half = Math.round((WINDOW * order.length) / 2);
  const knots = Array.from({ length: KNOTS }, (_, k) => {
    const centre = Math.round(((k + 0.5) / KNOTS) * (order.length - 1));
    const window = order.slice(Math.max(centre - half, 0), centre + half + 1);
    const shares = window.map((index) => measured[index]!).sort((a, b) => a - b);
    const at = quantile(
      window.map((index) => q[index]!),
      0.5,
    );
    return { q: at, ...shortest(shares) };
  });
  const lows = monotone(knots.map(({ low }) => low));
  const highs = monotone(knots.map(({ high }) => high));
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return knots.map(({ q: at }, k) => [round(at), round(lows[k]!), round(highs[k]!)] as const);
}

/** The shortest interval that holds the share INSIDE: shares pile up at 0 and at 1, so that it lies aside. */
function shortest(sorted: readonly number[]): { readonly low: number; readonly high: number } {
  const steps = 40;
  let best = { low: 0, high: quantile(sorted, INSIDE) };
  for (let i = 1; i <= steps; i++) {
    const part = (i / steps) * (1 - INSIDE);
    const candidate = { low: quantile(sorted, part), high: quantile(sorted, part + INSIDE) };
    if (candidate.high - candidate.low < best.high - best.low) best = candidate;
  }
  return best.low < NEARLY_NONE ? { low: 0, high: best.high } : best;
}

/** Linear between order statistics; `sorted` ascends. */
function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below]! + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!);
}

/** Isotonic regression: neighbours that fall are pooled to their mean. */
function monotone(values: readonly number[]): readonly number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    while (blocks.length > 1) {
      const [left, right] = blocks.slice(-2) as [(typeof blocks)[0], (typeof blocks)[0]];
      if (left.sum / left.count <= right.sum / right.count) break;
      blocks.splice(-2, 2, { sum: left.sum + right.sum, count: left.count + right.count });
    }
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}
