/**
 * What the activation of a layer is given at initialisation, in numbers: the mean-field picture of the risk model. The
 * mean of a unit is drawn once, from N(mean, betweenUnits^2); its values over the inputs lie around it with betweenInputs.
 */
import type { LayerRisk, PreActivations } from "../src/engine/model.ts";
import { normalCdf, normalPdf, normalQuantile } from "../src/engine/risk/gaussian.ts";
import { largestDeviation } from "../src/engine/risk/riskModel.ts";
import { shareWords } from "../src/engine/words.ts";
import type { ShownLayer } from "../src/protocol.ts";
import type { Point, Zone } from "./curves.ts";
import { formatNumber, plural } from "./format.ts";

/** One layer with its estimate. */
export interface LayerDensity {
  readonly kind: ShownLayer["kind"];
  readonly risk: LayerRisk;
  /** Whether a unit that is never above 0 is dead. */
  readonly dies: boolean;
}

export const totalSpread = ({ betweenUnits, betweenInputs }: PreActivations): number =>
  Math.hypot(betweenUnits, betweenInputs);

/** Share of all pre-activations, 0..1, that lie left of 0. */
export function shareLeft(layer: PreActivations): number {
  const spread = totalSpread(layer);
  if (spread > 0) return normalCdf(-layer.mean / spread);
  return layer.mean < 0 ? 1 : 0;
}

/** The density over all units and inputs, as far as it can be seen. */
export function densityCurve(layer: PreActivations): readonly Point[] {
  const spread = totalSpread(layer);
  return Array.from({ length: 161 }, (_, index) => {
    const z = (index - 80) / 20;
    return { x: layer.mean + z * spread, y: normalPdf(z) / normalPdf(0) };
  });
}

/** One of a layer's units: from its lowest to its highest pre-activation over the inputs. */
export interface UnitRange extends Zone {
  readonly mean: number;
  readonly isSilent: boolean;
}

/**
 * Units at even steps of the layer's, the lowest first. As many of them are silent as the estimate says of the layer:
 * it knows more than these bars, such as how the spread differs between units.
 */
export function unitRanges({ kind, risk }: LayerDensity, count: number): readonly UnitRange[] {
  const { mean, betweenUnits, betweenInputs } = risk.preActivations;
  const reach = largestDeviation(kind, undefined) * betweenInputs;
  return Array.from({ length: count }, (_, index) => {
    const own = mean + betweenUnits * normalQuantile((index + 0.5) / count);
    return { mean: own, from: own - reach, to: own + reach, isSilent: own + reach <= 0 };
  });
}

/** A view in which the layer's pre-activations and 0 are seen. */
export function layerView({ preActivations }: LayerRisk): Zone {
  const spread = 4 * totalSpread(preActivations);
  const reach = Math.max(1e-3, Math.abs(preActivations.mean) + spread);
  const power = 10 ** Math.floor(Math.log10(reach));
  const round = Number(((Math.ceil((reach / power) * 2) / 2) * power).toPrecision(2));
  return { from: -round, to: round };
}

/** What the drawing shows, in sentences. */
export function densityWords(layer: LayerDensity): readonly string[] {
  const { preActivations, deadAtInit } = layer.risk;
  const { betweenUnits, betweenInputs } = preActivations;
  const left = Math.round(shareLeft(preActivations) * 100);
  const ratio = betweenInputs > 0 ? betweenUnits / betweenInputs : Number.POSITIVE_INFINITY;
  const why =
    ratio > 1
      ? `Units differ more from each other (spread ${formatNumber(betweenUnits, 2)}) than one unit differs between inputs (${formatNumber(betweenInputs, 2)}): a unit whose mean lies far left stays left on every input.`
      : `One unit differs more between inputs (spread ${formatNumber(betweenInputs, 2)}) than units differ from each other (${formatNumber(betweenUnits, 2)}): nearly every unit is above 0 on some input.`;
  const dead = `${capital(shareWords(deadAtInit))} of the units are never above 0 at the start.`;
  return [
    `${left} % of what this activation is given lies left of 0 at the start of training.`,
    why,
    ...(layer.dies
      ? [dead]
      : ["A unit that stays left of 0 still learns: this activation has a gradient there."]),
  ];
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

export const barsWords = (ranges: readonly UnitRange[]): string => {
  const silent = ranges.filter(({ isSilent }) => isSilent).length;
  return `Each line is a unit, from its lowest to its highest value over the inputs; ${silent} of ${plural(ranges.length, "line")} end left of 0.`;
};
