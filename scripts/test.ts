// Tests everything: `npm test`; or one part of it: `npm test -- check|unit|host|web|ui`. What follows the part is
// given to it (`npm test -- ui --folder DIR --file FILE --out DIR`). The last line counts all tests.
import { existsSync } from "node:fs";
import path from "node:path";
import { startGroup, within } from "./hosts/processes.ts";
import { root } from "./hosts/project.ts";

interface Step {
  readonly part: string;
  readonly title: string;
  readonly command: readonly string[];
  /** A step of tests says how many ran; one without that line has failed. */
  readonly counts: boolean;
  readonly minutes: number;
}

const script = (...words: readonly string[]) => [
  process.execPath,
  path.join(root, "scripts/run.mjs"),
  ...words,
];

const steps: readonly Step[] = [
  {
    part: "check",
    title: "format, lint and types",
    command: ["npm", "run", "--silent", "check"],
    counts: false,
    minutes: 5,
  },
  ...(existsSync(path.join(root, "scripts/generate.ts"))
    ? [
        {
          part: "check",
          title: "generated files",
          command: script("generate", "--check"),
          counts: false,
          minutes: 5,
        },
      ]
    : []),
  {
    part: "build",
    title: "build",
    command: [process.execPath, path.join(root, "esbuild.mjs")],
    counts: false,
    minutes: 5,
  },
  { part: "unit", title: "unit tests", command: script("unit"), counts: true, minutes: 15 },
  {
    part: "host",
    title: "host suites, VS Code 1.99",
    command: script("host", "floor"),
    counts: true,
    minutes: 12,
  },
  {
    part: "host",
    title: "host suites, newest VS Code",
    command: script("host", "newest"),
    counts: true,
    minutes: 12,
  },
  {
    part: "web",
    title: "host suites, web worker",
    command: script("host", "web"),
    counts: true,
    minutes: 12,
  },
  {
    part: "ui",
    title: "the workbench as a person sees it",
    command: script("ui"),
    counts: true,
    minutes: 15,
  },
];

const [part, ...rest] = process.argv.slice(2);
const known = new Set(steps.map((step) => step.part));
if (part !== undefined && !known.has(part)) {
  console.error(`usage: npm test [-- ${[...known].join("|")}]`);
  process.exit(2);
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const COUNT = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

async function runStep(step: Step, args: readonly string[]): Promise<Outcome> {
  const [command = "", ...words] = step.command;
  const group = startGroup(command, [...words, ...args], { cwd: root });
  let counted: Outcome | undefined;
  let line = "";
  const read = (chunk: string) => {
    const lines = (line + chunk).split("\n");
    line = lines.pop() ?? "";
    for (const text of lines) {
      const count = COUNT.exec(text);
      if (count === null) console.log(`  ${text}`);
      else counted = { passed: Number(count[1]), failed: Number(count[2]), skipped: Number(count[3] ?? 0) };
    }
  };
  group.child.stdout?.setEncoding("utf8").on("data", read);
  group.child.stderr?.setEncoding("utf8").on("data", (chunk: string) => process.stderr.write(chunk));
  let code = 1;
  try {
    code = await within(step.minutes * 60_000, step.title, group.exited);
  } catch (error) {
    console.error(String(error));
  }
  await group.stop();
  read("\n");
  const outcome = counted ?? { passed: 0, failed: step.counts ? 1 : 0, skipped: 0 };
  // Every fault counts, also one that let no test fail.
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

const total = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
for (const step of steps) {
  const isWanted = part === undefined || step.part === part || (step.part === "build" && part !== "check");
  if (!isWanted) continue;
  console.log(`\n--- ${step.title}`);
  const start = Date.now();
  const outcome = await runStep(step, step.part === part ? rest : []);
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += outcome[key];
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const result =
    step.counts || outcome.failed > 0 ? `${outcome.passed} passed, ${outcome.failed} failed` : "ok";
  summary.push(`${step.title.padEnd(36)} ${result.padEnd(26)} ${seconds} s`);
  if (step.part === "build" && outcome.failed > 0) break;
}
console.log(`\n${summary.join("\n")}\n`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`,
);
process.exit(total.failed > 0 ? 1 : 0);
