// Holds the product against the real frameworks: `npm run test:frameworks`. What is read from models is compared with
// what their frameworks do when they run them, and programs are run before and after each fix.
//   --only PART    readings or fixes; else both
//   --repos DIR    folder with checkouts of public repositories, as OWNER+NAME (or ACTIVATION_LENS_REPOS)
//   --cases PART   only cases with PART in their id; may be given several times
//   --truth FILE   take the truth from this file and ask no framework
//   --details      every layer that is wrong or a gap
//   --json FILE    all verdicts as JSON
//   --write        renew docs/frameworks/readings.md and fixes.md
// and for fixes:
//   --setup PART   only frameworks with PART in their name, as "Keras 3 on JAX"; may be given several times
//   --kind KIND    only fixes of that kind; may be given several times
//   --generated N  programs that are generated for each framework, 20 by default; 100 before a release: from there on
//                  more follow for each kind of fix, until as many are offered it
// A Python with the frameworks is named by ACTIVATION_LENS_PYTHON, found, or made with pip.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Comparison, compareCase } from "../test/frameworks/compare.ts";
import { testFixes } from "../test/frameworks/fixes/main.ts";
import { askFrameworks, findPython } from "../test/frameworks/python.ts";
import { barsOf, table, totalsOf } from "../test/frameworks/report.ts";
import commits from "../test/frameworks/repositories.json";
import { isPresent, parseTruth } from "../test/frameworks/truth.ts";
import { root } from "./hosts/project.ts";

const { values: options } = parseArgs({
  options: {
    repos: { type: "string" },
    cases: { type: "string", multiple: true },
    truth: { type: "string" },
    json: { type: "string" },
    details: { type: "boolean" },
    write: { type: "boolean" },
    only: { type: "string" },
    setup: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    generated: { type: "string" },
  },
});
const wanted = options.cases ?? [];
const repositories = path.resolve(
  options.repos ?? process.env.ACTIVATION_LENS_REPOS ?? path.join(root, "out/repositories"),
);

let versions: Readonly<Record<string, string>> = {};
async function truthText(): Promise<string> {
  if (options.truth !== undefined) return readFileSync(options.truth, "utf8");
  const python = findPython();
  versions = python.versions;
  if (python.lacking.length > 0)
    console.log(`cases left out: ${python.command} lacks ${python.lacking.join(", ")}`);
  return askFrameworks(python, repositories);
}

function line({ id, layers, agree, wrong, gaps, outsideGaps, note }: Comparison): string {
  const counts = `${agree}/${layers}`.padStart(8);
  const rest = [wrong > 0 ? `${wrong} wrong` : "", gaps > 0 ? `${gaps} gaps (${outsideGaps} elsewhere)` : ""];
  return `${counts}  ${id}  ${[rest.filter((text) => text !== "").join(", "), note].filter(Boolean).join(": ")}`;
}

async function readings(): Promise<{ passed: number; failed: number }> {
  const cases = parseTruth(await truthText()).filter(
    ({ id }) => wanted.length === 0 || wanted.some((part) => id.includes(part)),
  );
  const missing = cases.filter((found) => !isPresent(found));
  const compared: Comparison[] = [];
  for (const found of cases.filter(isPresent)) {
    const comparison = compareCase(found);
    compared.push(comparison);
    console.log(line(comparison));
    if (!options.details) continue;
    for (const { is, words, truth, read } of comparison.verdicts)
      if (is !== "agree") console.log(`            ${is} ${truth?.name ?? JSON.stringify(read)}: ${words}`);
  }
  for (const { id, absent, error } of missing) console.log(`       -  ${id}  ${absent ? "absent" : error}`);
  // A folder of the cases is OWNER+NAME.
  const lacking = new Set(missing.filter(({ absent }) => absent).map(({ file }) => file.split("/")[0]));
  for (const [name, commit] of Object.entries(commits))
    if (lacking.has(name.replace("/", "+"))) console.log(`          wanted: ${name} at ${commit}`);
  if (lacking.size > 0)
    console.log(
      `absent: their packages are not installed, or no checkouts of the repositories are in ${repositories}`,
    );

  const totals = totalsOf(compared);
  const bars = barsOf(totals, wanted.length === 0);
  if (options.json !== undefined)
    writeFileSync(options.json, JSON.stringify({ versions, totals, bars, cases: compared }, null, 1));
  if (options.write) {
    const file = path.join(root, "docs/frameworks/readings.md");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, table(compared, missing, { versions, date: new Date().toISOString().slice(0, 10) }));
    console.log(`wrote ${path.relative(root, file)}`);
  }
  console.log(
    `\n${totals.cases} models, ${totals.layers} layers: ${totals.agree} agree (${totals.otherwise} by another reading), ` +
      `${totals.wrong} wrong, ${totals.gaps} gaps, ${totals.outsideGaps} of them elsewhere`,
  );
  for (const { words, isMet } of bars) console.log(`${isMet ? "ok    " : "FAILED"} ${words}`);
  const failed = bars.filter(({ isMet }) => !isMet).length;
  return { passed: bars.length - failed, failed };
}

const fixes = () =>
  testFixes(findPython(), {
    generated: Number(options.generated ?? 20),
    setups: options.setup ?? [],
    kinds: options.kind ?? [],
    cases: wanted,
    write: options.write ?? false,
  });

try {
  const read = options.only === "fixes" ? { passed: 0, failed: 0 } : await readings();
  const fixed = options.only === "readings" ? { passed: 0, failed: 0 } : await fixes();
  const failed = read.failed + fixed.failed;
  console.log(`${read.passed + fixed.passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
