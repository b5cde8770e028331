/** Chart.js plugins: the zone without gradient, and a cross-hair with exact values, one x for both charts. */
import type { Chart, Plugin } from "chart.js";
import type { Zone } from "./curves.ts";
import type { Theme } from "./theme.ts";

export interface Reading {
  readonly y: number;
  readonly text: string;
  readonly colour: string;
  readonly dash: readonly number[];
}

/** What the plugins draw; the chart's owner replaces it before each redraw. */
export interface Overlay {
  readonly x: number;
  readonly readings: readonly Reading[];
  readonly zones: readonly Zone[];
  readonly theme: Theme;
}

/** Up to so many values are written beside the cross-hair. */
export const boxed = 2;

const gap = 5;

export function overlayPlugin(current: () => Overlay | undefined): Plugin<"line"> {
  return {
    id: "overlay",
    beforeDatasetsDraw(chart) {
      const overlay = current();
      if (overlay) for (const zone of overlay.zones) drawZone(chart, zone, overlay.theme);
    },
    afterDatasetsDraw(chart) {
      const overlay = current();
      if (overlay) drawCrosshair(chart, overlay);
    },
  };
}

/** Hatched, not only tinted: it must be seen in high contrast, and without colour. */
function drawZone(chart: Chart, zone: Zone, theme: Theme): void {
  const { ctx, chartArea, scales } = chart;
  const left = scales.x!.getPixelForValue(zone.from);
  const right = scales.x!.getPixelForValue(zone.to);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, chartArea.top, right - left, chartArea.bottom - chartArea.top);
  ctx.clip();
  ctx.strokeStyle = theme.zone;
  ctx.lineWidth = 1;
  ctx.beginPath();
  const height = chartArea.bottom - chartArea.top;
  for (let x = chartArea.left - height; x < right; x += 8) {
    ctx.moveTo(x, chartArea.bottom);
    ctx.lineTo(x + height, chartArea.top);
  }
  ctx.stroke();
  ctx.restore();
}

function drawCrosshair(chart: Chart, { x, readings, theme }: Overlay): void {
  const { ctx, chartArea, scales } = chart;
  const pixel = scales.x!.getPixelForValue(x);
  ctx.save();
  ctx.strokeStyle = theme.axis;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(pixel, chartArea.top);
  ctx.lineTo(pixel, chartArea.bottom);
  ctx.stroke();
  ctx.setLineDash([]);
  for (const { y, colour } of readings) {
    const height = scales.y!.getPixelForValue(y);
    if (!(height >= chartArea.top - 1 && height <= chartArea.bottom + 1)) continue;
    ctx.beginPath();
    ctx.arc(pixel, height, 4, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = theme.background;
    ctx.stroke();
  }
  drawReadings(chart, pixel, readings, theme);
  ctx.restore();
}

/** The values in a small box beside the line, on the side and at the height where there is room. */
function drawReadings(chart: Chart, pixel: number, readings: readonly Reading[], theme: Theme): void {
  if (readings.length === 0 || readings.length > boxed) return;
  const { ctx, chartArea, scales } = chart;
  const size = Math.round(theme.fontSize * 0.92);
  const row = size + 6;
  ctx.font = `${size}px ${theme.font}`;
  const textWidth = Math.max(...readings.map(({ text }) => ctx.measureText(text).width));
  const width = textWidth + 3 * gap + 8;
  const height = readings.length * row + gap;
  const fits = pixel + 10 + width <= chartArea.right;
  const left = fits ? pixel + 10 : Math.max(chartArea.left, pixel - 10 - width);
  const middle = readings.reduce((sum, { y }) => sum + scales.y!.getPixelForValue(y), 0) / readings.length;
  // Towards the middle of the chart there is more room than at its edges, and no curve that runs along them.
  const low = middle > (chartArea.top + chartArea.bottom) / 2;
  const wanted = low ? middle - height - 9 : middle + 9;
  const top = Math.min(chartArea.bottom - height - 2, Math.max(chartArea.top + 2, wanted));
  ctx.fillStyle = theme.background;
  ctx.strokeStyle = theme.highContrast ? theme.foreground : theme.grid;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.94;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 3);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.stroke();
  ctx.textBaseline = "middle";
  readings.forEach(({ text, colour }, index) => {
    const y = top + gap / 2 + row * (index + 0.5);
    ctx.fillStyle = colour;
    ctx.fillRect(left + gap, y - 4, 8, 8);
    ctx.fillStyle = theme.foreground;
    ctx.fillText(text, left + 2 * gap + 8, y + 0.5);
  });
}
