// Speed, as ratios taken in one run: every test/bench/*.ts one after the other. `npm run bench -- risk` runs one.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "./hosts/project.ts";

const wanted = process.argv.slice(2);
const names = readdirSync(path.join(root, "test/bench"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

let failed = names.length === 0;
for (const name of names) {
  const outfile = path.join(root, "out/bench", `${name}.mjs`);
  await build({
    entryPoints: [path.join(root, "test/bench", `${name}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  console.log(`\n--- ${name}`);
  if (spawnSync(process.execPath, [outfile], { stdio: "inherit" }).status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;
