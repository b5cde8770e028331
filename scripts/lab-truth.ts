// Repeats measured PyTorch runs in the lab and compares: dead share at the start and at the end, NaN.
//   node scripts/run.mjs lab-truth RUNS.jsonl [--count 60] [--seeds 3] [--draw 1] [--verbose]
// Configurations are taken in turns from groups of the same initialiser, normalisation, optimiser and architecture,
// so that each of these is there.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { prepare } from "../src/lab/data/dataset.ts";
import { loadData } from "../src/lab/data/shipped.ts";
import { random } from "../src/lab/random.ts";
import { train } from "../src/lab/train.ts";
import { dataOf, isDrawn, type MeasuredRun, scaleOf, specOf } from "./lab/truth.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "60" },
    seeds: { type: "string", default: "3" },
    draw: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const [file] = positionals;
if (!file) throw new Error("usage: lab-truth RUNS.jsonl [--count 60] [--seeds 3] [--draw 1] [--verbose]");

/** Seeds of one configuration are one line here. */
interface Configuration {
  readonly run: MeasuredRun;
  readonly runs: readonly MeasuredRun[];
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** All settings but the seed, in words. */
function nameOf(run: MeasuredRun): string {
  const {
    arch,
    dataset,
    depth,
    width,
    init,
    bias,
    norm,
    residual,
    dropout,
    clip,
    input,
    tnorm,
    opt,
    lr,
    act,
  } = run;
  const rest = [norm, residual ? "res" : "", dropout, clip, input, tnorm ? "" : "raw-y", opt, lr, act];
  return [arch, dataset, `${depth}x${width}`, init, `b=${bias}`, ...rest].join(" ");
}

function configurations(text: string): readonly Configuration[] {
  const groups = new Map<string, MeasuredRun[]>();
  for (const line of text.split("\n").filter(Boolean)) {
    // Python writes numbers that JSON does not have.
    const run = JSON.parse(line.replace(/: -?(Infinity|NaN)/g, ": null")) as MeasuredRun;
    if (!(run.dataset in dataOf) || run.init_only) continue;
    const name = nameOf(run);
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  return [...groups.values()].map((runs) => ({ run: runs[0]!, runs }));
}

/** In turns from the kinds, each kind in a random order. */
function chosen(all: readonly Configuration[], count: number): readonly Configuration[] {
  const draw = random(Number(values.draw), "truth");
  const order = [...draw.permutation(all.length)].map((at) => all[at]!);
  const taken = new Set<Configuration>();
  const keys: readonly ((run: MeasuredRun) => string)[] = [
    ({ init }) => init,
    ({ norm, residual }) => `${norm} ${residual}`,
    ({ opt, clip }) => `${opt} ${clip}`,
    ({ arch, act }) => `${arch} ${act}`,
    ({ dataset, input }) => `${dataset} ${input}`,
  ];
  for (let turn = 0; taken.size < count && turn < order.length; turn++) {
    const key = keys[turn % keys.length]!;
    const have = new Map<string, number>();
    for (const { run } of taken) have.set(key(run), (have.get(key(run)) ?? 0) + 1);
    const left = order.filter((one) => !taken.has(one));
    const least = Math.min(...left.map(({ run }) => have.get(key(run)) ?? 0));
    const next = left.find(({ run }) => (have.get(key(run)) ?? 0) === least);
    if (next) taken.add(next);
  }
  return [...taken];
}

interface Outcome {
  readonly atStart: number;
  /** null: diverged. */
  readonly atEnd: number | null;
  readonly accuracy: number;
}

async function repeat(run: MeasuredRun, seed: number): Promise<Outcome> {
  const data = await loadData(dataOf[run.dataset]!);
  const split = prepare(data, scaleOf[run.input], run.tnorm);
  const share = (silent: readonly (number | null)[]) =>
    mean(silent.flatMap((one) => (one === null ? [] : [one])));
  let [atStart, atEnd, accuracy]: [number, number | null, number] = [Number.NaN, null, Number.NaN];
  const options = { seed, truncates: false, steps: run.steps, every: run.steps };
  for (const event of train(specOf(run), data.shape, split, options)) {
    if (event.type === "measured") {
      if (event.measured.step === 0) atStart = share(event.measured.silent);
      else {
        atEnd = share(event.measured.silent);
        accuracy = event.measured.accuracy;
      }
    }
    if (event.type === "diverged") atEnd = null;
  }
  return { atStart, atEnd, accuracy };
}

const picked = chosen(configurations(readFileSync(file, "utf8")), Number(values.count));
/** With whether the data were drawn anew, since then the runs differ in more than their seeds. */
interface Difference {
  readonly by: number;
  readonly isDrawn: boolean;
}

const atStart: Difference[] = [];
const atEnd: Difference[] = [];
const noise: number[] = [];
const accuracies: number[] = [];
let sameNaN = 0;
let diverged = 0;
for (const { run, runs } of picked) {
  const outcomes: Outcome[] = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) outcomes.push(await repeat(run, seed));
  const start =
    mean(outcomes.map((outcome) => outcome.atStart)) - mean(runs.map((one) => mean(one.dead_init)));
  const data = { isDrawn: isDrawn(run.dataset) };
  atStart.push({ by: start, ...data });
  const lab = outcomes.flatMap(({ atEnd: end }) => (end === null ? [] : [end]));
  const torch = runs.flatMap(({ dead_final: final }) => (final ? [mean(final)] : []));
  const end = lab.length > 0 && torch.length > 0 ? mean(lab) - mean(torch) : null;
  if (end !== null) {
    atEnd.push({ by: end, ...data });
    noise.push(mean(lab.map((one) => (one - mean(lab)) ** 2)));
    if (run.nout > 1)
      accuracies.push(
        mean(outcomes.flatMap(({ atEnd: one, accuracy }) => (one === null ? [] : [accuracy]))) -
          mean(runs.flatMap(({ acc_test: one }) => one ?? [])),
      );
  }
  const isNaNThere = torch.length * 2 < runs.length;
  if (isNaNThere) diverged++;
  if (lab.length * 2 < outcomes.length === isNaNThere) sameNaN++;
  if (values.verbose) {
    const lists = (numbers: readonly number[]) => numbers.map((one) => one.toFixed(2)).join("/");
    console.log(
      `${nameOf(run)}: start ${start.toFixed(3)}, end ${end?.toFixed(3) ?? "-"} lab ${lists(lab)} torch ${lists(torch)} acc ${accuracies.at(-1)?.toFixed(2)} NaN ${outcomes.length - lab.length}/${outcomes.length} ${runs.length - torch.length}/${runs.length}`,
    );
  }
}

const figures = (differences: readonly number[]) => {
  const error = Math.sqrt(
    mean(differences.map((one) => (one - mean(differences)) ** 2)) / differences.length,
  );
  const absolute = mean(differences.map(Math.abs));
  return `mean |difference| ${absolute.toFixed(4)}, bias ${mean(differences).toFixed(4)} (standard error ${error.toFixed(4)}), n ${differences.length}`;
};
console.log(`${picked.length} configurations, ${values.seeds} seeds each`);
for (const [what, differences] of [
  ["dead at the start", atStart],
  ["dead after training", atEnd],
] as const) {
  console.log(`${what}: ${figures(differences.map(({ by }) => by))}`);
  for (const drawn of [false, true]) {
    const some = differences.filter((one) => one.isDrawn === drawn);
    if (some.length > 0)
      console.log(`  ${drawn ? "drawn" : "same"} rows: ${figures(some.map(({ by }) => by))}`);
  }
}
console.log(`spread of the lab's seeds after training: ${Math.sqrt(mean(noise)).toFixed(4)}`);
console.log(`accuracy (classes):    ${figures(accuracies.filter(Number.isFinite))}`);
console.log(`NaN: ${sameNaN} of ${picked.length} agree (${diverged} diverged in PyTorch)`);
