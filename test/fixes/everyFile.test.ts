// Every file that has something to fix is fixed in every way, and what was promised of that is held against it: own
// samples, the examples, the golden models; and all files below a folder, if ACTIVATION_LENS_FILES names one. With
// ACTIVATION_LENS_FIXED, what was made of them is written there, to be looked at.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { transformSync } from "esbuild";
import { cellsOf, languageOf } from "../../src/engine/index.ts";
import { check, type Mode, modes } from "./check.ts";

const given = process.env.ACTIVATION_LENS_FILES;
const kept = process.env.ACTIVATION_LENS_FIXED;
const folders = given ? [given] : ["test/fixes/samples", "examples", "test/golden/models"];

const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => languageOf(name) !== undefined && statSync(name).isFile())
    .sort(),
);

interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Of a notebook each cell that changed is one pair. */
function pairsOf(name: string, before: string, after: string): readonly Pair[] {
  if (before === after) return [];
  if (languageOf(name) !== "notebook") return [{ name, before, after }];
  const [old, made] = [cellsOf(before), cellsOf(after)];
  if ("skipped" in old || "skipped" in made) return [{ name, before: "", after: "no cells any more" }];
  return old.map(({ text, index }, at) => ({
    name: `${name}:cell ${index + 1}`,
    before: text,
    after: made[at]?.text ?? "no such cell",
  }));
}

function parses(name: string, text: string): boolean {
  try {
    transformSync(text, { loader: /\.[cm]?tsx?$/.test(name) ? "tsx" : "jsx", logLevel: "silent" });
    return true;
  } catch {
    return false;
  }
}

for (const mode of Object.keys(modes) as Mode[]) {
  test(`${mode}: parses, inside of what was reported, undone, and nothing more the second time`, () => {
    const faults: string[] = [];
    const python: Pair[] = [];
    let [changed, applied, refused] = [0, 0, 0];
    const reasons = new Map<string, number>();
    for (const name of files) {
      const before = readFileSync(name, "utf8").replace(/^\ufeff/, "");
      const { text, run, faults: own } = check({ path: name, text: before }, mode);
      faults.push(...own.map((fault) => `${name}: ${fault}`));
      applied += run.applied.length;
      refused += run.refused.length;
      for (const { reason, fix } of run.refused) {
        const what = `${fix.kind}: ${reason}`;
        reasons.set(what, (reasons.get(what) ?? 0) + 1);
        if (given) console.log(`not done in ${name}: "${fix.title}": ${reason}`);
      }
      if (text === before) continue;
      changed++;
      if (languageOf(name) === "javascript") {
        if (parses(name, before) && !parses(name, text)) faults.push(`${name}: does not parse any more`);
      } else python.push(...pairsOf(name, before, text));
      if (kept) keep(path.join(kept, mode.replaceAll(/\W+/g, "-"), name), before, text);
    }
    faults.push(...brokenPython(python).map((name) => `${name}: does not parse any more`));
    if (given)
      console.log(
        `${mode}: ${changed} of ${files.length} files changed by ${applied} fixes; ${refused} not done ${JSON.stringify([...reasons])}`,
      );
    else if (mode !== "safe fixes") assert.ok(changed > 0, "nothing was fixed at all");
    assert.deepEqual(faults, []);
  });
}

test("files that end too early are fixed by the same promises", () => {
  const faults: string[] = [];
  for (const name of given ? [] : files) {
    const whole = readFileSync(name, "utf8");
    for (let part = 1; part < 8; part++) {
      const text = whole.slice(0, Math.floor((whole.length * part) / 8));
      for (const mode of ["all ReLU to Leaky ReLU", "all fixes"] as const)
        faults.push(
          ...check({ path: name, text }, mode).faults.map((fault) => `${name} ${part}/8: ${fault}`),
        );
    }
  }
  assert.deepEqual(faults, []);
});

function keep(name: string, before: string, after: string): void {
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(`${name}.before`, before);
  writeFileSync(name, after);
}

function brokenPython(pairs: readonly Pair[]): readonly string[] {
  const input = JSON.stringify(pairs.map(({ before, after }) => ({ before, after })));
  const { status, stdout, stderr, error } = spawnSync("python3", ["test/fixes/parse.py"], {
    input,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  // Without a Python the rest still counts.
  if (error) return [];
  assert.equal(status, 0, stderr);
  return (JSON.parse(stdout) as number[]).map((at) => pairs[at]?.name ?? "");
}
