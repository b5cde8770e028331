// Time of one training run in the lab, in Node and in Chromium, beside PyTorch on the same CPU, in turns.
//   node scripts/run.mjs lab-speed [--python PATH] [--rounds 7]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { browserPath } from "./hosts/browser.ts";
import { measureTraining } from "./lab/speedTask.ts";

const { values } = parseArgs({
  options: { python: { type: "string" }, rounds: { type: "string", default: "7" } },
});

const program = `
import sys, time, torch
torch.manual_seed(0)
X, Y = torch.randn(2250, 784), torch.randint(0, 10, (2250,))
def run(kind):
    net = torch.nn.Sequential(torch.nn.Linear(784, 100), torch.nn.ReLU(), torch.nn.Linear(100, 100), torch.nn.ReLU(), torch.nn.Linear(100, 10))
    opt = torch.optim.Adam(net.parameters(), 1e-3) if kind == "adam" else torch.optim.SGD(net.parameters(), .05)
    loss = torch.nn.CrossEntropyLoss()
    start = time.perf_counter()
    for step in range(300):
        at = torch.randint(0, 2250, (64,))
        opt.zero_grad()
        loss(net(X[at]), Y[at]).backward()
        opt.step()
    return time.perf_counter() - start
default = torch.get_num_threads()
for line in sys.stdin:
    kind, threads = line.split()
    torch.set_num_threads(1 if threads == "one" else default)
    print(run(kind), flush=True)
`;

/** Something that runs the task once and says how long it took, in seconds. */
type Runner = (kind: "sgd" | "adam") => Promise<number>;

async function inChromium(): Promise<{ readonly run: Runner; close(): Promise<void> }> {
  const { outputFiles } = await build({
    entryPoints: ["scripts/lab/speedTask.ts"],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    loader: { ".bin": "binary" },
  });
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0]!.text });
  type Window = typeof globalThis & { measureTraining: Runner };
  return {
    run: (kind) => page.evaluate((wanted) => (globalThis as Window).measureTraining(wanted), kind),
    close: () => browser.close(),
  };
}

function inTorch(python: string): { run(threads: "one" | "all"): Runner; close(): void } {
  const process = spawn(python, ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: process.stdout });
  return {
    run: (threads) => async (kind) => {
      process.stdin.write(`${kind} ${threads}\n`);
      const [line] = (await once(lines, "line")) as [string];
      return Number(line);
    },
    close: () => process.stdin.end(),
  };
}

const browser = await inChromium();
const torch = values.python === undefined ? undefined : inTorch(values.python);
const runners: Readonly<Record<string, Runner>> = {
  Node: measureTraining,
  Chromium: browser.run,
  ...(torch && { "PyTorch, one thread": torch.run("one"), "PyTorch, default": torch.run("all") }),
};

for (const kind of ["sgd", "adam"] as const) {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [name, run] of Object.entries(runners)) {
      const seconds = await run(kind);
      if (round > 0) times.set(name, [...(times.get(name) ?? []), seconds]); // The first warms up.
    }
  }
  console.log(`784-100-100-10, 300 steps of 64, ${kind}: least and median seconds of ${values.rounds}`);
  for (const [name, all] of times) {
    const sorted = all.toSorted((a, b) => a - b);
    console.log(`  ${name.padEnd(20)} ${sorted[0]!.toFixed(3)}  ${sorted[sorted.length >> 1]!.toFixed(3)}`);
  }
}
await browser.close();
torch?.close();
