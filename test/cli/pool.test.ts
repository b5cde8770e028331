// Workers that die, hang or never start: the file that they were at is skipped, and all others have their outcome.
import assert from "node:assert/strict";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FoundFile } from "../../src/cli/files/find.ts";
import { Pool, type Task } from "../../src/cli/work/pool.ts";
import { folder } from "./support.ts";

/** Speaks as src/cli/work/worker.ts does; what a file is called says what becomes of the worker. */
const script = `
const { parentPort, workerData } = require("node:worker_threads");
parentPort.on("message", ({ files }) => {
  const done = files.map(({ name }, at) => {
    if (name.startsWith("dies")) process.exit(3);
    if (name.startsWith("throws")) throw new Error("oh no");
    if (name.startsWith("hangs")) for (;;);
    if (name.startsWith("grows")) for (const all = []; ; ) all.push(new Array(1e6).fill(at + Math.random()));
    Atomics.store(workerData.progress, 0, at + 1);
    return { outcome: name };
  });
  parentPort.postMessage(done);
});
parentPort.postMessage("ready");
`;

function poolOf(context: TestContext, text = script): Pool {
  const root = folder(context, { "worker.cjs": text });
  const options = { command: "check", certain: false, hashes: false } as const;
  const here = ({ file }: Task) => ({ outcome: `here ${file.name}` });
  const pool = new Pool(path.join(root, "worker.cjs"), 2, options, here, 600);
  context.after(() => pool.close());
  return pool;
}

const tasks = (...names: string[]): Task[] =>
  names.map((name) => ({
    file: { kind: "file", name, size: 1, language: "python", given: false } as FoundFile,
  }));

async function outcomes(pool: Pool, ...names: string[]): Promise<unknown[]> {
  return (await pool.run(tasks(...names))).map((result) => (result === "same" ? result : result.outcome));
}

test("a worker that dies costs the file that it was at", async (context) => {
  const pool = poolOf(context);
  const [first, second] = await Promise.all([
    outcomes(pool, "a", "dies", "b", "throws", "c"),
    outcomes(pool, "d", "e"),
  ]);
  assert.deepEqual(first, [
    "a",
    "analysis failed: it ends the worker",
    "b",
    "analysis failed: it ends the worker: oh no",
    "c",
  ]);
  assert.deepEqual(second, ["d", "e"]);
  assert.deepEqual(await outcomes(pool, "dies"), ["analysis failed: it ends the worker"]);
  assert.deepEqual(await outcomes(pool, "dies", "x", "dies"), [
    "analysis failed: it ends the worker",
    "x",
    "analysis failed: it ends the worker",
  ]);
});

test("a worker that hangs is ended", async (context) => {
  const told = "analysis failed: it takes longer than 0.6 s";
  assert.deepEqual(await outcomes(poolOf(context), "a", "hangs", "b"), ["a", told, "b"]);
});

test("a file that takes all memory is skipped", async (context) => {
  const pool = poolOf(context);
  pool.limitMs = 60_000;
  assert.deepEqual(await outcomes(pool, "a", "grows", "b"), [
    "a",
    "analysis failed: it takes too much memory",
    "b",
  ]);
});

test("where no worker starts, files are read in this process", async (context) => {
  const pool = poolOf(context, "throw new Error('no workers here')");
  assert.deepEqual(await outcomes(pool, "a", "b"), ["here a", "here b"]);
});
