/** A chart of curves on the page: Chart.js draws it, with the lines, dots and numbers of the scene that is saved. */
import {
  type Scale as Axis,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from "chart.js";
import { formatNumber } from "./format.ts";
import { corners } from "./plot/corners.ts";
import {
  areaOf,
  axisWidth,
  type CurveChart,
  ends,
  grid,
  lines,
  numbersHeight,
  scalesOf,
  xTicks,
  yText,
  yTicks,
  zeroRow,
} from "./plot/curveScene.ts";
import { paint } from "./plot/paint.ts";
import { hatch, type Mark } from "./plot/scene.ts";
import type { Theme } from "./theme.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale);

export interface CurveCanvas {
  readonly canvas: HTMLCanvasElement;
  draw(chart: CurveChart, theme: Theme): void;
}

/** The page says when it is drawn, and how large. */
const still: ChartOptions<"line"> = {
  animation: false,
  responsive: false,
  maintainAspectRatio: false,
  events: [],
};

/** An axis whose lines are drawn under the curves: `underlay`. */
const bare = {
  type: "linear",
  grid: { display: false, drawTicks: false },
  border: { display: false },
} as const;

export function curveCanvas(canvas: HTMLCanvasElement): CurveCanvas {
  let under: readonly Mark[] = [];
  let shown: Theme | undefined;
  const config: ChartConfiguration<"line"> = {
    type: "line",
    data: { datasets: [] },
    options: still,
    plugins: [
      {
        id: "under",
        beforeDatasetsDraw: ({ ctx }) => {
          for (const mark of under) if (shown) paint(ctx, mark, shown);
        },
      },
    ],
  };
  const drawing = new Chart<"line">(canvas, config);
  return {
    canvas,
    draw(chart, theme) {
      shown = theme;
      under = underlay(chart, theme);
      drawing.data = { datasets: datasets(chart, theme) };
      drawing.options = options(chart, theme);
      // Even to the size that it has: it would measure the page.
      const isSame = drawing.width === chart.width && drawing.height === chart.height;
      if (!isSame || drawing.currentDevicePixelRatio !== devicePixelRatio) {
        drawing.resize(chart.width, chart.height);
      }
      drawing.update("none");
    },
  };
}

/** Grid, and the zones where the gradient is flat. */
function underlay(chart: CurveChart, theme: Theme): readonly Mark[] {
  const area = areaOf(chart.width, chart.height, chart.hasNumbers);
  const scales = scalesOf(chart);
  const zones = chart.zones.flatMap(({ from, to }) =>
    hatch({ ...area, left: scales.x.toPixel(from), right: scales.x.toPixel(to) }, theme.zone),
  );
  return [...grid(chart, area, scales, theme), ...zones];
}

/** The y-axis in numbers of its own: decades on a log scale, with the row for 0 below them. */
interface Rows {
  readonly from: number;
  readonly to: number;
  /** null: the value has no place. */
  at(value: number): number | null;
}

function rowsOf({ y, log, width, height, hasNumbers }: CurveChart): Rows {
  if (!log) return { ...y, at: (value) => value };
  const { top, bottom } = areaOf(width, height, hasNumbers);
  const [low, high] = [Math.log10(y.from), Math.log10(y.to)];
  const row = (zeroRow * (high - low)) / (bottom - zeroRow - top);
  return {
    from: low - row,
    to: high,
    at: (value) => {
      const size = Math.abs(value);
      if (size === 0) return low - row / 2;
      return size >= y.from ? Math.log10(size) : null;
    },
  };
}

function datasets(chart: CurveChart, theme: Theme): ChartDataset<"line">[] {
  const rows = rowsOf(chart);
  const same = (value: number): number => value;
  const scales = { x: { ...chart.x, toPixel: same, toValue: same }, y: rows.at };
  const order = [...chart.curves].sort((a, b) => Number(a.selected) - Number(b.selected));
  const marks = [
    ...order.flatMap((drawn) => lines(drawn, scales, chart.log)),
    ...order.flatMap((drawn) => ends(drawn, scales, theme)),
  ];
  // Chart.js draws the first data set last.
  return marks.flatMap(datasetOf).reverse();
}

function datasetOf(mark: Mark): ChartDataset<"line">[] {
  if (mark.kind === "line")
    return [
      {
        data: corners(mark.points).map(([x, y]) => ({ x, y })),
        parsing: false,
        borderColor: mark.colour,
        borderWidth: mark.width ?? 1,
        borderDash: [...(mark.dash ?? [])],
        borderJoinStyle: "round",
        pointRadius: 0,
      },
    ];
  if (mark.kind !== "dot") return [];
  return [
    {
      data: [{ x: mark.at[0], y: mark.at[1] }],
      parsing: false,
      showLine: false,
      borderColor: mark.colour,
      pointRadius: mark.radius,
      pointBorderWidth: 1.75,
      pointBackgroundColor: mark.fill,
      clip: 6,
    },
  ];
}

function options(chart: CurveChart, theme: Theme): ChartOptions<"line"> {
  const { x, width, height, hasNumbers, log } = chart;
  const area = areaOf(width, height, hasNumbers);
  const rows = rowsOf(chart);
  const values = log ? [0, ...yTicks(chart, area)] : yTicks(chart, area);
  const placed = values.flatMap((value) => {
    const at = rows.at(value);
    return at === null ? [] : [{ at, value }];
  });
  const textAt = new Map(placed.map(({ at, value }) => [at, yText(chart, value)]));
  const ticks = {
    color: theme.muted,
    font: { family: theme.font, size: Math.round(theme.fontSize * 0.86) },
    padding: 6,
    autoSkip: false,
    maxRotation: 0,
  };
  return {
    ...still,
    layout: { autoPadding: false, padding: { top: area.top, right: width - area.right } },
    scales: {
      x: {
        ...bare,
        min: x.from,
        max: x.to,
        ticks: { ...ticks, display: hasNumbers, callback: (value) => formatNumber(+value) },
        afterBuildTicks: (axis: Axis) => {
          axis.ticks = xTicks(x, area).map((value) => ({ value }));
        },
        // Both charts have the area that the scene has, so that the cross-hair lies on them.
        afterFit: (axis: Axis) => {
          axis.height = hasNumbers ? numbersHeight : height - area.bottom;
          withoutPadding(axis);
        },
      },
      y: {
        ...bare,
        min: rows.from,
        max: rows.to,
        ticks: { ...ticks, callback: (value) => textAt.get(+value) ?? "" },
        afterBuildTicks: (axis: Axis) => {
          axis.ticks = placed.map(({ at }) => ({ value: at }));
        },
        afterFit: (axis: Axis) => {
          axis.width = axisWidth;
          withoutPadding(axis);
        },
      },
    },
  };
}

/** Numbers at the ends of an axis may stand over its edge; room for them would move the area. */
function withoutPadding(axis: Axis): void {
  axis.paddingLeft = 0;
  axis.paddingRight = 0;
  axis.paddingTop = 0;
  axis.paddingBottom = 0;
}
