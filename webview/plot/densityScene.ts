/** The pre-activations of a layer on the x-axis of the charts: their density, and single units below it. */
import type { Zone } from "../curves.ts";
import { densityCurve, type LayerDensity, unitRanges } from "../density.ts";
import type { Theme } from "../theme.ts";
import { areaOf } from "./curveScene.ts";
import { linear } from "./scale.ts";
import { horizontal, type Mark, type Scene, type Spot, vertical } from "./scene.ts";

export const unitCount = 20;
const rowHeight = 3;
const pad = 4;

/** @param view the visible part of the x-axis */
export function densityScene(
  layer: LayerDensity,
  view: Zone,
  { width, height }: { readonly width: number; readonly height: number },
  theme: Theme,
): Scene {
  const area = areaOf(width, height, false);
  const x = linear(view.from, view.to, area.left, area.right);
  const base = area.bottom - unitCount * rowHeight - pad;
  const top = area.top + 2;
  const points = densityCurve(layer.risk.preActivations).map(
    (point): Spot => [x.toPixel(point.x), base - point.y * (base - top)],
  );
  const zero = x.toPixel(0);
  const cut = heightAt(points, zero);
  const left = [...points.filter(([at]) => at < zero), [zero, cut] as const];
  const right = [[zero, cut] as const, ...points.filter(([at]) => at >= zero)];
  return {
    width,
    height,
    area,
    inside: [
      ...filled(left, base, theme.warning),
      ...filled(right, base, theme.colours[0]!),
      { kind: "line", points, colour: theme.foreground, width: 1 },
      horizontal(base, area, theme.grid),
      vertical(zero, area, theme.axis),
      ...bars(layer, x.toPixel, base + pad, theme),
    ],
    outside: [
      label("all", area.left, (top + base) / 2, theme),
      label("units", area.left, (base + pad + area.bottom) / 2, theme),
    ],
  };
}

function filled(points: readonly Spot[], base: number, colour: string): readonly Mark[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return [];
  const closed: readonly Spot[] = [[first[0], base], ...points, [last[0], base]];
  return [{ kind: "area", points: closed, colour, opacity: 0.35 }];
}

/** Of the outline at a place between two of its points; beyond its ends that of the end. */
function heightAt(points: readonly Spot[], at: number): number {
  const next = points.findIndex(([x]) => x >= at);
  const [a, b] = [points[next - 1], points[next]];
  if (!a || !b) return (next < 0 ? points.at(-1) : points[0])?.[1] ?? 0;
  return a[1] + ((b[1] - a[1]) * (at - a[0])) / (b[0] - a[0] || 1);
}

function bars(
  layer: LayerDensity,
  toPixel: (x: number) => number,
  top: number,
  theme: Theme,
): readonly Mark[] {
  return unitRanges(layer, unitCount).flatMap(({ from, to, mean, isSilent }, index): Mark[] => {
    const y = top + (index + 0.5) * rowHeight;
    const colour = isSilent ? (layer.dies ? theme.bad : theme.warning) : theme.foreground;
    const at = toPixel(mean);
    return [
      {
        kind: "line",
        points: [
          [toPixel(from), y],
          [toPixel(to), y],
        ],
        colour,
        width: 1.5,
        opacity: isSilent ? 1 : 0.55,
      },
      {
        kind: "line",
        points: [
          [at - 1.5, y],
          [at + 1.5, y],
        ],
        colour,
        width: 3,
      },
    ];
  });
}

const label = (text: string, left: number, y: number, { muted, fontSize }: Theme): Mark => ({
  kind: "text",
  at: [left - 6, y + fontSize * 0.3],
  text,
  colour: muted,
  anchor: "end",
  size: 0.78,
});
