/** All campaigns: each framework that is there runs its programs before and after each fix. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../scripts/hosts/project.ts";
import type { Python } from "../python.ts";
import type { Kind } from "./asking.ts";
import { type Campaign, type Result, runPrograms } from "./campaign.ts";
import { generatedPrograms, handwritten, type Program } from "./programs.ts";
import { type Account, accountOf, reportOf, summaryOf } from "./report.ts";
import { startRunner } from "./runners.ts";
import { commandOf, type Setup, setups, TFJS } from "./setups.ts";
import { type TopUp, topUp } from "./topUp.ts";

/** A run of so many generated programs goes on until as many are offered each kind of fix: it takes twice as long. */
const WHOLE = 100;

const NONE: TopUp = { programs: [], short: [] };

export interface FixOptions {
  /** Generated programs of each family. */
  readonly generated: number;
  /** Parts of names of setups and programs; empty: all. */
  readonly setups: readonly string[];
  readonly cases: readonly string[];
  readonly kinds: readonly string[];
  readonly write: boolean;
}

export interface Ran extends Campaign {
  readonly setup: Setup;
  readonly programs: readonly Program[];
}

/** Frameworks side by side: each is one process that is busy with one program at a time. */
const AT_ONCE = 2;

export async function testFixes(
  python: Python,
  options: FixOptions,
): Promise<{ passed: number; failed: number }> {
  const wanted = setups.filter(
    ({ name }) => options.setups.length === 0 || options.setups.some((part) => name.includes(part)),
  );
  const missing = ({ needs }: Setup) =>
    needs.filter((anyOf) => anyOf.every((name) => python.versions[name] === undefined));
  const able = wanted.filter((setup) => missing(setup).length === 0);
  for (const setup of wanted)
    if (!able.includes(setup))
      console.log(
        `${setup.name} is left out: ${python.command} lacks ${missing(setup)
          .map((anyOf) => anyOf.join(" or "))
          .join(", ")}`,
      );
  const waiting = [...able];
  const ran: Ran[] = [];
  const work = async (): Promise<void> => {
    for (let setup = waiting.shift(); setup; setup = waiting.shift())
      ran.push(await runSetup(setup, python, options));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  ran.sort((a, b) => setups.indexOf(a.setup) - setups.indexOf(b.setup));
  if (options.write) writeReport(python);
  const results = ran.flatMap((one) => one.results);
  // A generated program that does not run, or is not read as it runs, is a fault of the generator or of the reading.
  const useless = ran.flatMap((one) => one.useless).filter(([program]) => program.includes("generated"));
  return {
    passed: results.filter(({ is }) => is === "passed").length,
    failed: results.filter(({ is }) => is === "failed").length + useless.length,
  };
}

/** Beside the texts of failures: what the last whole run of each framework showed. */
const accountFile = ({ name }: Setup): string => path.join(root, "out/fixes", `${name}.json`);

function writeReport({ versions }: Python): void {
  const file = path.join(root, "docs/frameworks/fixes.md");
  const accounts = setups
    .filter((setup) => existsSync(accountFile(setup)))
    .map((setup) => [setup.name, JSON.parse(readFileSync(accountFile(setup), "utf8")) as Account] as const);
  writeFileSync(file, reportOf(accounts, { ...versions, "@tensorflow/tfjs": TFJS }));
  console.log(`wrote ${path.relative(root, file)}`);
}

function account(ran: Ran, { cases, kinds }: FixOptions, start: number): void {
  if (cases.length > 0 || kinds.length > 0) return;
  const minutes = (Date.now() - start) / 60_000;
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(path.dirname(accountFile(ran.setup)), { recursive: true });
  writeFileSync(accountFile(ran.setup), JSON.stringify(accountOf(ran, { date, minutes })));
}

async function runSetup(setup: Setup, python: Python, options: FixOptions): Promise<Ran> {
  const wants = (kind: Kind): boolean => options.kinds.length === 0 || options.kinds.includes(kind);
  const first = generatedPrograms(setup.family, options.generated);
  const more = first.length < WHOLE ? NONE : topUp(setup.family, first, wants);
  if (more.short.length > 0)
    console.log(
      `${setup.name}: not offered in ${first.length} generated programs: ${more.short.map(([kind, offered]) => `${kind} (${offered})`).join(", ")}`,
    );
  const programs = [...handwritten(setup.family), ...first, ...more.programs].filter(
    ({ path: name }) => options.cases.length === 0 || options.cases.some((part) => name.includes(part)),
  );
  const start = Date.now();
  const runner = startRunner(commandOf(setup, python.command));
  try {
    const campaign = await runPrograms(programs, runner, wants, (result) => {
      if (result.is === "failed") keep(setup, result);
    });
    for (const [program, reason] of campaign.useless)
      console.log(`${setup.name}: ${program} can't serve: ${reason}`);
    const ran: Ran = { ...campaign, setup, programs };
    console.log(summaryOf(ran));
    account(ran, options, start);
    return ran;
  } finally {
    runner.stop();
  }
}

/** Both texts of what failed, to look at. */
function keep({ name }: Setup, { program, kind, words, before, after }: Result): void {
  const folder = path.join(root, "out/fixes");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name} ${program} ${kind}.txt`.replaceAll("/", "-"));
  writeFileSync(file, `${words.join("\n")}\n--- before\n${before}\n--- after\n${after ?? ""}`);
  console.log(`FAILED ${name}, ${program}, ${kind}: ${words.join("; ")} (${path.relative(root, file)})`);
}
