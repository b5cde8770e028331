// `--output-file` and `--statistics`.
import assert from "node:assert/strict";
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { run } from "../../src/cli/run.ts";
import { clean, model } from "./models.ts";
import { folder, runCli } from "./support.ts";

test("the file has what would be printed, and the rest is said as ever", async (context) => {
  const root = folder(context, { "src/a.py": model("a"), "src/b.py": "\0" });
  const file = path.join(root, "out.txt");
  for (const format of ["full", "json", "sarif"]) {
    const plain = await runCli(["check", path.join(root, "src"), "--format", format]);
    const filed = await runCli(["check", path.join(root, "src"), "--format", format, "--output-file", file]);
    assert.deepEqual({ ...filed, out: readFileSync(file, "utf8") }, plain);
    assert.equal(filed.out, "");
  }
  assert.deepEqual(readdirSync(root).sort(), ["out.txt", "src"]);
});

test("a link keeps leading to the file, which keeps its permissions", async (context) => {
  const root = folder(context, { "a.py": model("a"), "real.txt": "old" });
  const [link, real] = [path.join(root, "link.txt"), path.join(root, "real.txt")];
  chmodSync(real, 0o640);
  symlinkSync("real.txt", link);
  await runCli(["check", path.join(root, "a.py"), "--output-file", link]);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(statSync(real).mode & 0o777, 0o640);
  assert.match(readFileSync(real, "utf8"), /relu-on-output/);
});

test("when it can't be written the old file stays, and the code is 2", async (context) => {
  const root = folder(context, { "a.py": model("a") });
  const a = path.join(root, "a.py");
  for (const [name, reason] of [
    [path.join(root, "no/out.txt"), "ENOENT"],
    [root, "it is a folder"],
    ["/dev/full", "ENOSPC"],
  ] as const) {
    if (name === "/dev/full" && !existsSync(name)) continue;
    const { code, out, error } = await runCli(["check", a, "--output-file", name]);
    assert.deepEqual([code, out, error], [2, "", `activation-lens: ${name}: not written (${reason})\n`]);
  }
  assert.deepEqual(readdirSync(root), ["a.py"]);
});

test("Ctrl+C leaves the old file and nothing beside it", async (context) => {
  const root = folder(context, { "a.py": model("a"), "b.py": model("b"), "out.txt": "old" });
  let asked = 0;
  const code = await run(["check", root, "--output-file", path.join(root, "out.txt")], {
    out: async () => {},
    error: async () => {},
    isInterrupted: async () => ++asked > 2,
    colour: false,
    version: "1",
  });
  assert.equal(code, 130);
  assert.equal(readFileSync(path.join(root, "out.txt"), "utf8"), "old");
  assert.deepEqual(readdirSync(root).sort(), ["a.py", "b.py", "out.txt"]);
});

test("statistics count rules, severities, frameworks and shares", async (context) => {
  const root = folder(context, { "a.py": model("a", 5), "b.py": clean, "c.py": "\0", "d.py": model("d") });
  const { code, out, error } = await runCli(["check", root, "--statistics"]);
  assert.deepEqual([code, error], [1, ""]);
  assert.match(
    out,
    /^3 findings, \d with a safe fix\n {6}2 {2}warning {6}relu-on-output\n {6}1 {2}warning {6}step-too-large\n/,
  );
  assert.match(out, /\n3 networks in 3 files, 1 file skipped\n {6}3 {2}pytorch\n/);
  assert.match(out, / {2}0–10 % {7}#+\n/);
  const { total, parts, kind } = JSON.parse(
    (await runCli(["check", root, "--statistics", "--format", "json"])).out,
  );
  assert.equal(kind, "statistics");
  assert.deepEqual(total.rules, { "relu-on-output": { warning: 2 }, "step-too-large": { warning: 1 } });
  assert.equal(
    total.risk.deadAfterTraining.reduce((sum: number, count: number) => sum + count, total.risk.notEstimated),
    total.networks,
  );
  const [{ id, ...counts }] = parts;
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.deepEqual(counts, total);
  assert.match(
    (await runCli(["check", root, "--statistics", "--format", "sarif"])).error,
    /as text or as json/,
  );
});
