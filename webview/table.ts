/** The charts as numbers: for screen readers, and for anyone who wants to copy them. */
import type { ElementwiseActivation, ParameterValues } from "../src/engine/model.ts";
import { isJump } from "./curves.ts";
import { formatNumber } from "./format.ts";

export interface Sampled {
  readonly label: string;
  readonly activation: ElementwiseActivation;
  readonly parameters: ParameterValues;
}

export interface ValueTable {
  /** Over each pair of columns after x. */
  readonly functions: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Points that tell the function's story: the ends, near zero, every kink, and where the cross-hair is. */
export function notablePoints(curves: readonly Sampled[], reach: number, probe: number): readonly number[] {
  const kinks = curves.flatMap(({ activation, parameters }) =>
    activation.kinks(parameters).map(({ x }) => x),
  );
  const usual = [-reach, -reach / 2, -1, -0.5, -0.1, 0, 0.1, 0.5, 1, reach / 2, reach];
  const all = [...usual, ...kinks, probe].filter((x) => Math.abs(x) <= reach);
  return [...new Set(all.map((x) => Number(x.toFixed(6)) + 0))].sort((a, b) => a - b);
}

/** The gradient in words: at a kink there is none, and what frameworks use instead is a convention. */
export function gradientText(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  x: number,
): string {
  const kink = activation.kinks(parameters).find((each) => Math.abs(each.x - x) < 1e-9);
  if (kink && isJump(kink)) return `undefined (${formatNumber(kink.used)} used)`;
  return formatNumber(activation.gradient(x, parameters));
}

export function valueTable(curves: readonly Sampled[], reach: number, probe: number): ValueTable {
  return {
    functions: curves.map(({ label }) => label),
    rows: notablePoints(curves, reach, probe).map((x) => [
      formatNumber(x),
      ...curves.flatMap(({ activation, parameters }) => [
        formatNumber(activation.f(x, parameters)),
        gradientText(activation, parameters, x),
      ]),
    ]),
  };
}

/** For a spreadsheet: tabs, and the plain minus sign that it can read. */
export function asText({ functions, rows }: ValueTable): string {
  const header = ["x", ...functions.flatMap((label) => [`${label}: f(x)`, `${label}: f'(x)`])];
  return [header, ...rows].map((row) => row.join("\t").replaceAll("−", "-")).join("\n");
}
