import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
// The door asks for `require` as the extension's bundle has it, which is CommonJS.
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import type { FolderTask } from "../../../../src/host/scan/folder.ts";
import { Thread } from "../../../../src/host/scan/threads.ts";

Object.assign(globalThis, { require: createRequire(import.meta.url) });

const root = mkdtempSync(path.join(os.tmpdir(), "scan-"));
after(() => rmSync(root, { recursive: true }));
const slashed = (name: string) => {
  const text = name.split(path.sep).join("/");
  return text.startsWith("/") ? text : `/${text}`;
};
const at = (name: string) => slashed(path.join(root, name));
const task: FolderTask = {
  root: slashed(root),
  others: [],
  hidden: {},
  settings: { rules: {}, thresholds: {}, maximumFileSize: 1000, "diagnostics.enabled": true },
};

mkdirSync(path.join(root, "sub"));
writeFileSync(
  path.join(root, "sub/net.py"),
  "from torch import nn\nmodel = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))\n",
);
for (let index = 0; index < 1200; index++) writeFileSync(path.join(root, `none${index}.py`), "print(1)\n");

test("a thread finds and reads a folder of the disk", async () => {
  symlinkSync(root, path.join(root, "sub/loop"));
  const thread = new Thread(path.resolve("dist/scanThread.js"), [task]);
  const reader = thread.readerOf(0);
  const parts: (readonly string[])[] = [];
  await reader.findFiles((some) => parts.push(some));
  assert.ok(parts.length > 1, "many names come in parts");
  assert.equal(parts.flat().length, 1201, "links to folders are not followed");
  const read = await reader.read([at("none1.py"), at("sub/net.py"), at("gone.py")]);
  assert.deepEqual(
    read.found.map((file) => [file.path, file.networks]),
    [[at("sub/net.py"), 1]],
  );
  assert.equal(read.skipped, 1);
  const looked = await reader.look([at("sub"), at("gone.py")]);
  assert.deepEqual(looked.files, [at("sub/net.py")]);
  assert.deepEqual(looked.gone, [at("gone.py")]);
  thread.dispose();
});

test("what a dead thread leaves open fails, and the next question starts another", async () => {
  const script = path.join(root, "dying.cjs");
  writeFileSync(
    script,
    `const { parentPort } = require("node:worker_threads");
parentPort.on("message", ({ id, paths }) => {
  if (paths.includes("dies")) process.exit(1);
  if (paths.includes("throws")) throw new Error("a slip");
  parentPort.postMessage({ id, kind: "read", found: [], skipped: 0, errors: [] });
});
`,
  );
  const thread = new Thread(script, [task]);
  const reader = thread.readerOf(0);
  await assert.rejects(reader.read(["dies"]), /the thread ended/);
  assert.equal((await reader.read(["good"])).skipped, 0);
  await assert.rejects(reader.read(["throws"]), /a slip/);
  const open = reader.read(["good"]);
  thread.dispose();
  await assert.rejects(open, /it was stopped/);
});
