/** The charts as numbers: for screen readers, and for anyone who wants to copy them. */
import type { ElementwiseActivation, ParameterValues } from "../src/engine/model.ts";
import { isJump, type Zone } from "./curves.ts";
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
export function notablePoints(
  curves: readonly Sampled[],
  { from, to }: Zone,
  probe: number,
): readonly number[] {
  const kinks = curves.flatMap(({ activation, parameters }) =>
    activation.kinks(parameters).map(({ x }) => x),
  );
  const middle = (from + to) / 2;
  const usual = [from, (from + middle) / 2, middle, (middle + to) / 2, to, -1, -0.5, -0.1, 0, 0.1, 0.5, 1];
  const all = [...usual, ...kinks, probe].filter((x) => x >= from && x <= to);
  return [...new Set(all.map((x) => Number(x.toPrecision(12)) + 0))].sort((a, b) => a - b);
}

/** The gradient in words: at a kink there is none, only two limits, and what frameworks use instead is a convention. */
export function gradientText(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  x: number,
  digits?: number,
): string {
  const kink = activation.kinks(parameters).find((each) => Math.abs(each.x - x) < 1e-9);
  const write = (value: number) => formatNumber(value, digits);
  if (!kink || !isJump(kink)) return write(activation.gradient(x, parameters));
  const limits = kink.left === kink.right ? write(kink.left) : `${write(kink.left)} | ${write(kink.right)}`;
  return `${limits} (${write(kink.used)} used)`;
}

export function valueTable(curves: readonly Sampled[], view: Zone, probe: number): ValueTable {
  return {
    functions: curves.map(({ label }) => label),
    rows: notablePoints(curves, view, probe).map((x) => [
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

/** Rows of a file over a view: enough to draw the curves from it. */
const rowsOfFile = 400;

/** A field of a CSV file: labels may hold commas. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The curves with all digits. A kink is there three times: with its left limit, what is used, and its right one. */
export function csvOf(curves: readonly Sampled[], { from, to }: Zone): string {
  const kinks = curves.flatMap(({ activation, parameters }) =>
    activation.kinks(parameters).map(({ x }) => x),
  );
  const even = Array.from({ length: rowsOfFile + 1 }, (_, index) =>
    Number((from + ((to - from) * index) / rowsOfFile).toPrecision(12)),
  );
  const all = [...even, ...kinks].filter((x) => x >= from && x <= to);
  const head = ["x", "side", ...curves.flatMap(({ label }) => [`${label}: f(x)`, `${label}: f'(x)`])];
  const rows = [...new Set(all)]
    .sort((a, b) => a - b)
    .flatMap((x) => (kinks.includes(x) ? sides.map((side) => row(curves, x, side)) : [row(curves, x, "")]));
  return [head.map(field), ...rows].map((cells) => cells.join(",")).join("\n");
}

const sides = ["left", "used", "right"] as const;

function row(curves: readonly Sampled[], x: number, side: (typeof sides)[number] | ""): string[] {
  const values = curves.flatMap(({ activation, parameters }) => {
    const kink = side === "" ? undefined : activation.kinks(parameters).find((each) => each.x === x);
    const gradient = kink && side !== "" ? kink[side] : activation.gradient(x, parameters);
    return [activation.f(x, parameters), gradient];
  });
  return [String(x), side, ...values.map(String)];
}
