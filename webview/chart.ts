/** The two charts, activation above gradient, on one x-axis and with one cross-hair. */
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from "chart.js";
import { boxed, type Overlay, overlayPlugin, type Reading } from "./crosshair.ts";
import { bounds, type Curve, flatZones, functionCurve, gradientCurve, type Zone } from "./curves.ts";
import { element, swatch } from "./dom.ts";
import { formatNumber } from "./format.ts";
import type { ShownCurve } from "./shown.ts";
import { gradientText } from "./table.ts";
import type { Theme } from "./theme.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** Both y-axes take the same width, so that one x is one vertical line through both charts. */
const axisWidth = 46;

export interface Charts {
  readonly node: HTMLElement;
  update(curves: readonly ShownCurve[], reach: number, x: number, theme: Theme): void;
  /** Redraws the cross-hair alone. */
  moveTo(x: number): void;
}

interface Plot {
  readonly chart: Chart<"line">;
  readonly canvas: HTMLCanvasElement;
  readonly values: HTMLElement;
  overlay: Overlay | undefined;
}

export function createCharts(
  onProbe: (x: number, keep: boolean) => void,
  onLayout: (area: Zone) => void,
): Charts {
  const upper = plot("Activation", "f(x)", false);
  const lower = plot("Gradient", "f′(x)", true);
  const node = element("div", { class: "charts" }, upper.figure, lower.figure);
  const plots = [upper.plot, lower.plot] as const;
  let shown: readonly ShownCurve[] = [];

  for (const { canvas, chart } of plots) {
    const at = (event: PointerEvent) => {
      const x = chart.scales.x?.getValueForPixel(event.offsetX) ?? 0;
      return Math.min(chart.scales.x?.max ?? 0, Math.max(chart.scales.x?.min ?? 0, x));
    };
    canvas.addEventListener("pointermove", (event) => onProbe(at(event), event.buttons === 1));
    canvas.addEventListener("pointerdown", (event) => onProbe(at(event), true));
    canvas.addEventListener("pointerleave", () => onProbe(Number.NaN, false));
  }

  const moveTo = (x: number) => {
    for (const [index, each] of plots.entries()) {
      if (!each.overlay) continue;
      each.overlay = { ...each.overlay, x, readings: readings(shown, x, index === 1) };
      list(each);
      each.chart.draw();
    }
  };

  return {
    node,
    moveTo,
    update(curves, reach, x, theme) {
      shown = curves;
      const drawn = [
        curves.map(({ activation, parameters }) => functionCurve(activation, parameters, reach)),
        curves.map(({ activation, parameters }) => gradientCurve(activation, parameters, reach)),
      ] as const;
      const first = curves.find(({ selected }) => selected) ?? curves[0];
      const zones = first ? flatZones(first.activation, first.parameters, reach) : [];
      for (const [index, each] of plots.entries()) {
        const limits = bounds(drawn[index]!, index === 0 ? reach * 1.05 : 3);
        each.overlay = { x, readings: readings(curves, x, index === 1), zones, theme };
        each.chart.data = {
          datasets: curves.flatMap((curve, at) => datasets(curve, drawn[index]![at]!, theme)),
        };
        each.chart.options = options(reach, limits, theme, index === 1);
        each.chart.update("none");
        list(each);
        each.canvas.setAttribute("aria-label", describe(curves, index === 1, reach));
      }
      const area = lower.plot.chart.chartArea;
      if (area) onLayout({ from: area.left, to: area.right });
    },
  };

  function plot(title: string, formula: string, isLower: boolean) {
    const canvas = element("canvas", { role: "img" });
    const holder = element("div", { class: isLower ? "canvas lower" : "canvas" }, canvas);
    const values = element("span", { class: "readings", "aria-hidden": "true" });
    const caption = element(
      "figcaption",
      {},
      element("span", {}, `${title} `, element("i", {}, formula)),
      values,
    );
    const figure = element("figure", {}, caption, holder);
    const made: { overlay: Overlay | undefined } = { overlay: undefined };
    const config: ChartConfiguration<"line"> = {
      type: "line",
      data: { datasets: [] },
      options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
      plugins: [
        overlayPlugin(() => made.overlay),
        {
          id: "layout",
          afterLayout: (chart) => {
            if (isLower) onLayout({ from: chart.chartArea.left, to: chart.chartArea.right });
          },
        },
      ],
    };
    const chart = new Chart<"line">(canvas, config);
    return { figure, plot: Object.assign(made, { chart, canvas, values }) as Plot };
  }
}

/** More values than fit beside the cross-hair stand above the chart instead of hiding the curves. */
function list({ overlay, values }: Plot): void {
  const { readings: all = [] } = overlay ?? {};
  const rows = all.length > boxed ? all : [];
  values.replaceChildren(
    ...rows.map(({ text, colour, dash }) => element("span", {}, swatch(colour, dash), text)),
  );
}

function readings(curves: readonly ShownCurve[], x: number, gradient: boolean): Reading[] {
  return curves.map(({ activation, parameters, colour, dash }) => {
    const y = gradient ? activation.gradient(x, parameters) : activation.f(x, parameters);
    const text = gradient ? gradientText(activation, parameters, x) : formatNumber(y);
    return { y, text, colour, dash };
  });
}

/** A line with gaps where the curve breaks, and the dots at its ends. */
function datasets(shown: ShownCurve, curve: Curve, theme: Theme): ChartDataset<"line">[] {
  // A point without y breaks the line; its x must stay in order, Chart.js searches by it.
  const data = curve.pieces.flatMap((points) => [...points, { x: points.at(-1)?.x ?? 0, y: Number.NaN }]);
  const line: ChartDataset<"line"> = {
    data,
    parsing: false,
    borderColor: shown.colour,
    borderWidth: shown.selected ? 2.5 : 1.75,
    borderDash: [...shown.dash],
    borderJoinStyle: "round",
    pointRadius: 0,
    order: shown.selected ? 1 : 2,
  };
  const ends: ChartDataset<"line"> = {
    data: [...curve.ends],
    parsing: false,
    showLine: false,
    borderColor: shown.colour,
    pointRadius: 3.5,
    pointBorderWidth: 1.75,
    pointBackgroundColor: curve.ends.map((end) => (end.filled ? shown.colour : theme.background)),
    order: 0,
    clip: 6,
  };
  return [line, ends];
}

function options(reach: number, y: Zone, theme: Theme, isLower: boolean): ChartOptions<"line"> {
  const font = { family: theme.font, size: Math.round(theme.fontSize * 0.86) };
  const grid = {
    color: ({ tick }: { tick?: { value: number } }) => (tick?.value === 0 ? theme.axis : theme.grid),
    tickLength: 4,
    drawTicks: false,
  };
  const ticks = { color: theme.muted, font, padding: 6 };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { top: 6, right: 14 } },
    scales: {
      x: {
        type: "linear",
        min: -reach,
        max: reach,
        grid,
        border: { display: false },
        ticks: {
          ...ticks,
          display: isLower,
          maxRotation: 0,
          stepSize: reach > 6 ? 2 : 1,
          callback: (value) => formatNumber(+value),
        },
      },
      y: {
        type: "linear",
        min: y.from,
        max: y.to,
        grid,
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: isLower ? 5 : 7,
          includeBounds: false,
          callback: (value) => formatNumber(+value),
        },
        afterFit: (scale) => {
          scale.width = axisWidth;
        },
      },
    },
  };
}

function describe(curves: readonly ShownCurve[], gradient: boolean, reach: number): string {
  const names = curves.map(({ label }) => label).join(", ");
  const what = gradient ? "Gradients" : "Activation functions";
  return `${what} of ${names} for x from −${reach} to ${reach}. The table of values holds the same numbers.`;
}
