/** Curves of a run as a drawing: a line for each variant's mean over the seeds, a band from its least to its most. Pure. */
import type { Measured } from "../../src/lab/train.ts";
import { dies } from "../../src/lab/variants.ts";
import { formatNumber } from "../format.ts";
import { decades, linear, logarithmic, type Scale, ticks } from "../plot/scale.ts";
import { horizontal, type Mark, type Scene, type Spot } from "../plot/scene.ts";
import { dashOf, type Theme } from "../theme.ts";
import type { RunState } from "./run.ts";

export type Quantity = "loss" | "accuracy" | "dead";

interface Point {
  readonly step: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** By variant, over the seeds that have been measured at each step. */
function curvesOf(state: RunState, quantity: Quantity): readonly (readonly Point[])[] {
  return state.experiment.variants.map(({ spec }, variant) => {
    const dying = spec.layers.map(dies);
    const bySteps = new Map<number, number[]>();
    for (const measured of state.curves[variant]!.flat()) {
      const value = measuredValue(measured, quantity, dying);
      if (value === null || !Number.isFinite(value)) continue;
      bySteps.set(measured.step, [...(bySteps.get(measured.step) ?? []), value]);
    }
    return [...bySteps]
      .sort(([a], [b]) => a - b)
      .map(([step, values]) => ({
        step,
        mean: values.reduce((sum, one) => sum + one, 0) / values.length,
        least: Math.min(...values),
        most: Math.max(...values),
      }));
  });
}

function measuredValue(measured: Measured, quantity: Quantity, dying: readonly boolean[]): number | null {
  if (quantity !== "dead") return measured[quantity];
  const hidden = measured.silent.slice(0, -1);
  const shares = hidden.flatMap((share, at) => (share === null ? [] : [dying[at] ? share : 0]));
  return shares.length > 0 ? shares.reduce((sum, one) => sum + one, 0) / shares.length : null;
}

const left = 46;
const bottom = 24;

export function runScene(state: RunState, quantity: Quantity, { width, height }: Size, theme: Theme): Scene {
  const area = { left, top: 8, right: width - 14, bottom: height - bottom };
  const curves = curvesOf(state, quantity);
  const x = linear(0, state.experiment.steps, area.left, area.right);
  const { scale: y, marks } = quantity === "loss" ? lossScale(curves, area) : shareScale(area, quantity);
  const label = (at: Spot, text: string, anchor: "start" | "middle" | "end"): Mark => ({
    kind: "text",
    at,
    text,
    colour: theme.muted,
    anchor,
  });
  const grid = marks.map(({ value }) =>
    horizontal(y.toPixel(value), area, value === 0 ? theme.axis : theme.grid),
  );
  const rows = marks.map(({ value, text }) => label([area.left - 6, y.toPixel(value) + 4], text, "end"));
  const columns = ticks(0, state.experiment.steps, Math.max(2, Math.floor((area.right - area.left) / 60)));
  const below = columns.map((step) => label([x.toPixel(step), height - 6], formatNumber(step), "middle"));
  return {
    width,
    height,
    area,
    inside: [...grid, ...bandsAndLines(curves, x, y, theme)],
    outside: [...rows, ...below],
  };
}

/** Bands first, so that no line is hidden; the code's own line last. */
function bandsAndLines(
  curves: readonly (readonly Point[])[],
  x: Scale,
  y: Scale,
  theme: Theme,
): readonly Mark[] {
  const at = (step: number, value: number): Spot => [x.toPixel(step), y.toPixel(value)];
  const colour = (variant: number) => theme.colours[variant % theme.colours.length]!;
  const bands = curves.map(
    (points, variant): Mark => ({
      kind: "area",
      points: [
        ...points.map(({ step, most }) => at(step, most)),
        ...points.toReversed().map(({ step, least }) => at(step, least)),
      ],
      colour: colour(variant),
      opacity: theme.highContrast ? 0.25 : 0.14,
    }),
  );
  const lines = curves.map(
    (points, variant): Mark => ({
      kind: "line",
      points: points.map(({ step, mean }) => at(step, mean)),
      colour: colour(variant),
      width: variant === 0 ? 2.5 : 1.75,
      dash: dashOf(theme, variant),
    }),
  );
  return [...bands.filter((_, variant) => curves[variant]!.length > 1), ...lines.toReversed()];
}

interface Labelled {
  readonly scale: Scale;
  readonly marks: readonly { readonly value: number; readonly text: string }[];
}

interface Vertical {
  readonly top: number;
  readonly bottom: number;
}

/** In the numbers that the table has: an R² is no percentage. */
function shareScale({ top, bottom: end }: Vertical, quantity: "accuracy" | "dead"): Labelled {
  const scale = linear(0, 1, end, top);
  const textOf = (value: number) => (quantity === "dead" ? `${100 * value} %` : formatNumber(value));
  return { scale, marks: [0, 0.5, 1].map((value) => ({ value, text: textOf(value) })) };
}

/** Losses go over decades, up and down. */
function lossScale(curves: readonly (readonly Point[])[], { top, bottom: end }: Vertical): Labelled {
  const means = curves.flat().map(({ mean }) => mean);
  const positive = means.filter((value) => value > 0);
  // A loss of 0 to the last bit, or one before an overflow, must not flatten all others.
  const least = Math.max(1e-6, Math.min(...positive, 1) / 1.3);
  const most = Math.min(1e6, Math.max(...positive, least * 10) * 1.3);
  const inner = logarithmic(least, most, end, top);
  const scale = { ...inner, toPixel: (value: number) => inner.toPixel(Math.max(value, least / 10)) };
  const exact = decades(least, most);
  const values = exact.length >= 2 ? thinned(exact) : ticks(least, most, 4).filter((value) => value > 0);
  return { scale, marks: values.map((value) => ({ value, text: formatNumber(value) })) };
}

const thinned = (values: readonly number[]): readonly number[] =>
  values.filter((_, index) => index % Math.ceil(values.length / 5) === 0);
