/**
 * The estimate follows one layer after the other. A network with branches is taken apart into ways from its input to
 * each of its ends, each the longest that leads there; what lies beside (the projection of a skip connection, the
 * shorter branch) has no estimate.
 */
import type { Layer } from "../model.ts";

/** Ends that are followed: a network with more heads says the same of each of them. */
const MOST_WAYS = 8;

/** Places of the layers on each way, in order; the longest way first. */
export function chainsOf(layers: readonly Layer[]): readonly (readonly number[])[] {
  const before = layers.map(({ inputs }, index) => inputs ?? (index > 0 ? [index - 1] : []));
  const read = new Set(before.flat());
  const longest: number[] = [];
  const previous = before.map((inputs, index) => {
    const best = inputs
      .filter((input) => input < index)
      .reduce<number | undefined>(
        (a, b) => (a === undefined || (longest[b] ?? 0) > (longest[a] ?? 0) ? b : a),
        undefined,
      );
    longest[index] = 1 + (best === undefined ? 0 : (longest[best] ?? 0));
    return best;
  });
  const ends = layers.flatMap((_, index) => (read.has(index) ? [] : [index]));
  return ends
    .sort((a, b) => (longest[b] ?? 0) - (longest[a] ?? 0) || a - b)
    .slice(0, MOST_WAYS)
    .map((end) => {
      const way: number[] = [];
      for (let at: number | undefined = end; at !== undefined; at = previous[at]) way.unshift(at);
      return way;
    });
}
