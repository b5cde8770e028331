/** Places in a text beside each other. */
import type { Span } from "./model.ts";

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;

/** Whether one lies in the other, or is it. */
export const isWithin = (inner: Span, outer: Span): boolean =>
  outer.from <= inner.from && inner.to <= outer.to;
