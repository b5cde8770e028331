// Fits src/engine/risk/fitted.ts to measured training runs: `node scripts/run.mjs fit-risk RUNS.jsonl [--write]`.
// Prints how well runs are predicted that had no part in the fit: tenfold, once over configurations, once over seeds.
// The runs of convolutional networks that the project made itself (scripts/experiments) are always added.
import { writeFileSync } from "node:fs";
import { type Case, caseOf, FEATURES, type Fit, fitTo, type Prediction, predict } from "./fitting/cases.ts";
import { auroc, calibrationError, mean } from "./fitting/figures.ts";
import { INSIDE } from "./fitting/ranges.ts";
import { readRuns } from "./fitting/runs.ts";

const OWN_RUNS = "scripts/experiments/convolutions.jsonl";
const FOLDS = 10;

const [file, write] = process.argv.slice(2);
if (!file) {
  console.error("usage: node scripts/run.mjs fit-risk RUNS.jsonl [--write]");
  process.exit(2);
}
const given = readRuns(file);
const runs = [...given, ...readRuns(OWN_RUNS)];
reportInit();
const cases = runs.filter((run) => !run.init_only).map(caseOf);
const whole = fitTo(cases);
const byKey = crossValidated(({ key }) => key);
console.log("\nafter training, runs of other configurations:");
report(byKey);
reportActivations(byKey);
console.log("\nafter training, runs of other seeds:");
report(crossValidated(({ run }) => `${run.seed}`));
const source = written(whole);
if (write === "--write") writeFileSync("src/engine/risk/fitted.ts", source);
else console.log(`\n${source}`);

function reportInit(): void {
  const relu = runs.filter(({ act, dead_init }) => act === "relu" && dead_init);
  const points = relu.map((run) => ({ run, said: mean(caseOf(run).atInit), seen: mean(run.dead_init!) }));
  console.log("at initialisation (its constants are not fitted by this script):");
  for (const [name, of] of [
    ["dense", points.filter(({ run }) => run.arch === "mlp")],
    ["convolutions", points.filter(({ run }) => run.arch === "cnn")],
  ] as const)
    console.log(
      `  ${name.padEnd(13)} ${String(of.length).padStart(5)} runs  AUROC ${auroc(
        of.map(({ said }) => said),
        of.map(({ seen }) => seen > 0.25),
      ).toFixed(3)}  MAE ${mean(of.map(({ said, seen }) => Math.abs(said - seen))).toFixed(3)}  bias ${signed(
        mean(of.map(({ said, seen }) => said - seen)),
      )}`,
    );
}

/** Each run as the fit to the other folds predicts it. */
function crossValidated(groupOf: (one: Case) => string): ReadonlyMap<Case, Prediction> {
  const groups = [...new Set(cases.map(groupOf))].sort();
  const fold = new Map(groups.map((group, index) => [group, index % FOLDS]));
  const foldOf = (one: Case) => fold.get(groupOf(one))!;
  const fits = Array.from({ length: FOLDS }, (_, f) => fitTo(cases.filter((one) => foldOf(one) !== f)));
  return new Map(cases.map((one) => [one, predict(fits[foldOf(one)]!, one)]));
}

function report(predictions: ReadonlyMap<Case, Prediction>): void {
  const counted = cases.filter(({ counts }) => counts);
  const dense = counted.filter(({ run }) => run.arch === "mlp");
  const parts: readonly (readonly [string, readonly Case[]])[] = [
    ["all", counted],
    ["given file", counted.filter(({ run }) => given.includes(run))],
    ["typical", dense.filter(({ typical }) => typical)],
    ["convolutions", counted.filter(({ run }) => run.arch === "cnn")],
    ["Adam, RMSprop", counted.filter(({ family }) => family === "signed")],
    ["descent", counted.filter(({ family }) => family === "descent")],
    ["batch norm", counted.filter(({ run }) => run.norm.startsWith("bn"))],
    ["layer norm", counted.filter(({ run }) => run.norm.startsWith("ln"))],
  ];
  for (const [name, of] of parts) {
    const said = of.map((one) => predictions.get(one)!);
    const seen = of.map((one) => mean(one.measured));
    const over = seen.map((share) => share > 0.25);
    const q = said.map((one) => one.q);
    const holds = mean(said.map(({ range: [low, high] }, i) => +(seen[i]! >= low && seen[i]! <= high)));
    const healthy = q.filter((_, i) => !over[i]);
    console.log(
      `  ${name.padEnd(13)} ${String(of.length).padStart(5)} runs  AUROC ${auroc(q, over).toFixed(3)}  MAE ${mean(
        q.map((share, i) => Math.abs(share - seen[i]!)),
      ).toFixed(3)}  bias ${signed(mean(q.map((share, i) => share - seen[i]!)))}  ECE ${calibrationError(
        said.map(({ over25 }) => over25),
        over,
      ).toFixed(3)}  false flags ${mean(healthy.map((share) => +(share >= 0.25))).toFixed(
        3,
      )}  range holds ${holds.toFixed(2)} of ${INSIDE}, width ${mean(
        said.map(({ range: [low, high] }) => high - low),
      ).toFixed(2)}`,
    );
  }
  const relu = cases.filter(({ run }) => run.act === "relu");
  const chance = relu.map((one) => predictions.get(one)!.nan);
  const happened = relu.map(({ hasOverflowed }) => hasOverflowed);
  console.log(
    `  NaN, ReLU     ${String(relu.length).padStart(5)} runs  AUROC ${auroc(chance, happened).toFixed(
      3,
    )}  said ${mean(chance).toFixed(3)} of ${mean(happened.map(Number)).toFixed(3)}  ECE ${calibrationError(
      chance,
      happened,
    ).toFixed(3)}`,
  );
}

/** Failure by activation, and silent units of those that don't die. */
function reportActivations(predictions: ReadonlyMap<Case, Prediction>): void {
  for (const act of [undefined, ...new Set(cases.map(({ run }) => run.act))]) {
    const of = cases.filter(({ run, hasFailed }) => hasFailed !== undefined && run.act === (act ?? run.act));
    const said = of.map((one) => predictions.get(one)!.failure);
    const seen = of.map(({ hasFailed }) => hasFailed === true);
    const finite = of.filter(({ measured, hasOverflowed }) => measured.length > 0 && !hasOverflowed);
    const silent = finite.map((one) => [predictions.get(one)!.q, mean(one.measured)] as const);
    console.log(
      `  fails, ${(act ?? "all").padEnd(10)} ${String(of.length).padStart(5)} runs  AUROC ${auroc(
        said,
        seen,
      ).toFixed(
        3,
      )}  said ${mean(said).toFixed(3)} of ${mean(seen.map(Number)).toFixed(3)}  ECE ${calibrationError(
        said,
        seen,
      ).toFixed(3)}  silent said ${mean(silent.map(([q]) => q)).toFixed(3)} of ${mean(
        silent.map(([, y]) => y),
      ).toFixed(3)}, MAE ${mean(silent.map(([q, y]) => Math.abs(q - y))).toFixed(3)}`,
    );
  }
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

/** The file with the constants, formatted as `npm run format` would. */
function written(by: Fit): string {
  const number = (value: number) => `${Number(value.toFixed(3))}`;
  const weights = (names: readonly string[], values: readonly number[]) =>
    `{\n${names.map((name, i) => `  ${name}: ${number(values[i]!)},\n`).join("")}}`;
  const line = (names: readonly string[], values: readonly number[]) =>
    `{ ${names.map((name, i) => `${name}: ${number(values[i]!)}`).join(", ")} }`;
  const logistic = ["intercept", "slope"];
  return `/**
 * The fitted constants of the rule for training. Written by \`node scripts/run.mjs fit-risk RUNS.jsonl --write\`, which
 * also says how good they are on runs that they were not fitted to. What the names mean: stepRule.ts, overflow.ts,
 * silence.ts, failure.ts.
 */
import type { FailureFeatures } from "./failure.ts";
import type { OverflowFeatures } from "./overflow.ts";
import type { SilenceFeatures } from "./silence.ts";
import type { DescentFeatures, RevivalFeatures, SignedFeatures } from "./stepRule.ts";

type Weights<Features> = Readonly<Record<keyof Features, number>>;

export const SIGNED_KILLS: Weights<SignedFeatures> = ${weights(FEATURES.signed, by.training.signed[0])};

export const DESCENT_KILLS: Weights<DescentFeatures> = ${weights(FEATURES.descent, by.training.descent[0])};

export const REVIVAL: Readonly<Record<"signed" | "descent", Weights<RevivalFeatures>>> = {
  signed: ${line(FEATURES.revival, by.training.signed[1])},
  descent: ${line(FEATURES.revival, by.training.descent[1])},
};

export const DESCENT_OVERFLOWS: Weights<OverflowFeatures> = ${weights(FEATURES.overflow, by.overflow)};

export const SILENCED: Weights<SilenceFeatures> = ${weights(FEATURES.silence, by.silence)};

export const SIGNED_FAILS: Weights<FailureFeatures> = ${weights(FEATURES.failure, by.failure.signed)};

export const DESCENT_FAILS: Weights<FailureFeatures> = ${weights(FEATURES.failure, by.failure.descent)};

/** P(NaN) with Adam or RMSprop. */
export const SIGNED_OVERFLOW = ${Number(by.signedOverflow.toFixed(5))};

/** P(dead share > 25 % or 50 %) = sigma(intercept + slope * logit q). */
export const OVER_25 = ${line(logistic, by.over25)} as const;
export const OVER_50 = ${line(logistic, by.over50)} as const;

/** Knots [q, low, high], all three ascending. */
export type RangeTable = readonly (readonly [q: number, low: number, high: number])[];

/** Of the measured runs for which q was expected, ${100 * INSIDE} % ended with a dead share between low and high. */
export const EXPECTED_RANGE: RangeTable = [
${by.range.map((knot) => `  [${knot.join(", ")}],\n`).join("")}];
`;
}
