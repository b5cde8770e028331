/**
 * One of the two charts: where its axes lie, and the marks of its grid, curves, jumps and cross-hair. As a whole it is a
 * scene for files; on the page Chart.js draws the same curves in the same area.
 */
import type { Curve, Point, Zone } from "../curves.ts";
import { formatNumber } from "../format.ts";
import type { Theme } from "../theme.ts";
import { decades, linear, logarithmic, type Scale, ticks } from "./scale.ts";
import { hatch, horizontal, type Mark, type Rectangle, type Scene, type Spot, vertical } from "./scene.ts";

export interface Drawn {
  readonly curve: Curve;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly selected: boolean;
}

export interface CurveChart {
  readonly width: number;
  readonly height: number;
  readonly x: Zone;
  readonly y: Zone;
  /** The size of values on a log scale, with a row of its own for 0. */
  readonly log: boolean;
  readonly curves: readonly Drawn[];
  readonly zones: readonly Zone[];
  /** Whether the x-axis bears its numbers. */
  readonly hasNumbers: boolean;
}

/** All y-axes take the same width, so that one x is one vertical line through all charts. */
export const axisWidth = 46;
const right = 14;
export const numbersHeight = 20;
/** Height of the row for values that are exactly 0, on a log scale. */
export const zeroRow = 26;

export const areaOf = (width: number, height: number, hasNumbers: boolean): Rectangle => ({
  left: axisWidth,
  top: 6,
  right: Math.max(axisWidth + 20, width - right),
  bottom: height - (hasNumbers ? numbersHeight : 4),
});

export interface Scales {
  readonly x: Scale;
  /** null: the value has no place on the axis. */
  readonly y: (value: number) => number | null;
}

export function scalesOf({
  width,
  height,
  x,
  y,
  log,
  hasNumbers,
}: Omit<CurveChart, "curves" | "zones">): Scales {
  const { left, right: end, top, bottom } = areaOf(width, height, hasNumbers);
  const across = linear(x.from, x.to, left, end);
  if (!log) return { x: across, y: linear(y.from, y.to, bottom, top).toPixel };
  const up = logarithmic(y.from, y.to, bottom - zeroRow, top);
  return {
    x: across,
    y: (value) => {
      const size = Math.abs(value);
      if (size === 0) return bottom - zeroRow / 2;
      return size >= y.from ? up.toPixel(size) : null;
    },
  };
}

export function curveScene(chart: CurveChart, theme: Theme): Scene {
  const { width, height, zones, curves, hasNumbers } = chart;
  const area = areaOf(width, height, hasNumbers);
  const scales = scalesOf(chart);
  const order = [...curves].sort((a, b) => Number(a.selected) - Number(b.selected));
  return {
    width,
    height,
    area,
    inside: [
      ...grid(chart, area, scales, theme),
      ...zones.flatMap(({ from, to }) =>
        hatch({ ...area, left: scales.x.toPixel(from), right: scales.x.toPixel(to) }, theme.zone),
      ),
      ...order.flatMap((drawn) => lines(drawn, scales, chart.log)),
      ...order.flatMap((drawn) => ends(drawn, scales, theme)),
    ],
    outside: [
      ...yNumbers(chart, area, scales, theme),
      ...(hasNumbers ? xNumbers(chart.x, area, scales.x, theme) : []),
    ],
  };
}

const spacing = (pixels: number, each: number): number => Math.max(2, Math.floor(pixels / each));

export const xTicks = (x: Zone, area: Rectangle): readonly number[] =>
  ticks(x.from, x.to, spacing(area.right - area.left, 56));

export function yTicks({ y, log }: CurveChart, area: Rectangle): readonly number[] {
  if (!log) return ticks(y.from, y.to, spacing(area.bottom - area.top, 38));
  const all = decades(y.from, y.to);
  const every = Math.ceil(all.length / spacing(area.bottom - area.top, 22));
  return all.filter((_, index) => (all.length - 1 - index) % every === 0);
}

export function grid(chart: CurveChart, area: Rectangle, { x, y }: Scales, theme: Theme): readonly Mark[] {
  const rows = yTicks(chart, area).flatMap((value) => {
    const at = y(value);
    return at === null ? [] : horizontal(at, area, value === 0 ? theme.axis : theme.grid);
  });
  const columns = xTicks(chart.x, area).map((value) =>
    vertical(x.toPixel(value), area, value === 0 ? theme.axis : theme.grid),
  );
  const zero = chart.log ? [horizontal(area.bottom - zeroRow, area, { ...theme.axis, dash: [2, 3] })] : [];
  return [...columns, ...rows, ...zero];
}

function xNumbers(view: Zone, area: Rectangle, x: Scale, { muted, fontSize }: Theme): readonly Mark[] {
  return xTicks(view, area).map((value) => ({
    kind: "text",
    at: [x.toPixel(value), area.bottom + fontSize + 2],
    text: formatNumber(value),
    colour: muted,
    anchor: "middle",
  }));
}

export const yText = ({ log }: CurveChart, value: number): string =>
  log && value !== 0 && value < 0.01 ? `1e−${-Math.round(Math.log10(value))}` : formatNumber(value);

function yNumbers(
  chart: CurveChart,
  area: Rectangle,
  { y }: Scales,
  { muted, fontSize }: Theme,
): readonly Mark[] {
  const values = chart.log ? [0, ...yTicks(chart, area)] : yTicks(chart, area);
  return values.flatMap((value): Mark[] => {
    const at = y(value);
    if (at === null) return [];
    const text = yText(chart, value);
    return [{ kind: "text", at: [area.left - 6, at + fontSize * 0.32], text, colour: muted, anchor: "end" }];
  });
}

/** On a log scale: runs of points that have a place on the axis; values of 0 are not joined to others. */
function runs(points: readonly Point[], { x, y }: Scales): readonly (readonly Spot[])[] {
  const all: Spot[][] = [];
  let open: { readonly spots: Spot[]; readonly isZero: boolean } | undefined;
  for (const point of points) {
    const at = y(point.y);
    const isZero = point.y === 0;
    if (at === null) open = undefined;
    else {
      if (!open || open.isZero !== isZero) {
        open = { spots: [], isZero };
        all.push(open.spots);
      }
      open.spots.push([x.toPixel(point.x), at]);
    }
  }
  return all.filter((spots) => spots.length > 1);
}

export function lines(
  { curve, colour, dash, selected }: Drawn,
  scales: Scales,
  log: boolean,
): readonly Mark[] {
  const { x, y } = scales;
  return curve.pieces
    .flatMap((points) => (log ? runs(points, scales) : [points.map((p): Spot => [x.toPixel(p.x), y(p.y)!])]))
    .map((points) => ({ kind: "line", points, colour, dash, width: selected ? 2.5 : 1.75 }));
}

/** As in a textbook: a filled dot is the value that is used, an open one a limit that is not reached. */
export function ends({ curve, colour }: Drawn, { x, y }: Scales, { background }: Theme): readonly Mark[] {
  return curve.ends.flatMap((end): Mark[] => {
    const at = y(end.y);
    if (at === null) return [];
    return [
      {
        kind: "dot",
        at: [x.toPixel(end.x), at],
        radius: 3.5,
        colour,
        fill: end.filled ? colour : background,
      },
    ];
  });
}

/** The line at x, and a dot on each curve. */
export function crosshair(
  at: number,
  values: readonly { readonly y: number; readonly colour: string }[],
  area: Rectangle,
  { x, y }: Scales,
  { axis, background }: Theme,
): readonly Mark[] {
  const pixel = x.toPixel(at);
  const dots = values.flatMap((value): Mark[] => {
    const height = Number.isFinite(value.y) ? y(value.y) : null;
    return height === null
      ? []
      : [{ kind: "dot", at: [pixel, height], radius: 4.5, colour: background, fill: value.colour }];
  });
  return [vertical(pixel, area, { ...axis, dash: [3, 3] }), ...dots];
}
