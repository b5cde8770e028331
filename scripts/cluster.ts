// Runs the ways of cluster/ on several hosts of this machine, kills one in the middle, and compares the findings with those of
// one run over the same files: node scripts/run.mjs cluster parallel|ray FOLDER [--python PYTHON] [--files-per-job N]
// GNU parallel needs root, iproute2, OpenSSH and rsync; Ray a Python that has it. Build first (`npm run build`).
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { missing } from "./cluster/hosts.ts";
import { onParallel } from "./cluster/parallel.ts";
import { onRay } from "./cluster/ray.ts";
import type { Work } from "./cluster/work.ts";
import { temporaryFolder } from "./hosts/processes.ts";
import { root } from "./hosts/project.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: "string", default: "python3" },
    "files-per-job": { type: "string", default: "100" },
  },
});
const [way, tree] = positionals;

async function main(): Promise<number> {
  if (!tree || (way !== "parallel" && way !== "ray"))
    throw new Error("usage: node scripts/run.mjs cluster parallel|ray FOLDER");
  const reason = way === "parallel" ? missing() : undefined;
  if (reason !== undefined) throw new Error(`this can't run here: ${reason}`);
  const folder = temporaryFolder();
  const bin = path.join(folder, "bin");
  const work: Work = {
    tree: path.resolve(tree),
    names: namesIn(path.resolve(tree)),
    filesPerJob: Number(values["files-per-job"]),
    folder,
    bin: command(bin),
    python: values.python,
  };
  console.log(`${work.names.length} files, ${Math.ceil(work.names.length / work.filesPerJob)} jobs`);
  const { merged, seconds, notes } = await (way === "parallel" ? onParallel(work) : onRay(work));
  for (const note of notes) console.log(note);
  const alone = atOnce(work);
  const isSame = merged === alone.merged;
  const files = (JSON.parse(merged) as { files: { findings: unknown[] }[] }).files;
  const findings = files.reduce((sum, file) => sum + file.findings.length, 0);
  console.log(
    `${files.length} files with ${findings} findings: ${isSame ? "the same" : "NOT the same"} as in one run`,
  );
  const perCore = work.names.length / alone.seconds;
  console.log(
    `one process ${alone.seconds.toFixed(1)} s (${perCore.toFixed(0)} files a second and core), with the death ${seconds.toFixed(1)} s`,
  );
  console.log(isSame ? "1 passed, 0 failed" : "0 passed, 1 failed");
  return isSame ? 0 : 1;
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:py|ipynb)$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** A folder with the command line of this checkout under its name. */
function command(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "activation-lens");
  writeFileSync(file, `#!/bin/sh\nexec ${process.execPath} ${path.join(root, "dist/cli.js")} "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

/** One process over all files, told as `merge` tells it. */
function atOnce({ tree: cwd, names, folder, bin }: Work): {
  readonly merged: string;
  readonly seconds: number;
} {
  const [list, found] = [path.join(folder, "all.names"), path.join(folder, "all.json")];
  writeFileSync(list, names.map((name) => `${name}\n`).join(""));
  const run = (...args: string[]) =>
    execFileSync(path.join(bin, "activation-lens"), args, { cwd, stdio: "ignore" });
  const start = performance.now();
  run(
    "check",
    "--files-from",
    list,
    "--no-cache",
    "--jobs",
    "1",
    "--format",
    "json",
    "--fail-on",
    "never",
    "--output-file",
    found,
  );
  const seconds = (performance.now() - start) / 1000;
  const merged = path.join(folder, "all.merged.json");
  run("merge", found, "--format", "json", "--fail-on", "never", "--output-file", merged);
  return { merged: readFileSync(merged, "utf8"), seconds };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  // Servers that were started would keep it alive.
  process.exit(2);
}
