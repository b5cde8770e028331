import type { Interval } from "../model.ts";

/** [from, to] */
export function closed(from: number, to: number): Interval {
  return { from, to, fromReached: true, toReached: true };
}

/** (from, to) */
export function open(from: number, to: number): Interval {
  return { from, to, fromReached: false, toReached: false };
}

/** [from, to) */
export function closedOpen(from: number, to: number): Interval {
  return { from, to, fromReached: true, toReached: false };
}

/** (from, to] */
export function openClosed(from: number, to: number): Interval {
  return { from, to, fromReached: false, toReached: true };
}

export const reals: Interval = open(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
