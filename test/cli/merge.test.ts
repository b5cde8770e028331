// `merge`: the outputs of parts become the output of the whole, however the parts are cut, ordered, repeated or merged before.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { LineFile } from "../../src/cli/merge/lines.ts";
import { inWalk } from "../../src/cli/merge/records.ts";
import { randomNumbers } from "../random.ts";
import { clean, model, notebook } from "./models.ts";
import { folder, runCli } from "./support.ts";

const pick = randomNumbers(8);

/** Files whose names are hard to order, with and without findings, and one that is skipped. */
const FILES = {
  "a/b.py": model("one"),
  "a.py": model("two", 5),
  "a-b/c.py": clean,
  "a/é x#.py": model("three"),
  "n.ipynb": notebook("x = 1", model("four")),
  "z.py": "\0\0",
  "nothing.py": "x = 1\n",
  "B.py": model("five"),
};

/** The command as it prints; files are named from `root`, so that parts of any folder agree. */
async function printed(
  root: string,
  argv: readonly string[],
): Promise<{ code: number; out: string; error: string }> {
  const before = process.cwd();
  process.chdir(root);
  try {
    return await runCli(argv);
  } finally {
    process.chdir(before);
  }
}

interface Kind {
  readonly name: string;
  readonly argv: readonly string[];
  /** Where the run writes what is merged, instead of the standard output. */
  readonly written?: string;
}

const KINDS: readonly Kind[] = [
  { name: "json-lines", argv: ["check", "--format", "json-lines"] },
  { name: "json", argv: ["check", "--format", "json"] },
  { name: "sites json-lines", argv: ["sites", "--format", "json-lines"] },
  { name: "sites json", argv: ["sites", "--format", "json"] },
  { name: "sarif", argv: ["check", "--format", "sarif"] },
  { name: "baseline", argv: ["check"], written: "--write-baseline" },
];

async function partOf(
  root: string,
  { argv, written }: Kind,
  paths: readonly string[],
  name: string,
): Promise<string> {
  const file = path.join(root, name);
  if (written) {
    const run = await printed(root, [...argv, ...paths, written, name]);
    // What could not be read keeps a baseline from being written.
    assert.equal(run.code, 0, run.error);
  } else writeFileSync(file, (await printed(root, [...argv, ...paths])).out);
  return name;
}

const merged = async (root: string, names: readonly string[], ...argv: string[]) => {
  const { out, error, code } = await printed(root, ["merge", ...names, ...argv]);
  assert.ok(code < 2, error);
  return out;
};

/** In parts by chance, some of them twice over, each file in at least one. */
function partition(names: readonly string[]): string[][] {
  const parts = Array.from({ length: 2 + pick(3) }, (): string[] => []);
  for (const name of names) {
    parts[pick(parts.length)]?.push(name);
    if (pick(3) === 0) parts[pick(parts.length)]?.push(name);
  }
  return parts.filter((part) => part.length > 0).map((part) => [...new Set(part)]);
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((value) => ({ value, key: pick(1e9) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);

for (const kind of KINDS) {
  test(`${kind.name}: parts merge into the whole, in any order and grouping, with parts given twice`, async (context) => {
    const root = folder(context, FILES);
    // A part of nothing but a file that is skipped ends with 2 and has nothing to merge but that.
    const names = Object.keys(FILES).filter((name) => kind.written === undefined || name !== "z.py");
    const whole = readFileSync(
      path.join(root, await partOf(root, kind, kind.written ? names : ["."], "whole")),
      "utf8",
    );
    for (let round = 0; round < 12; round++) {
      const parts: string[] = [];
      for (const [at, paths] of partition(names).entries())
        parts.push(await partOf(root, kind, shuffled(paths), `part${round}-${at}`));
      const once = await merged(root, parts);
      assert.equal(once, whole);
      assert.equal(await merged(root, shuffled([...parts, ...parts, parts[0] as string])), whole);
      // Some of them first, then with the rest.
      const cut = pick(parts.length + 1);
      const some = `some${round}`;
      if (cut > 0) {
        writeFileSync(path.join(root, some), await merged(root, parts.slice(0, cut)));
        assert.equal(await merged(root, shuffled([some, ...parts.slice(cut)])), whole);
        assert.equal(await merged(root, [some, "whole"]), whole);
      }
    }
  });
}

test("statistics add up, and a part that is given twice counts once", async (context) => {
  const root = folder(context, FILES);
  const statistics = ["check", "--statistics", "--format", "json"];
  const whole = JSON.parse((await printed(root, [...statistics, "."])).out).total;
  for (let round = 0; round < 10; round++) {
    const parts: string[] = [];
    const names = shuffled(Object.keys(FILES));
    const cut = 1 + pick(names.length - 1);
    for (const paths of [names.slice(0, cut), names.slice(cut)]) {
      const name = `part${round}-${parts.length}`;
      writeFileSync(path.join(root, name), (await printed(root, [...statistics, ...paths])).out);
      parts.push(name);
    }
    const out = await merged(root, parts);
    assert.deepEqual(JSON.parse(out).total, whole);
    assert.equal(await merged(root, shuffled([...parts, ...parts])), out);
    writeFileSync(path.join(root, "some"), await merged(root, parts.slice(0, 1)));
    assert.equal(await merged(root, ["some", ...parts.slice(1)]), out);
  }
});

test("merged records can be told in any format, as a run over all would", async (context) => {
  const root = folder(context, FILES);
  const names = Object.keys(FILES).filter((name) => name !== "z.py");
  const a = await partOf(root, KINDS[0] as Kind, names.slice(0, 3), "a.jsonl");
  const b = await partOf(root, KINDS[0] as Kind, names.slice(3), "b.jsonl");
  for (const format of ["concise", "json", "sarif", "github", "gitlab", "junit", "markdown"]) {
    const whole = await printed(root, ["check", ...names.toSorted(inWalk), "--format", format]);
    const parts = await printed(root, ["merge", a, b, "--format", format]);
    assert.deepEqual(parts, whole);
  }
  const counted = await printed(root, ["merge", a, b, "--statistics", "--format", "json"]);
  assert.deepEqual(counted, await printed(root, ["check", ...names, "--statistics", "--format", "json"]));
  const filed = await printed(root, ["merge", a, b, "--output-file", "out.jsonl", "--fail-on", "never"]);
  assert.deepEqual(filed, { code: 0, out: "", error: "" });
  assert.equal(readFileSync(path.join(root, "out.jsonl"), "utf8"), await merged(root, [a, b]));
});

test("documents that another program has formatted are read too", async (context) => {
  const root = folder(context, FILES);
  for (const kind of KINDS.filter(({ name }) => !name.includes("lines") && name !== "baseline")) {
    const name = await partOf(root, kind, ["."], "part");
    const text = readFileSync(path.join(root, name), "utf8");
    writeFileSync(path.join(root, "pretty"), JSON.stringify(JSON.parse(text), null, 2));
    assert.equal(await merged(root, ["pretty"]), text, kind.name);
    assert.equal(await merged(root, ["pretty", "part"]), text, kind.name);
  }
});

async function refused(
  context: TestContext,
  parts: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<string> {
  const root = folder(context, parts);
  const { code, out, error } = await printed(root, ["merge", ...Object.keys(parts), ...argv]);
  assert.deepEqual([code, out], [2, ""]);
  return error;
}

test("files that are told of differently are a conflict, and nothing is printed", async (context) => {
  const record = (file: string, name: string) =>
    `${JSON.stringify({ file, networks: [], findings: [], name })}\n`;
  assert.equal(
    await refused(context, {
      "1.jsonl": record("a.py", "x") + record("b.py", "x"),
      "2.jsonl": record("b.py", "y"),
    }),
    "activation-lens: 1.jsonl and 2.jsonl say different things of b.py\n",
  );
  const root = folder(context, FILES);
  for (const kind of KINDS.filter(({ name }) => name !== "baseline")) {
    writeFileSync(path.join(root, "a.py"), model("two", 5));
    const one = await partOf(root, kind, ["a.py"], "one");
    writeFileSync(path.join(root, "a.py"), `\n${model("two", 5)}`);
    const other = await partOf(root, kind, ["a.py"], "other");
    const { code, out, error } = await printed(root, ["merge", one, other]);
    assert.deepEqual(
      [code, out, error],
      [2, "", "activation-lens: one and other say different things of a.py\n"],
      kind.name,
    );
  }
});

test("a part that was cut off, or is something else, is named with the reason", async (context) => {
  const root = folder(context, FILES);
  const lines = await printed(root, ["check", ".", "--format", "json-lines"]);
  const json = await printed(root, ["check", ".", "--format", "json"]);
  const sarif = await printed(root, ["check", ".", "--format", "sarif"]);
  const cut = (text: string, at: number) => text.slice(0, Math.floor(text.length * at));
  assert.match(
    await refused(context, { "a.jsonl": cut(lines.out, 0.7) }),
    /^activation-lens: a\.jsonl: line \d+ is no record: was the file cut off\?/,
  );
  for (const out of [json.out, sarif.out]) {
    assert.match(await refused(context, { a: cut(out, 0.7) }), /cut off/);
    assert.match(await refused(context, { a: out.slice(0, out.lastIndexOf("\n]") + 1) }), /cut off/);
  }
  assert.match(await refused(context, { a: json.out, b: sarif.out }), /of several kinds: SARIF, check/);
  assert.match(await refused(context, { a: "[1]" }), /a: it is no JSON|none of what/);
  assert.match(await refused(context, { a: '{"x":1}' }), /it is none of what activation-lens writes/);
  assert.match(
    await refused(context, { a: sarif.out.replace('"name":"activation-lens"', '"name":"other"') }),
    /SARIF of other/,
  );
  assert.match(
    await refused(context, {
      a: sarif.out,
      b: sarif.out.replace('"semanticVersion":"1.2.3"', '"semanticVersion":"1.2.4"'),
    }),
    /different versions: 1\.2\.3 and 1\.2\.4/,
  );
  assert.match(await refused(context, { a: sarif.out }, "--format", "github"), /can't be told as github/);
  const { code, error } = await runCli(["merge", "no/such.jsonl"]);
  assert.deepEqual([code, error], [2, "activation-lens: no/such.jsonl: cannot be read (ENOENT)\n"]);
  assert.equal((await runCli(["merge"])).code, 2);
});

test("an empty part adds nothing", async (context) => {
  const root = folder(context, { ...FILES, empty: "" });
  const part = await partOf(root, KINDS[0] as Kind, ["a.py"], "part");
  assert.equal(await merged(root, ["empty", part]), readFileSync(path.join(root, part), "utf8"));
  assert.equal(await merged(root, ["empty"]), "");
});

test("what was skipped in one part and read in another was read", async (context) => {
  const root = folder(context, FILES);
  writeFileSync(
    path.join(root, "skipped"),
    '{"version":1,"files":[\n],"skipped":[{"file":"a.py","reason":"cannot be read (EIO)"}]}\n',
  );
  const part = await partOf(root, KINDS[1] as Kind, ["a.py"], "part");
  const text = readFileSync(path.join(root, part), "utf8");
  assert.equal(await merged(root, ["skipped", part]), text);
  assert.equal(await merged(root, [part, "skipped"]), text);
});

test("lines are found wherever a chunk ends, and read again as they were", (context) => {
  const lines = Array.from({ length: 300 }, (_, at) => "é".repeat(pick(20_000)) + at);
  const root = folder(context, { text: `${lines.join("\n")}\n`, open: lines.join("\n") });
  for (const name of ["text", "open"]) {
    const file = new LineFile(path.join(root, name));
    const found = [...file.lines()];
    assert.deepEqual(
      found.map(({ text }) => text),
      lines,
    );
    for (const { text, from, to } of found) assert.equal(file.text(from, to), text);
    file.close();
  }
});
