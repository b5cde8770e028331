// --watch and the progress line: what people at a terminal see of a run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { isOutside } from "../../src/cli/watch.ts";
import { ProgressLine } from "../../src/cli/work/progress.ts";
import { bundleCli, cli, mlp } from "./bundled.ts";
import { folder } from "./support.ts";

bundleCli();

for (const given of [".", "m.py"]) {
  test(`a change below ${given} is told without being asked, until Ctrl+C`, async (context) => {
    const root = folder(context, { "m.py": mlp, "other.py": mlp });
    const argv = ["check", given, "--watch", "--format", "json-lines"];
    const child = spawn(process.execPath, [cli, ...argv], { cwd: root });
    context.after(() => child.kill("SIGKILL"));
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    const told = async () => {
      for await (const chunk of child.stderr.iterator({ destroyOnReturn: false }))
        if (String(chunk).includes("watching for changes")) return;
    };
    await told();
    assert.match(out, /"fanIn":784/);
    assert.ok(!out.includes("\u001b"));
    const file = path.join(root, "m.py");
    // As an editor saves: a new file takes the place of the old one.
    writeFileSync(path.join(root, ".m.py.new"), mlp.replace("784", "333"));
    renameSync(path.join(root, ".m.py.new"), file);
    while (!out.includes('"fanIn":333')) await told();
    child.kill("SIGINT");
    const [code, signal] = await once(child, "exit");
    assert.deepEqual([code, signal], [null, "SIGINT"]);
  });
}

test("what a run keeps for the next one does not begin it, wherever it is", () => {
  const outside = (name: string) => isOutside("src", name, "src/kept");
  assert.deepEqual(["kept", path.join("kept", "a", "b"), ".git/x", "a/__pycache__/m.pyc"].map(outside), [
    true,
    true,
    true,
    true,
  ]);
  assert.deepEqual(["m.py", "keptm.py", "a/kept/m.py"].map(outside), [false, false, false]);
});

test("a long run says how far it is, in one line that goes away", () => {
  let now = 0;
  const written: string[] = [];
  const line = new ProgressLine(
    (text) => written.push(text),
    () => 30,
    () => now,
  );
  line.file("a.py");
  line.clear();
  assert.deepEqual(written, [], "a short run says nothing");
  now = 1500;
  line.file("b\u001b[2J\n.py");
  now = 1550;
  line.file("c.py");
  line.clear();
  line.clear();
  now = 1700;
  line.file(`${"long/".repeat(10)}d.py`);
  assert.deepEqual(written, [
    "\r\u001b[K2 files read: b [2J .py",
    "\r\u001b[K",
    "\r\u001b[K4 files read: long/long/long…",
  ]);
});
