// `--fix` and `--diff` on real files: what is written, what is not, and what is said of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { run } from "../../src/cli/run.ts";
import { type Analysis, analyze, type Finding, type Fix, type SourceFile } from "../../src/engine/index.ts";
import { folder } from "./support.ts";

const deep = readFileSync("test/fixes/samples/training.py", "utf8");
const clean = "import torch.nn as nn\nact = nn.ReLU()\n";

interface Result {
  readonly code: number;
  readonly out: Buffer;
  readonly text: string;
  readonly error: string;
}

async function runs(
  argv: readonly string[],
  {
    input = "",
    analyse = analyze,
  }: { input?: string | Buffer; analyse?: (file: SourceFile) => Analysis } = {},
): Promise<Result> {
  const out: Uint8Array[] = [];
  let error = "";
  const code = await run(
    argv,
    {
      out: async (text) => void out.push(Buffer.from(text as string)),
      error: async (text) => {
        error += text;
      },
      input: async () => Buffer.from(input as string),
      colour: false,
      version: "1.2.3",
    },
    analyse,
  );
  return { code, out: Buffer.concat(out), text: Buffer.concat(out).toString(), error };
}

/** Each word `bad` is a finding with a safe fix. */
function words(file: SourceFile): Analysis {
  const findings = [...file.text.matchAll(/\bbad\b/g)].map(({ index }): Finding => {
    const span = { from: index, to: index + 3 };
    const fix: Fix = {
      title: "Write good",
      kind: "elu",
      applicability: "safe",
      edits: [{ span, text: "good" }],
    };
    return {
      rule: "word",
      severity: "warning",
      message: "It is bad.",
      span,
      evidence: [],
      causes: [],
      fixes: [fix],
    };
  });
  return { path: file.path, sites: [], networks: [], findings };
}

const all = ["--fix", "--unsafe-fixes"];

test("fixes that change training are made when they are asked for, and once", async (context) => {
  const root = folder(context, { "deep.py": deep, "clean.py": clean });
  const file = path.join(root, "deep.py");
  const safe = await runs(["check", root, "--fix"]);
  assert.equal(readFileSync(file, "utf8"), deep);
  assert.equal(safe.code, 1);
  assert.match(
    safe.error,
    /^activation-lens: 0 fixed in 0 files, (\d+) remaining \(\1 more with --unsafe-fixes\)\n$/,
  );

  const first = await runs(["check", root, ...all]);
  const fixed = readFileSync(file, "utf8");
  assert.notEqual(fixed, deep);
  assert.equal(first.code, 0);
  assert.match(first.error, /^activation-lens: [1-9]\d* fixed in 1 file, 0 remaining\n$/);
  assert.match(first.text, /No findings; /);

  const second = await runs(["check", root, ...all]);
  assert.equal(readFileSync(file, "utf8"), fixed);
  assert.match(second.error, /^activation-lens: 0 fixed in 0 files, 0 remaining\n$/);
});

test("what remains is reported in the lines and columns of the new text, and makes the exit code 1", async (context) => {
  const root = folder(context, { "m.py": "bad\nbad\n" });
  const twoLines = (file: SourceFile): Analysis => {
    const analysis = words(file);
    const [first, second] = analysis.findings;
    const fix: Fix = {
      title: "t",
      kind: "elu",
      applicability: "safe",
      edits: [{ span: first?.span ?? { from: 0, to: 0 }, text: "good\ngood" }],
    };
    return {
      ...analysis,
      findings: [
        ...(first && second ? [{ ...first, fixes: [fix] }] : []),
        ...(second ? [{ ...second, fixes: [] }] : first ? [{ ...first, fixes: [] }] : []),
      ],
    };
  };
  const { code, text, error } = await runs(["check", root, "--fix", "--format", "json"], {
    analyse: twoLines,
  });
  assert.equal(readFileSync(path.join(root, "m.py"), "utf8"), "good\ngood\nbad\n");
  assert.equal(code, 1);
  assert.equal(JSON.parse(text).files[0].findings[0].line, 3);
  assert.match(error, /1 fixed in 1 file, 1 remaining/);
});

test("bytes that are not edited stay: mark, line ends, encodings", async (context) => {
  const files = {
    "crlf.py": Buffer.from("\ufeff# é\u{1f600}\r\nbad\r\nbad\rbad\n\r\nend"),
    "latin.py": Buffer.from("# coding: latin-1\n# é\u0085\nbad\n", "latin1"),
  };
  const root = folder(context, files);
  const { code } = await runs(["check", root, "--fix"], { analyse: words });
  assert.equal(code, 0);
  for (const [name, bytes] of Object.entries(files)) {
    const expected = Buffer.from(bytes.toString("latin1").replaceAll("bad", "good"), "latin1");
    assert.deepEqual(readFileSync(path.join(root, name)), expected, name);
  }
});

test("a file that would not come back as it was is left alone, and the others are fixed", async (context) => {
  const files = {
    "a.py": Buffer.concat([
      Buffer.from("bad # "),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(` ${"x".repeat(50)}\n`),
    ]),
    "b.py": Buffer.from("# coding: shift_jis\nbad # \x83\x65\x83\x58\n", "latin1"),
    "c.py": "bad\n",
  };
  const root = folder(context, files);
  const { code, error } = await runs(["check", root, "--fix"], { analyse: words });
  assert.deepEqual(readFileSync(path.join(root, "a.py")), files["a.py"]);
  assert.deepEqual(readFileSync(path.join(root, "b.py")), files["b.py"]);
  assert.equal(readFileSync(path.join(root, "c.py"), "utf8"), "good\n");
  assert.equal(error.match(/not fixed: its encoding can't be written/g)?.length, 2);
  assert.match(error, /1 fixed in 1 file, 2 remaining/);
  assert.equal(code, 1);
});

test("permissions stay, a link stays a link, and nothing is left beside the file", {
  skip: process.platform === "win32",
}, async (context) => {
  const root = folder(context, { "real/m.py": "bad\n", "other.txt": "" });
  const real = path.join(root, "real/m.py");
  const link = path.join(root, "link.py");
  chmodSync(real, 0o751);
  symlinkSync(real, link);
  const { error } = await runs(["check", link, "--fix"], { analyse: words });
  assert.equal(readFileSync(real, "utf8"), "good\n");
  assert.equal(statSync(real).mode & 0o7777, 0o751);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.deepEqual(readdirSync(path.join(root, "real")), ["m.py"]);
  assert.match(error, /1 fixed in 1 file/);
});

test("files that are read-only or have several names get a message, and the rest goes on", {
  skip: process.platform === "win32",
}, async (context) => {
  const root = folder(context, { "a.py": "bad\n", "b.py": "bad\n", "c.py": "bad\n" });
  chmodSync(path.join(root, "a.py"), 0o444);
  linkSync(path.join(root, "b.py"), path.join(root, "b.txt"));
  const { code, error } = await runs(["check", root, "--fix"], { analyse: words });
  assert.deepEqual(
    ["a.py", "b.py", "c.py"].map((name) => readFileSync(path.join(root, name), "utf8")),
    ["bad\n", "bad\n", "good\n"],
  );
  assert.match(error, /a\.py: not written: it is read-only/);
  assert.match(error, /b\.py: not written: it has several names/);
  assert.match(error, /1 fixed in 1 file, 2 remaining/);
  assert.equal(code, 1);
});

test("a file that was changed since it was read is not written", async (context) => {
  const root = folder(context, { "m.py": "bad\n" });
  const file = path.join(root, "m.py");
  const analyse = (given: SourceFile): Analysis => {
    writeFileSync(file, "bad # another\n");
    return words(given);
  };
  const { code, error } = await runs(["check", root, "--fix"], { analyse });
  assert.equal(readFileSync(file, "utf8"), "bad # another\n");
  assert.match(error, /m\.py: not written: it was changed since it was read/);
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(root), ["m.py"]);
});

test("a fix that fails is said with its reason, and the rest goes on", async (context) => {
  const root = folder(context, { "a.py": "bad\n", "b.py": "bad\n" });
  const analyse = (given: SourceFile): Analysis => {
    if (given.path.endsWith("a.py") && given.text.includes("good")) throw new Error("no luck");
    return words(given);
  };
  const { error } = await runs(["check", root, "--fix"], { analyse });
  assert.match(error, /a\.py: not fixed: no luck/);
  assert.equal(readFileSync(path.join(root, "b.py"), "utf8"), "good\n");
  const stuck = (given: SourceFile): Analysis => words({ ...given, text: given.text.replace("good", "bad") });
  const second = await runs(["check", path.join(root, "a.py"), "--fix"], { analyse: stuck });
  assert.match(second.error, /a\.py:1: not fixed \(Write good\): word would still be found/);
});

test("a diff changes nothing, and is what --fix does", async (context) => {
  const files = {
    "m.py": deep.replaceAll("\n", "\r\n"),
    "latin.py": Buffer.from(`# coding: latin-1\n# é\n${deep}`, "latin1"),
  };
  const [shown, written] = [folder(context, files), folder(context, files)];
  const cwd = process.cwd();
  process.chdir(shown);
  context.after(() => process.chdir(cwd));
  const diff = await runs(["check", ".", "--diff", "--unsafe-fixes"]);
  assert.deepEqual(readFileSync("m.py", "utf8"), files["m.py"]);
  assert.equal(diff.code, 1);
  assert.match(diff.error, /^activation-lens: would fix \d+ in 2 files, 0 remaining\n$/);
  await runs(["check", written, ...all]);
  const { status, error, stderr } = spawnSync("patch", ["--binary", "-p0"], {
    input: diff.out,
    encoding: "utf8",
  });
  if (!error) {
    assert.equal(status, 0, stderr);
    for (const name of Object.keys(files))
      assert.deepEqual(readFileSync(name), readFileSync(path.join(written, name)), name);
  }
  const again = await runs(["check", written, "--diff", "--unsafe-fixes"]);
  assert.deepEqual([again.code, again.text], [0, ""]);
});

test("the standard input is printed as it is fixed, byte for byte where it is not", async () => {
  const input = Buffer.from("\ufeffbad\r\né\n");
  const fixed = await runs(["check", "-", "--fix"], { input, analyse: words });
  assert.deepEqual(fixed.out, Buffer.from("\ufeffgood\r\né\n"));
  assert.match(fixed.error, /1 fixed in 1 file, 0 remaining/);
  const same = await runs(["check", "-", "--fix"], { input: "é\r\n", analyse: words });
  assert.deepEqual([same.text, same.code], ["é\r\n", 0]);
  const found = await runs(["check", "-"], { input, analyse: words });
  assert.match(found.text, /^-:1:1: warning word/);
  assert.equal(found.code, 1);
});

test("the name that the standard input is given says its language", async () => {
  const input = readFileSync("test/fixes/samples/ascii.ipynb");
  const sites = await runs(["sites", "-", "--stdin-filename", "book.ipynb"], { input });
  assert.match(sites.text, /^book\.ipynb:cell 3:1:7: relu pytorch/m);
  const diff = await runs(["check", "-", "--stdin-filename", "a/m.py", "--diff", "--unsafe-fixes"], {
    input: deep,
  });
  assert.match(diff.text, /^--- a\/m\.py\n\+\+\+ a\/m\.py\n@@ /);
});

test("a notebook is written as it was but for the lines that are fixed", async (context) => {
  const source = deep.split(/(?<=\n)/);
  const book = (lines: readonly string[]) =>
    `${JSON.stringify({ cells: [{ cell_type: "code", outputs: [{ text: "é" }], source: lines }], nbformat: 4 }, null, 1)}\n`;
  const root = folder(context, { "m.ipynb": book(source) });
  const { code } = await runs(["check", root, ...all]);
  const made = readFileSync(path.join(root, "m.ipynb"), "utf8");
  const lines: string[] = JSON.parse(made).cells[0].source;
  assert.equal(code, 0);
  assert.equal(made, book(lines));
  assert.ok(lines.length > source.length);
  assert.ok(lines.every((line, at) => at === lines.length - 1 || /^[^\n]*\n$/.test(line)));
});
