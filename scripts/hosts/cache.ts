import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Hosts are large and the same for every checkout, so they live outside of it. */
export const cacheFolder = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
  "activation-lens",
);

/**
 * The folder `name` of the cache, filled by `fill` when it is not there. It is filled under another name and then
 * renamed: a folder that bears its name is complete, whatever was interrupted, and of two installations at the same
 * time one wins and the other is thrown away.
 */
export function installOnce(name: string, what: string, fill: (folder: string) => void): string {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  removeAbandoned(name);
  const start = Date.now();
  console.log(`installing ${what} from npm into ${cacheFolder} (once) ...`);
  const unfinished = mkdtempSync(path.join(cacheFolder, `${name}.${process.pid}.`));
  try {
    writeFileSync(path.join(unfinished, "package.json"), JSON.stringify({ name: "host", private: true }));
    fill(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(`installed ${what} in ${Math.round((Date.now() - start) / 1000)} s`);
  return folder;
}

/** Half-finished folders of processes that are gone. */
function removeAbandoned(name: string): void {
  for (const entry of readdirSync(cacheFolder)) {
    const pid = entry.startsWith(`${name}.`) ? /^(\d+)\./.exec(entry.slice(name.length + 1))?.[1] : undefined;
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(path.join(cacheFolder, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const NPM_LIMIT_MS = 10 * 60_000;

/**
 * `npm install` without install scripts: those would compile native modules (a compiler may be missing) or
 * download browsers, and neither is needed.
 */
export function npmInstall(folder: string, ...args: readonly string[]): void {
  const quiet = ["--ignore-scripts", "--engine-strict=false", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawnSync("npm", ["install", ...quiet, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
    shell: process.platform === "win32",
    timeout: NPM_LIMIT_MS,
  });
  if (npm.status !== 0) throw new Error(`npm install ${args.join(" ")} failed: see its messages above`);
}

/** A Node binary of this major version: the one that runs, or else the one that npm's `node` package is made of. */
export function nodeBinary(major: number): string {
  if (Number(process.versions.node.split(".")[0]) === major) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = installOnce(`node-${major}`, `Node ${major}`, (into) =>
    npmInstall(into, `${name}@${major}`),
  );
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  return path.join(folder, "node_modules", name, binary);
}
