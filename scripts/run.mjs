// The door to every script of the project: `node scripts/run.mjs NAME [ARGUMENTS]` runs scripts/NAME.ts.
// It works in a fresh clone with nothing but Node: it installs the dependencies first when they are missing or
// older than the lock file, and bundles the TypeScript script, since Node 20 can't run it as it is.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [name, ...rest] = process.argv.slice(2);
const source = path.join(root, "scripts", `${name}.ts`);

if (!name || !existsSync(source)) {
  const known = readdirSync(path.join(root, "scripts")).filter((file) => file.endsWith(".ts"));
  console.error(`usage: node scripts/run.mjs ${known.map((file) => file.slice(0, -3)).join("|")}`);
  process.exit(2);
}

const installed = path.join(root, "node_modules/.package-lock.json");
const lock = path.join(root, "package-lock.json");
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log("installing the dependencies ...");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("npm ci failed: see its messages above.");
    process.exit(1);
  }
}

const { build } = await import("esbuild");
const outfile = path.join(root, "out/scripts", `${name}.mjs`);
await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  absWorkingDir: root,
  logLevel: "warning",
});
process.chdir(root);
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
