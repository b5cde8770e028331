/** The command line as a process: one bundle, in a folder of the test, of what esbuild.mjs makes three files of. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { build } from "esbuild";

const made = mkdtempSync(path.join(tmpdir(), "activation-lens-cli-"));
export const cli = path.join(made, "cli.js");

/** To be called once by each file of tests. */
export function bundleCli(): void {
  before(async () => {
    await build({
      entryPoints: ["src/cli/main.ts"],
      outfile: cli,
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "es2022",
      banner: { js: "#!/usr/bin/env node" },
      loader: { ".bin": "binary" },
      logLevel: "warning",
    });
  });
  after(() => rmSync(made, { recursive: true, force: true }));
}

export function runIn(cwd: string, ...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  return { status, stdout, stderr };
}

export const mlp = `import torch.nn as nn
net = nn.Sequential(
    nn.Linear(784, 128), nn.ReLU(),
    nn.Linear(128, 10),
)
`;
