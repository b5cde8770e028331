/** The measured effect of fixes, in words and figures. */
import type { TrainedRun } from "./programs.ts";

export interface Outcome {
  readonly nan?: boolean;
  readonly score?: number | null;
  readonly dead?: number | null;
  readonly error?: string;
}

export interface Trial {
  readonly run: TrainedRun;
  readonly rules: readonly string[];
  readonly as: Outcome;
  readonly first: Outcome;
  readonly every: Outcome;
  readonly leaky: Outcome;
}

type Change = "first" | "every" | "leaky";

/** No better than the commonest class, or the mean, by 0.05; as in the measured runs. */
const failed = ({ nan, score }: Outcome): boolean => nan === true || (score ?? -1) <= 0.05;
const died = ({ dead }: Outcome): boolean => (dead ?? 1) > 0.25;
const isBad = (outcome: Outcome): boolean => failed(outcome) || died(outcome);

const WORDS: Readonly<Record<Change, string>> = {
  first: "the first fix",
  every: "all first fixes, one after the other",
  leaky: "Leaky ReLU 0.01 everywhere",
};

export function table(trials: readonly Trial[], wanted: number): string {
  const broken = trials.filter((trial) =>
    [trial.as, trial.first, trial.every, trial.leaky].some(({ error }) => error),
  );
  const errors = broken.map(({ run, first, as, every, leaky }) => ({
    run,
    error: as.error ?? first.error ?? every.error ?? leaky.error,
  }));
  for (const { run, error } of errors) console.error(JSON.stringify(run).slice(0, 300), error);
  const ran = trials.filter((trial) => !broken.includes(trial));
  const failing = ran.filter(({ as }) => isBad(as)).slice(0, wanted);
  const healthy = ran.filter(({ as }) => !isBad(as)).slice(0, wanted);
  return `# What the fixes do to training

Measured by \`node scripts/run.mjs effect RUNS.jsonl DIGITS --write\`: measured training runs (MLPs and small CNNs, 300
steps) are written as PyTorch programs, fixed by the engine as \`check\` recommends, and trained again. No program was
chosen by how its fix does. A run *fails* when it ends in NaN or is no better than the commonest class (or the mean) by
0.05, and *dies* when more than 25 % of its units never fire at the end.

${failing.length} programs that fail or die (${failing.filter(({ as }) => failed(as)).length} fail); ${failing.filter(({ rules }) => rules.length > 0).length} have a finding with a fix.

| | rescued: neither fails nor dies | failing ones that no longer fail | dying ones that no longer die | NaN before → after | mean score |
| --- | --- | --- | --- | --- | --- |
| as written | | | | ${count(failing, ({ as }) => as.nan === true)} | ${score(failing, "as")} |
${(["first", "every", "leaky"] as const).map((change) => line(failing, change)).join("\n")}

A unit of Leaky ReLU that is negative for every input counts as dead here although it still learns, since this is what
Leaky ReLU is asked to change; the third column does not count units.

${healthy.length} healthy programs; ${healthy.filter(({ rules }) => rules.length > 0).length} have a finding with a fix.

| | changed | broken: fail or die now | fail now | mean score |
| --- | --- | --- | --- | --- |
| as written | | | | ${score(healthy, "as")} |
${(["first", "every", "leaky"] as const)
  .map(
    (change) =>
      `| ${WORDS[change]} | ${count(healthy, (trial) => trial[change] !== trial.as)} | ${count(healthy, (trial) => isBad(trial[change]))} | ${count(healthy, (trial) => failed(trial[change]))} | ${score(healthy, change)} |`,
  )
  .join("\n")}

By the rule whose fix came first, among those that fail or die:

| rule | programs | rescued by its fix | by Leaky ReLU |
| --- | --- | --- | --- |
${byRule(failing)}
`;
}

function line(trials: readonly Trial[], change: Change): string {
  const failing = trials.filter(({ as }) => failed(as));
  const dying = trials.filter(({ as }) => !failed(as));
  return `| ${WORDS[change]} | ${count(trials, (trial) => !isBad(trial[change]))} | ${count(failing, (trial) => !failed(trial[change]))} of ${failing.length} | ${count(dying, (trial) => !isBad(trial[change]))} of ${dying.length} | ${count(trials, (trial) => trial[change].nan === true)} | ${score(trials, change)} |`;
}

function byRule(trials: readonly Trial[]): string {
  const rules = [...new Set(trials.map(({ rules: [first] }) => first ?? "none"))].sort();
  return rules
    .map((rule) => {
      const own = trials.filter(({ rules: [first] }) => (first ?? "none") === rule);
      return `| ${rule} | ${own.length} | ${count(own, ({ first }) => !isBad(first))} | ${count(own, ({ leaky }) => !isBad(leaky))} |`;
    })
    .join("\n");
}

const count = (trials: readonly Trial[], holds: (trial: Trial) => boolean): number =>
  trials.filter(holds).length;

/** Of those without NaN, limited to -1 .. 1, since R2 has no lower limit. */
function score(trials: readonly Trial[], change: Change | "as"): string {
  const scores = trials.map((trial) => Math.max(-1, trial[change].score ?? -1));
  return (scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length)).toFixed(3);
}
