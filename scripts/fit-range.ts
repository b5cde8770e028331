// Fits the table EXPECTED_RANGE of src/engine/risk/constants.ts: `node scripts/run.mjs fit-range RUNS.jsonl [--write]`.
// RUNS.jsonl holds the measured training runs, one a line. Each is read as the engine would read its code (scaling of
// the input, not its statistics; targets taken as standardised), so that the range says what to expect of code.
import { readFileSync, writeFileSync } from "node:fs";
import { estimate } from "../src/engine/risk/estimate.ts";
import { type RangeTable, rangeIn } from "../src/engine/risk/share.ts";
import { modelOf } from "../test/engine/risk/vocabulary.ts";

interface Run {
  readonly arch: string;
  readonly dataset: string;
  readonly depth: number;
  readonly width: number;
  readonly init: string;
  readonly bias: number | string;
  readonly norm: string;
  readonly residual: boolean;
  readonly input: string;
  readonly opt: string;
  readonly lr: number;
  readonly clip: number;
  readonly act: string;
  readonly din: number;
  readonly nout: number;
  readonly group?: string;
  readonly init_only?: boolean;
  readonly nan_step?: number | null;
  readonly dead_final?: readonly number[] | null;
}

interface Point {
  /** Expected share. */
  readonly q: number;
  readonly measured: number;
  /** Runs of one key never stand on both sides of a cross-validation. */
  readonly key: string;
  readonly typical: boolean;
  readonly conv: boolean;
}

const KNOTS = 10;
/** Share of the runs whose residuals a knot is read from. */
const WINDOW = 0.2;
/** A lower bound below this share is none: else the runs without dead units fall out by a hair. */
const NEARLY_NONE = 0.02;
const FOLDS = 10;

const [file, write] = process.argv.slice(2);
if (!file) {
  console.error("usage: node scripts/run.mjs fit-range RUNS.jsonl [--write]");
  process.exit(2);
}
const runs: readonly Run[] = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  // Python writes numbers that JSON does not have; none of the columns used here holds them.
  .map((line) => JSON.parse(line.replace(/: (NaN|-?Infinity)\b/g, ": null")));
const points = runs.flatMap(pointOf).sort((a, b) => a.q - b.q);

const table = fitted(points);
const held = crossValidate(points);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
console.log(`${points.length} runs, ${new Set(points.map(({ key }) => key)).size} configurations`);
console.log(`coverage: ${percent(coverage(points, () => table))} on themselves, cross-validated:`);
const everywhere = (point: Point) => held.get(point)!;
const report = (name: string, of: readonly Point[]) =>
  of.length > 0 &&
  console.log(
    `  ${name.padEnd(14)} ${String(of.length).padStart(5)} runs ${percent(coverage(of, everywhere))}, ` +
      `below ${percent(mean(of.map((p) => +(p.measured < rangeIn(everywhere(p), p.q)[0]))))}, ` +
      `mean width ${mean(of.map((p) => rangeIn(everywhere(p), p.q)).map(([low, high]) => high - low)).toFixed(2)}, ` +
      `bias of q ${mean(of.map((p) => p.q - p.measured)).toFixed(3)}`,
  );
report("all", points);
for (const [from, to] of [
  [0, 0.05],
  [0.05, 0.1],
  [0.1, 0.25],
  [0.25, 0.5],
  [0.5, 0.75],
  [0.75, 1.01],
] as const)
  report(
    `q ${from}..${Math.min(to, 1)}`,
    points.filter(({ q }) => q >= from && q < to),
  );
report(
  "typical",
  points.filter(({ typical }) => typical),
);
report(
  "convolutions",
  points.filter(({ conv }) => conv),
);

const text = `[\n${table.map((knot) => `  [${knot.join(", ")}],\n`).join("")}]`;
console.log(text);
if (write === "--write") {
  const constants = "src/engine/risk/constants.ts";
  const source = readFileSync(constants, "utf8");
  const renewed = source.replace(/(export const EXPECTED_RANGE: RangeTable = )\[[^;]*\];/, `$1${text};`);
  writeFileSync(constants, renewed);
}

function pointOf(run: Run): readonly Point[] {
  if (run.init_only || run.act !== "relu" || !run.dead_final || (run.nan_step ?? null) !== null) return [];
  const conv = run.arch === "cnn";
  const images = run.dataset === "mnist" || run.dataset === "digits";
  const result = estimate(
    modelOf({
      ...run,
      din: conv ? 1 : run.din,
      widths: new Array(run.depth).fill(run.width),
      input: [images ? "img" : "tab", run.input],
      loss: run.nout === 1 ? "mse" : "ce",
      target_scale: 1,
      ...(conv && { kernel: 3 }),
    }),
  )!;
  const { arch, dataset, depth, width, init, bias, norm, residual, input, opt, lr, clip } = run;
  const configuration = [arch, dataset, depth, width, init, bias, norm, residual, input, opt, lr, clip].join(
    " ",
  );
  return [
    {
      q: result.deadAfterTraining,
      measured: run.dead_final.reduce((sum, share) => sum + share, 0) / run.dead_final.length,
      key: run.group ?? configuration,
      typical: !conv && isTypical(run),
      conv,
    },
  ];
}

/** Usual settings: what one expects to meet in code. */
function isTypical({ init, bias, width, input, opt, lr }: Run): boolean {
  const [least, most] = { sgd: [0.003, 0.2], sgdm: [0.001, 0.05], adam: [1e-4, 1e-2], rmsprop: [1e-4, 5e-3] }[
    opt
  ]!;
  const usual = ["torch", "he_n", "he_u", "glorot"].includes(init) && (bias === 0 || bias === "default");
  return usual && width >= 24 && input !== "raw" && lr >= least! && lr <= most!;
}

/** The central range of the runs around each knot, made monotone in q. `of` is sorted by q. */
function fitted(of: readonly Point[]): RangeTable {
  const half = Math.round((WINDOW * of.length) / 2);
  const knots = Array.from({ length: KNOTS }, (_, k) => {
    const centre = Math.round(((k + 0.5) / KNOTS) * (of.length - 1));
    const window = of.slice(Math.max(centre - half, 0), centre + half + 1);
    const shares = window.map(({ measured }) => measured).sort((a, b) => a - b);
    const q = quantile(
      window.map((point) => point.q),
      0.5,
    );
    return { q, ...central(shares) };
  });
  const lows = monotone(knots.map(({ low }) => low));
  const highs = monotone(knots.map(({ high }) => high));
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return knots.map(({ q }, k) => [round(q), round(lows[k]!), round(highs[k]!)] as const);
}

/**
 * Quantiles .1 and .9. Many runs end with no dead unit at all, or with all dead: a bound there leaves nobody outside,
 * so the other bound moves in until the range holds 80 %.
 */
function central(sorted: readonly number[]): { readonly low: number; readonly high: number } {
  const low = quantile(sorted, 0.1);
  const high = quantile(sorted, 0.9);
  if (low < NEARLY_NONE) return { low: 0, high: quantile(sorted, 0.8) };
  return { low: high >= 1 ? quantile(sorted, 0.2) : low, high };
}

/** Linear between order statistics; `sorted` ascends. */
function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below]! + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!);
}

/** Isotonic regression: neighbours that fall are pooled to their mean. */
function monotone(values: readonly number[]): readonly number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    while (blocks.length > 1) {
      const [left, right] = blocks.slice(-2) as [(typeof blocks)[0], (typeof blocks)[0]];
      if (left.sum / left.count <= right.sum / right.count) break;
      blocks.splice(-2, 2, { sum: left.sum + right.sum, count: left.count + right.count });
    }
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}

/** For each run the table fitted without any run of its key's fold. */
function crossValidate(of: readonly Point[]): ReadonlyMap<Point, RangeTable> {
  const keys = [...new Set(of.map(({ key }) => key))].sort();
  const fold = new Map(keys.map((key, index) => [key, index % FOLDS]));
  const tables = Array.from({ length: FOLDS }, (_, f) => fitted(of.filter(({ key }) => fold.get(key) !== f)));
  return new Map(of.map((point) => [point, tables[fold.get(point.key)!]!]));
}

function coverage(of: readonly Point[], tableOf: (point: Point) => RangeTable): number {
  const inside = of.filter((point) => {
    const [low, high] = rangeIn(tableOf(point), point.q);
    return point.measured >= low && point.measured <= high;
  });
  return inside.length / of.length;
}
