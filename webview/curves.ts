/**
 * Points to draw. Kinks are treated truthfully: where the gradient jumps, its curve is broken, and the ends are
 * marked as in a textbook: a filled dot is the value frameworks use, an open one is a limit that is not reached.
 */
import type { ElementwiseActivation, Kink, ParameterValues } from "../src/engine/model.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface End extends Point {
  readonly filled: boolean;
}

/** Continuous pieces from left to right, and the ends where they break. */
export interface Curve {
  readonly pieces: readonly (readonly Point[])[];
  readonly ends: readonly End[];
}

/** A part of an axis. */
export interface Zone {
  readonly from: number;
  readonly to: number;
}

/** Below this slope a unit learns next to nothing. */
const flatGradient = 0.01;

/** Over the whole view: more than one for two pixels of a wide screen. */
const samples = 400;
/** How near to a kink a limit of f is taken: far above rounding, far below a pixel. */
const nearby = 1e-7;
/** Two values that differ by less than this are drawn as one. */
const visible = 1e-5;

const same = (a: number, b: number): boolean =>
  Math.abs(a - b) <= visible * Math.max(1, Math.abs(a), Math.abs(b));

function grid(from: number, to: number, view: Zone): number[] {
  const count = Math.max(2, Math.round((samples * (to - from)) / (view.to - view.from)));
  return Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);
}

function kinksWithin(activation: ElementwiseActivation, parameters: ParameterValues, view: Zone) {
  return activation
    .kinks(parameters)
    .filter(({ x }) => x >= view.from && x <= view.to)
    .sort((a, b) => a.x - b.x);
}

interface Limits {
  readonly x: number;
  readonly left: number;
  readonly right: number;
  readonly used: number;
}

/** Samples between breaks; at each break the limits themselves are the end points. */
function broken(value: (x: number) => number, breaks: readonly Limits[], view: Zone): Curve {
  const pieces: Point[][] = [];
  const ends: End[] = [];
  let { from } = view;
  let first: number | undefined;
  for (const { x, left, right, used } of breaks) {
    if (x > view.from) pieces.push(piece(value, { from, to: x }, view, first, left));
    const dots: End[] = [];
    if (x > view.from) dots.push({ x, y: left, filled: same(left, used) });
    if (x < view.to && !same(left, right)) dots.push({ x, y: right, filled: same(right, used) });
    if (!dots.some((dot) => dot.filled)) dots.push({ x, y: used, filled: true });
    ends.push(...dots.filter((dot) => Number.isFinite(dot.y)));
    from = x;
    first = right;
  }
  if (from < view.to) pieces.push(piece(value, { from, to: view.to }, view, first, undefined));
  return { pieces, ends };
}

function piece(
  value: (x: number) => number,
  { from, to }: Zone,
  view: Zone,
  first: number | undefined,
  last: number | undefined,
): Point[] {
  const xs = grid(from, to, view);
  return xs
    .map((x, index) => {
      if (index === 0 && first !== undefined) return { x, y: first };
      if (index === xs.length - 1 && last !== undefined) return { x, y: last };
      return { x, y: value(x) };
    })
    .filter((point) => Number.isFinite(point.y));
}

/** f on the view. Most kinks only bend f: they become a sample; a jump of f itself is a break. */
export function functionCurve(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  view: Zone,
): Curve {
  const f = (x: number) => activation.f(x, parameters);
  const kinks = kinksWithin(activation, parameters, view);
  const limits = kinks.map(({ x }) => ({ x, left: f(x - nearby), right: f(x + nearby), used: f(x) }));
  const jumps = limits.filter(({ left, right, used }) => !same(left, right) || !same(left, used));
  const bends = kinks.filter(({ x }) => !jumps.some((jump) => jump.x === x)).map(({ x }) => x);
  const curve = broken(f, jumps, view);
  return { ...curve, pieces: curve.pieces.map((points) => withBends(points, bends, f)) };
}

/** A corner between two samples would be cut off: put it in exactly. */
function withBends(points: readonly Point[], bends: readonly number[], f: (x: number) => number) {
  const inside = bends.filter((x) => points.length > 0 && x > points[0]!.x && x < points.at(-1)!.x);
  return [...points, ...inside.map((x) => ({ x, y: f(x) }))].sort((a, b) => a.x - b.x);
}

/** f' on the view, broken wherever its one-sided limits differ. */
export function gradientCurve(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  view: Zone,
): Curve {
  const jumps = kinksWithin(activation, parameters, view).filter(isJump);
  return broken((x) => activation.gradient(x, parameters), jumps, view);
}

export const isJump = (kink: Kink): boolean => !same(kink.left, kink.right) || !same(kink.left, kink.used);

/** Where |f'| < 0.01 on the visible range: inputs there teach the unit nothing. */
export function flatZones(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  view: Zone,
): readonly Zone[] {
  const isFlat = (x: number) => Math.abs(activation.gradient(x, parameters)) < flatGradient;
  const zones: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | undefined;
  for (const points of gradientCurve(activation, parameters, view).pieces) {
    for (const [index, { x, y }] of points.entries()) {
      // The limits at a jump belong to their own side; between two samples the edge is looked for.
      const before = points[index - 1];
      if (Math.abs(y) >= flatGradient) {
        if (open && before) open.to = edge(isFlat, before.x, x);
        open = undefined;
      } else if (open) open.to = x;
      else {
        open = { from: before ? edge(isFlat, x, before.x) : x, to: x };
        zones.push(open);
      }
    }
  }
  return zones.filter((zone) => zone.to > zone.from);
}

/** Where a flat zone ends between an x inside and one outside, by bisection far below a pixel. */
function edge(isFlat: (x: number) => boolean, inside: number, outside: number): number {
  let [flat, steep] = [inside, outside];
  for (let step = 0; step < 30; step++) {
    const middle = (flat + steep) / 2;
    if (isFlat(middle)) flat = middle;
    else steep = middle;
  }
  return flat;
}

/**
 * Bounds of a y-axis that show all curves without letting one that explodes flatten the others.
 *
 * @param keepsZero whether 0 is always among them; else only where that does not flatten what a zoom shows
 */
export function bounds(curves: readonly Curve[], limit: number, keepsZero = true): Zone {
  const ys = curves.flatMap((curve) => [
    ...curve.pieces.flatMap((points) => points.map((point) => point.y)),
    ...curve.ends.map((end) => end.y),
  ]);
  const within = ys.map((y) => Math.max(-limit, Math.min(limit, y)));
  let low = Math.min(...within, Number.POSITIVE_INFINITY);
  let high = Math.max(...within, Number.NEGATIVE_INFINITY);
  if (!(low <= high)) return { from: -1, to: 1 };
  const span = high - low;
  if (keepsZero || (low > 0 && low <= span) || (high < 0 && -high <= span) || span === 0) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  const padding = (high - low || 1) * 0.07;
  return { from: low - padding, to: high + padding };
}
