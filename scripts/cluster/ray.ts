/** cluster/ray_check.py on a cluster of two nodes, one of which is killed when a third of the parts is there. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../hosts/project.ts";
import type { Outcome, Work } from "./work.ts";

export async function onRay({ tree, names, filesPerJob, folder, bin, python }: Work): Promise<Outcome> {
  const list = path.join(folder, "names");
  const [parts, out] = [path.join(folder, "parts.jsonl"), path.join(folder, "out.json")];
  writeFileSync(list, names.map((name) => `${name}\n`).join(""));
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, RAY_USAGE_STATS_ENABLED: "0" };
  const start = performance.now();
  const notes = execFileSync(
    python,
    [
      "-B",
      path.join(root, "scripts/cluster/ray_kill.py"),
      path.join(root, "cluster/ray_check.py"),
      list,
      parts,
      String(filesPerJob),
    ],
    { cwd: tree, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - start) / 1000;
  execFileSync(
    path.join(bin, "activation-lens"),
    ["merge", parts, "--format", "json", "--fail-on", "never", "--output-file", out],
    { cwd: tree, stdio: "ignore" },
  );
  return { merged: readFileSync(out, "utf8"), seconds, notes: notes.trim().split("\n") };
}
