/** Loss, accuracy and dead share over the steps: a line for each variant's mean, a band for its seeds. */
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from "chart.js";
import type { Measured } from "../../src/lab/train.ts";
import { dies } from "../../src/lab/variants.ts";
import { element } from "../dom.ts";
import { formatNumber } from "../format.ts";
import type { Theme } from "../theme.ts";
import type { RunState } from "./run.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler);

export interface LabCharts {
  readonly node: HTMLElement;
  update(state: RunState, theme: Theme): void;
  dispose(): void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Kind {
  readonly title: string;
  value(measured: Measured, dying: readonly boolean[]): number | null;
  readonly isShare: boolean;
}

const hiddenShare = ({ silent }: Measured, dying: readonly boolean[]): number | null => {
  const counted = silent.slice(0, -1).flatMap((share, at) => (share === null ? [] : [dying[at] ? share : 0]));
  return counted.length > 0 ? counted.reduce((sum, one) => sum + one, 0) / counted.length : null;
};

export function createLabCharts(): LabCharts {
  const plots = [
    plot({ title: "Loss", value: ({ loss }) => (Number.isFinite(loss) ? loss : null), isShare: false }),
    plot({ title: "Accuracy", value: ({ accuracy }) => accuracy, isShare: true }),
    plot({ title: "Dead units", value: hiddenShare, isShare: true }),
  ];
  return {
    node: element("div", { class: "lab-charts" }, ...plots.map(({ figure }) => figure)),
    update(state, theme) {
      for (const each of plots) each.update(state, theme);
    },
    dispose() {
      for (const { chart } of plots) chart.destroy();
    },
  };
}

function plot(kind: Kind) {
  const canvas = element("canvas", { role: "img" });
  const caption = element("figcaption", {}, kind.title);
  const figure = element("figure", {}, caption, element("div", { class: "lab-canvas" }, canvas));
  const config: ChartConfiguration<"line"> = {
    type: "line",
    data: { datasets: [] },
    options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
  };
  const chart = new Chart<"line">(canvas, config);
  return {
    figure,
    chart,
    update(state: RunState, theme: Theme) {
      const isRegression = state.experiment.variants[0]!.spec.loss === "squared-error";
      const title = kind.title === "Accuracy" && isRegression ? "R²" : kind.title;
      caption.textContent = title;
      chart.data = {
        datasets: state.experiment.variants.flatMap((_, index) => datasets(state, index, kind, theme)),
      };
      chart.options = options(state, theme, kind.isShare);
      chart.update("none");
      canvas.setAttribute(
        "aria-label",
        `${title} over the steps, a line for each variant. The table holds the last values.`,
      );
    },
  };
}

function datasets(state: RunState, variant: number, kind: Kind, theme: Theme): ChartDataset<"line">[] {
  const { spec } = state.experiment.variants[variant]!;
  const dying = spec.layers.map(dies);
  const byStep = new Map<number, number[]>();
  for (const seed of state.curves[variant]!) {
    for (const measured of seed) {
      const value = kind.value(measured, dying);
      if (value !== null) byStep.set(measured.step, [...(byStep.get(measured.step) ?? []), value]);
    }
  }
  const steps = [...byStep].sort(([a], [b]) => a - b);
  const line = (of: (values: readonly number[]) => number): Point[] =>
    steps.map(([x, values]) => ({ x, y: of(values) }));
  const colour = theme.colours[variant % theme.colours.length]!;
  const dash = theme.dashes[variant % theme.dashes.length] ?? [];
  const edge = { parsing: false, borderWidth: 0, pointRadius: 0 } as const;
  const band = `color-mix(in srgb, ${colour} ${theme.highContrast ? 25 : 14}%, transparent)`;
  return [
    {
      data: line((values) => values.reduce((sum, one) => sum + one, 0) / values.length),
      parsing: false,
      borderColor: colour,
      borderDash: [...dash],
      borderWidth: variant === 0 ? 2.5 : 1.75,
      borderJoinStyle: "round",
      pointRadius: 0,
      order: variant === 0 ? 0 : 1,
    },
    { ...edge, data: line((values) => Math.min(...values)), order: 2 },
    { ...edge, data: line((values) => Math.max(...values)), fill: "-1", backgroundColor: band, order: 2 },
  ];
}

function options({ experiment }: RunState, theme: Theme, isShare: boolean): ChartOptions<"line"> {
  const font = { family: theme.font, size: Math.round(theme.fontSize * 0.86) };
  const ticks = { color: theme.muted, font, padding: 6, maxTicksLimit: 5, maxRotation: 0 };
  const shared = { grid: { color: theme.grid, drawTicks: false }, border: { display: false } } as const;
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { top: 6, right: 14 } },
    scales: {
      x: { type: "linear", min: 0, max: experiment.steps, ...shared, ticks },
      y: isShare
        ? {
            type: "linear",
            min: 0,
            max: 1,
            ...shared,
            ticks: { ...ticks, callback: (value) => `${Math.round(+value * 100)} %` },
          }
        : { type: "logarithmic", ...shared, ticks: { ...ticks, callback: (value) => formatNumber(+value) } },
    },
  };
}
