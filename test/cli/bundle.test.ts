// The command line as a process: its streams, exit codes and signals.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { bundleCli, cli, mlp, runIn } from "./bundled.ts";
import { folder } from "./support.ts";

bundleCli();
const runs = runIn;

/** Text that has a finding whose fix is several lines long. */
const deep = readFileSync("test/fixes/samples/training.py", "utf8");

test("version is that of package.json", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(runs(".", "--version"), { status: 0, stdout: `${version}\n`, stderr: "" });
});

test("misuse ends with 2 and a line on stderr", () => {
  const { status, stdout, stderr } = runs(".", "check", "--fix", "--diff");
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /^activation-lens: --fix changes files and --diff does not[^\n]*\(see --help\)\n$/);
});

test("every format of both commands runs, without colour in a pipe", (context) => {
  const root = folder(context, { "m.py": mlp });
  for (const command of ["sites", "check"]) {
    for (const format of ["text", "json", "json-lines"]) {
      const { status, stdout, stderr } = runs(
        root,
        command,
        "m.py",
        "--format",
        format,
        "--fail-on",
        "never",
      );
      assert.deepEqual([status, stderr], [0, ""]);
      assert.ok(!stdout.includes("\u001b"));
      if (format === "json") assert.equal(JSON.parse(stdout).version, 1);
      if (format === "json-lines") for (const line of stdout.split("\n").slice(0, -1)) JSON.parse(line);
    }
  }
});

test("sites finds the activations of a small model, byte order mark or not", (context) => {
  const crlf = mlp.replaceAll("\n", "\r\n");
  const root = folder(context, {
    "a.py": mlp,
    "b.py": `\uFEFF${mlp}`,
    "c.py": crlf,
    "d.py": mlp.replaceAll("\n", "\r"),
  });
  const { stdout } = runs(root, "sites", ".", "--format", "json-lines");
  const place = { line: 3, column: 26, endLine: 3, endColumn: 35 };
  const rest = {
    activation: "relu",
    framework: "pytorch",
    kind: "class_call",
    params: {},
    certainty: "certain",
  };
  assert.deepEqual(
    stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
    ["a.py", "b.py", "c.py", "d.py"].map((file) => ({ file, ...place, ...rest })),
  );
});

test("a byte order mark moves nothing on the first line", (context) => {
  const root = folder(context, { "m.py": "\uFEFFimport torch; y = torch.relu(x)\n" });
  const [site] = JSON.parse(runs(root, "sites", "m.py", "--format", "json").stdout).sites;
  assert.deepEqual([site.line, site.column], [1, 19]);
});

test("check reads the network of a small model", (context) => {
  const root = folder(context, { "m.py": mlp });
  const { stdout } = runs(root, "check", "m.py", "--format", "json", "--fail-on", "never");
  const [file] = JSON.parse(stdout).files;
  assert.equal(file.file, "m.py");
  assert.deepEqual(
    file.networks[0].layers.map((layer: Record<string, unknown>) => [
      layer.fanIn,
      layer.fanOut,
      layer.activation,
    ]),
    [
      [784, 128, "relu"],
      [128, 10, null],
    ],
  );
});

/** Enough files with long names that a list of them does not fit into a pipe (64 KiB on Linux). */
const many = Object.fromEntries(
  Array.from({ length: 3000 }, (_, index) => [`m${index}_${"x".repeat(90)}.py`, "import torch.nn as nn\n"]),
);

test("a long output arrives whole through a pipe", (context) => {
  const { status, stdout } = runs(folder(context, many), "check", ".", "--format", "json");
  assert.equal(status, 0);
  assert.ok(stdout.length > 4 * 64 * 1024);
  assert.equal(JSON.parse(stdout).files.length, 3000);
});

test("a reader that goes away ends the run quietly", {
  skip: process.platform === "win32",
}, async (context) => {
  const root = folder(context, many);
  const child = spawn(process.execPath, [cli, "check", root, "--format", "json-lines"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code, signal] = await once(child, "close");
  assert.deepEqual([code, signal, stderr], [0, null, ""]);
});

const unreadable = process.platform === "win32" || process.getuid?.() === 0;

test("a file without permission is skipped, the rest is read", { skip: unreadable }, (context) => {
  const root = folder(context, { "a.py": mlp, "b.py": mlp });
  chmodSync(path.join(root, "a.py"), 0);
  const { status, stderr } = runs(root, "sites", ".");
  assert.equal(status, 0);
  assert.match(stderr, /skipped a\.py: cannot be read \(EACCES\)/);
});

test("the standard input is fixed onto the standard output", (context) => {
  const root = folder(context, {});
  const fixed = spawnSync(process.execPath, [cli, "check", "-", "--fix", "--unsafe-fixes"], {
    cwd: root,
    input: deep,
    encoding: "utf8",
  });
  assert.equal(fixed.status, 0);
  assert.ok(fixed.stdout.startsWith("import torch\n") && fixed.stdout.length > deep.length, fixed.stdout);
  assert.match(fixed.stderr, /fixed in 1 file, 0 remaining/);
});

test("a disk that takes no more leaves the file as it was, and nothing beside it", {
  skip: process.platform === "win32",
}, (context) => {
  // A limit for the size of files, in blocks of 512 bytes, does as a full disk would.
  const root = folder(context, { "m.py": deep });
  const script = `ulimit -f 1; exec "$0" "$@"`;
  const argv = ["-c", script, process.execPath, cli, "check", "m.py", "--fix", "--unsafe-fixes"];
  const { status, stderr } = spawnSync("sh", argv, { cwd: root, encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stderr, /m\.py: not written \(EFBIG\)/);
  assert.equal(readFileSync(path.join(root, "m.py"), "utf8"), deep);
  assert.deepEqual(readdirSync(root), ["m.py"]);
});

test("Ctrl+C while files are fixed leaves each of them old or new, and nothing beside them", async (context) => {
  const names = Array.from({ length: 400 }, (_, at) => `m${at}.py`);
  const root = folder(context, Object.fromEntries(names.map((name) => [name, deep])));
  const child = spawn(process.execPath, [cli, "check", ".", "--fix", "--unsafe-fixes"], { cwd: root });
  let stopped = false;
  child.stdout.on("data", () => {
    if (!stopped) child.kill("SIGINT");
    stopped = true;
  });
  child.stderr.resume();
  const [code] = await once(child, "exit");
  assert.equal(code, 130);
  const texts = names.map((name) => readFileSync(path.join(root, name), "utf8"));
  const made = new Set(texts.filter((text) => text !== deep));
  assert.equal(made.size, 1, "there is one fixed text");
  assert.ok(texts.includes(deep), "it ended before the last file");
  assert.deepEqual(readdirSync(root).sort(), [...names].sort());
});

test("the configuration of the standard input is that of its name; left out, it is printed as it came", (context) => {
  const root = folder(context, {
    "activation-lens.json": '{ "extend-exclude": ["gen/"], "force-exclude": true }',
    "off/activation-lens.json":
      '{ "fail-on": "error", "per-file-ignores": { "*.py": ["dying-relu", "zero-weights"] } }',
  });
  const given = (...argv: string[]) =>
    spawnSync(process.execPath, [cli, "check", "-", ...argv], { cwd: root, input: deep, encoding: "utf8" });
  const rulesFor = (name: string) => {
    const { files } = JSON.parse(given("--stdin-filename", name, "--format", "json").stdout);
    return files.map(({ findings }: { findings: { rule: string }[] }) => findings.map(({ rule }) => rule));
  };
  const [usual] = rulesFor("a.py");
  assert.ok(usual.includes("dying-relu"), usual.join());
  assert.deepEqual(rulesFor("off/a.py"), [usual.filter((rule: string) => rule !== "dying-relu")]);
  assert.deepEqual(rulesFor("gen/a.py"), []);
  const fixed = given("--stdin-filename", "gen/a.py", "--fix", "--unsafe-fixes");
  assert.deepEqual([fixed.status, fixed.stdout], [0, deep]);
});
