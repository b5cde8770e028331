// The run without a process: what is printed where, and the exit code. The analysis is made by hand.
import assert from "node:assert/strict";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { type Analysis, analyze, type Severity, type SourceFile } from "../../src/engine/index.ts";
import { analysis, finding, folder, runCli, site, source } from "./support.ts";

const runs = (argv: readonly string[], analyse: (file: SourceFile) => Analysis = () => analysis()) =>
  runCli(argv, analyse);

const model = (context: TestContext) => path.join(folder(context, { "m.py": source }), "m.py");

test("findings at or above the threshold make the exit code 1", async (context) => {
  const file = model(context);
  const code = async (severity: Severity, ...argv: string[]) =>
    (await runs(["check", file, ...argv], () => analysis({ findings: [{ ...finding, severity }] }))).code;
  assert.equal(await code("warning"), 1);
  assert.equal(await code("error"), 1);
  assert.equal(await code("information"), 0);
  assert.equal(await code("hint"), 0);
  assert.equal(await code("hint", "--fail-on", "hint"), 1);
  assert.equal(await code("warning", "--fail-on", "error"), 0);
  assert.equal(await code("error", "--fail-on", "never"), 0);
});

test("sites never fails for what it finds", async (context) => {
  const { code, out, error } = await runs(["sites", model(context), "--fail-on", "hint"]);
  assert.equal(code, 0);
  assert.match(out, /:3:28: leaky_relu/);
  assert.equal(error, "");
});

test("likely sites are listed, and left out with --certain", async (context) => {
  const file = model(context);
  const both = () => analysis({ sites: [site, { ...site, activation: "relu", certainty: "likely" }] });
  const activations = async (...argv: string[]) =>
    (await runs(["sites", file, "--format", "json-lines", ...argv], both)).out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line).activation);
  assert.deepEqual(await activations(), ["leaky_relu", "relu"]);
  assert.deepEqual(await activations("--certain"), ["leaky_relu"]);
});

test("a missing path is told, the rest is reported, and the exit code is 2", async (context) => {
  const { code, out, error } = await runs(["sites", "no/such.py", model(context)]);
  assert.equal(code, 2);
  assert.match(out, /leaky_relu/);
  assert.equal(error, "activation-lens: no such file or folder: no/such.py\n");
});

/** Where there is nothing to find a file is not analysed. */
const bad = "act = nn.ReLU()\n";

test("an analysis that throws is one skipped file, the next goes on", async (context) => {
  const root = folder(context, { "a.py": bad, "b.py": source });
  const analyse = ({ text }: SourceFile) => {
    if (text === bad) throw new RangeError("too\ndeep");
    return analysis();
  };
  const text = await runs(["sites", root], analyse);
  assert.equal(text.code, 0);
  assert.match(text.error, /^activation-lens: skipped \S+a\.py: analysis failed: too deep\n$/);
  assert.match(text.out, /b\.py:3:28/);
  const { skipped, files } = JSON.parse((await runs(["check", root, "--format", "json"], analyse)).out);
  assert.deepEqual(skipped, [
    { file: path.join(root, "a.py").replaceAll("\\", "/"), reason: "analysis failed: too\ndeep" },
  ]);
  assert.equal(files.length, 1);
});

test("what the engine skips is skipped", async (context) => {
  const root = folder(context, { "a.py": bad, "b.py": source });
  const { out, code } = await runs(["check", root, "--format", "json"], ({ path: file, text }) =>
    text === bad ? { path: file, sites: [], networks: [], findings: [], skipped: "too long" } : analysis(),
  );
  assert.equal(JSON.parse(out).skipped[0].reason, "too long");
  assert.equal(code, 1);
});

test("when nothing could be read the exit code is 2 and one line says why", async (context) => {
  const root = folder(context, { "bin.py": "\0\0", "n.ipynb": "{}", "empty/x.txt": "" });
  for (const format of ["text", "json", "json-lines"]) {
    for (const command of ["sites", "check"]) {
      const { code, error } = await runs([command, path.join(root, "bin.py"), "--format", format]);
      assert.equal(code, 2);
      assert.match(error, /^activation-lens: .*binary file.*\n$/);
    }
  }
  const notebook = await runs(["sites", path.join(root, "n.ipynb")], analyze);
  assert.deepEqual([notebook.code, notebook.out], [2, ""]);
  assert.match(
    notebook.error,
    /^activation-lens: skipped .*n\.ipynb: not a notebook: it has no list of cells\n$/,
  );
  const empty = await runs(["check", path.join(root, "empty"), "--format", "json"]);
  assert.equal(empty.code, 2);
  assert.deepEqual(JSON.parse(empty.out), { version: 1, files: [], skipped: [] });
  assert.match(empty.error, /^activation-lens: no files to read in .*empty\n$/);
});

test("a file of more than 10 MB is skipped without being read", async (context) => {
  const root = folder(context, { "big.py": Buffer.alloc(10 * 1024 * 1024 + 1, "#"), "m.py": source });
  const { code, error, out } = await runs(["sites", root]);
  assert.equal(code, 0);
  assert.match(error, /big\.py: larger than 10 MB\n$/);
  assert.match(out, /1 activation in 1 file/);
});

test("the byte order mark is gone before the engine sees the text", async (context) => {
  const root = folder(context, { "m.py": `\uFEFF${source}` });
  let seen = "";
  await runs(["sites", root], (file) => {
    seen = file.text;
    return analysis();
  });
  assert.equal(seen, source);
});

test("help and version go to stdout, misuse to stderr", async () => {
  const help = await runs(["--help"]);
  assert.deepEqual([help.code, help.error], [0, ""]);
  assert.match(help.out, /^activation-lens finds/);
  assert.deepEqual(await runs(["--version"]), { code: 0, out: "1.2.3\n", error: "" });
  const misuse = await runs(["chekc"]);
  assert.deepEqual([misuse.code, misuse.out], [2, ""]);
  assert.match(misuse.error, /^activation-lens: [^\n]*--help\)\n$/);
});

const cells = (...sources: readonly string[]) =>
  JSON.stringify({
    cells: sources.map((text) => ({ cell_type: "code", metadata: {}, outputs: [], source: text })),
    metadata: {},
    nbformat: 4,
  });

test("notebooks are read, given by name or found in a folder", async (context) => {
  const root = folder(context, {
    "n.ipynb": cells("%matplotlib inline\nfrom torch import nn", "x = 1\nact = nn.ReLU()"),
  });
  const { out, error } = await runs(["sites", root, "--format", "json-lines"], analyze);
  assert.equal(error, "");
  const { file, cell, line, column, activation } = JSON.parse(out);
  assert.deepEqual([path.basename(file), cell, line, column, activation], ["n.ipynb", 1, 2, 7, "relu"]);
});

test("the outputs of a notebook may be larger than any code", async (context) => {
  const picture = "A".repeat(11 * 1024 * 1024);
  const text = cells("from torch import nn\nact = nn.ReLU()").replace("[]", `["${picture}"]`);
  const root = folder(context, { "n.ipynb": text });
  const { out, error } = await runs(["sites", path.join(root, "n.ipynb")], analyze);
  assert.equal(error, "");
  assert.match(out, /n\.ipynb:cell 1:2:7: relu/);
});

test("configurations in a folder are listed when they name activations, and otherwise not mentioned", async (context) => {
  const root = folder(context, {
    "config.json": '{"model_type": "bert", "hidden_act": "relu"}',
    "data.json": `["${"relu ".repeat(300_000)}"]`,
    "bundle.js": `tf.layers.reLU();${"a=1;".repeat(600_000)}`,
    "package.json": '{"name": "relu"}',
    "m.py": "x = 1\n",
  });
  const { out, error } = await runs(["sites", root], analyze);
  assert.equal(error, "");
  assert.match(out, /config\.json:1:\d+: relu huggingface/);
  assert.match(out, /1 activation in 2 files/);
  const named = await runs(["sites", path.join(root, "package.json"), path.join(root, "bundle.js")], analyze);
  assert.match(named.out, /No activations in 1 file/);
  assert.match(named.error, /skipped .*bundle\.js: too large/);
});

test("severities and thresholds of rules change what is found and the exit code", async (context) => {
  const output = 'layers.Dense(1, activation="relu")';
  const text = `from keras import Sequential, layers\n\nmodel = Sequential([layers.Input(shape=(12,)), layers.Dense(64, activation="tanh"), ${output}])\nmodel.compile(optimizer="adam", loss="mse")\n`;
  const file = path.join(folder(context, { "m.py": text }), "m.py");
  const checked = (...argv: string[]) => runs(["check", file, ...argv], analyze);
  const plain = await checked();
  assert.equal(plain.code, 1);
  assert.match(plain.out, /warning relu-on-output/);
  const mild = await checked("--severity", "relu-on-output=hint");
  assert.equal(mild.code, 0);
  assert.match(mild.out, /hint relu-on-output/);
  const off = await checked("--severity", "relu-on-output=off");
  assert.doesNotMatch(off.out, /relu-on-output/);
  assert.equal((await checked("--threshold", "dying-relu=2")).code, 2);
});
