/** Moves every span of an analysis. Pure. */
import { type Analysis, lazy } from "../engine/index.ts";

/**
 * The same analysis in offsets that count from `start`: what lies before has negative ones. So a cell of a notebook has
 * its own offsets, and still knows the code of the other cells.
 */
export function shifted(analysis: Analysis, start: number): Analysis {
  const known = new Map<object, unknown>();
  const { notebook: _, ...parts } = Object.getOwnPropertyDescriptors(analysis);
  const made = Object.keys(parts).map((name) => {
    const part = lazy(() => ({ value: moved(analysis[name as keyof Analysis], start, known) }));
    return [name, { get: () => part().value, enumerable: true }] as const;
  });
  return Object.defineProperties({}, Object.fromEntries(made)) as Analysis;
}

/** What was one object stays one. */
function moved(value: unknown, by: number, known: Map<object, unknown>): unknown {
  if (by === 0 || typeof value !== "object" || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const made: unknown = Array.isArray(value)
    ? value.map((item) => moved(item, by, known))
    : isSpan(value)
      ? { from: value.from - by, to: value.to - by }
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, by, known)]));
  known.set(value, made);
  return made;
}

const isSpan = (value: object): value is { readonly from: number; readonly to: number } =>
  "from" in value && "to" in value && typeof value.from === "number" && typeof value.to === "number";
