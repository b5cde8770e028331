// Time until the extension is active: compiling and running dist/extension.js, then activate(), with a `vscode` that
// does nothing. Each round is a process of its own, since a second load in one process finds everything compiled.
// The ratio is to compiling alone, which is as slow as the machine and can't be saved. Budget: 20 ms.
// Build first (`npm run build`).
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";

const ROUNDS = 21;
const bundle = "dist/extension.js";

/** Whatever is asked of it, called or constructed: itself. As a list it is empty, and nothing waits for it. */
const vscode: unknown = new Proxy(function vscode() {}, {
  get: (_, name) => {
    if (name === "then") return undefined;
    if (name === Symbol.iterator) return () => [].values();
    return name === Symbol.toPrimitive ? () => "" : vscode;
  },
  apply: () => vscode,
  construct: () => vscode as object,
});

interface Extension {
  activate(context: unknown): void;
}

interface Times {
  readonly compile: number;
  readonly run: number;
  readonly activate: number;
}

function once(): Times {
  const text = readFileSync(bundle, "utf8");
  const start = performance.now();
  const load = compileFunction(text, ["require", "module", "exports"], { filename: bundle });
  const compiled = performance.now();
  const module: { exports: Partial<Extension> } = { exports: {} };
  // The bundle copies what a module has inherited, not what a proxy makes up.
  load(() => Object.create(vscode as object), module, module.exports);
  const ran = performance.now();
  module.exports.activate?.({ subscriptions: [], extensionUri: vscode, workspaceState: vscode });
  const active = performance.now();
  return { compile: compiled - start, run: ran - compiled, activate: active - ran };
}

function rounds(): readonly Times[] {
  return Array.from({ length: ROUNDS }, () => {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "once"], { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout) as Times;
  });
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

if (process.argv[2] === "once") console.log(JSON.stringify(once()));
else {
  const times = rounds();
  const parts = (["compile", "run", "activate"] as const).map(
    (part) => `${part} ${median(times.map((time) => time[part])).toFixed(1)}`,
  );
  const whole = times.map(({ compile, run, activate }) => compile + run + activate);
  const ratio = median(times.map(({ compile }, round) => (whole[round] ?? 0) / compile));
  console.log(
    `active after ${median(whole).toFixed(1)} ms (${parts.join(", ")}; medians of ${ROUNDS}), ` +
      `at best ${Math.min(...whole).toFixed(1)} ms; ratio ${ratio.toFixed(2)}`,
  );
}
