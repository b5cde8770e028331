// The door to every script of the project: `node scripts/run.mjs NAME [ARGUMENTS]` runs scripts/NAME.ts.
// It works in a fresh clone with nothing but Node: it installs the dependencies first when they are missing or
// older than the lock file, and bundles the TypeScript script, since Node 20 can't run it as it is.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
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

/** npm writes its own list last: a half-finished installation has none, or one older than the lock file. */
function isInstalled() {
  const installed = path.join(root, "node_modules/.package-lock.json");
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs
  );
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Two scripts started at once must not install into the same folder: the second waits for the first. */
function install() {
  const lock = path.join(root, "out/installing");
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}`, { flag: "wx" });
      break;
    } catch {
      const owner = Number(existsSync(lock) ? readFileSync(lock, "utf8") : 0);
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    if (isInstalled()) return;
    // No package needs its install script here; some would try to compile native modules.
    console.log("installing the dependencies ...");
    const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
      shell: process.platform === "win32",
    });
    if (npm.status !== 0) {
      console.error("npm ci failed: see its messages above.");
      process.exitCode = 1;
    }
  } finally {
    rmSync(lock, { force: true });
  }
}

if (!isInstalled()) install();
if (process.exitCode) process.exit();

const { build } = await import("esbuild");
const outfile = path.join(root, "out/scripts", `${name}.mjs`);
const { outputFiles } = await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  absWorkingDir: root,
  loader: { ".bin": "binary" },
  logLevel: "warning",
  write: false,
});
// Written aside and renamed, since the same script may be starting in another process.
mkdirSync(path.dirname(outfile), { recursive: true });
const aside = `${outfile}.${process.pid}`;
writeFileSync(aside, outputFiles[0].contents);
renameSync(aside, outfile);
process.setSourceMapsEnabled(true);
process.chdir(root);
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
