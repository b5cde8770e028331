import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

/** The checkout: scripts/run.mjs starts every script there. */
export const root = process.cwd();

export const packageFile = path.join(root, "activation-lens.vsix");
export const examples = path.join(root, "examples");
export const exampleFile = "deep_mlp_torch.py";

/** The extension's id, `publisher.name`. */
export function extensionId(): string {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  return `${manifest.publisher}.${manifest.name}`;
}

/** Runs one of the project's own scripts to its end. */
export function runScript(name: string, ...args: readonly string[]): void {
  const script = spawnSync(process.execPath, [path.join(root, "scripts/run.mjs"), name, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (script.status !== 0) throw new Error(`the script ${name} failed: see its messages above`);
}

export function buildBundles(): void {
  const build = spawnSync(process.execPath, [path.join(root, "esbuild.mjs")], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (build.status !== 0) throw new Error("the build failed: see its messages above");
}
