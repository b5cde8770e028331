// `--baseline` and `--write-baseline`: what is accepted stays accepted while code moves, and nothing else is.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type Baseline, parsed, printed, united } from "../../src/cli/baseline/baseline.ts";
import { formats } from "../../src/cli/choices.ts";
import { clean, model, notebook } from "./models.ts";
import { folder, runCli } from "./support.ts";

const rulesIn = (out: string): readonly string[] =>
  JSON.parse(out).files.flatMap((file: { findings: { rule: string }[] }) =>
    file.findings.map(({ rule }) => rule),
  );

test("what was written is accepted, from whatever folder, after lines have moved", async (context) => {
  const root = folder(context, { "src/a.py": model("net", 5), "src/n.ipynb": notebook(model("net")) });
  const file = path.join(root, "baseline.json");
  const check = (...argv: string[]) => runCli(["check", ...argv, "--format", "json"]);
  const before = await check(root);
  assert.equal(before.code, 1);
  const written = await check(root, "--write-baseline", file);
  assert.equal(written.code, 0);
  assert.equal(written.error, `activation-lens: 3 findings written to ${file}\n`);
  assert.deepEqual(rulesIn(written.out), []);
  assert.deepEqual(readdirSync(root).sort(), ["baseline.json", "src"]);

  const name = path.join(root, "src/a.py");
  writeFileSync(name, `# new\n\n${readFileSync(name, "utf8")}\nprint("more")\n`);
  for (const given of [root, path.relative(".", name), path.join(root, "src/../src/a.py")]) {
    const again = await check(given, "--baseline", file);
    assert.deepEqual([again.code, rulesIn(again.out)], [0, []]);
    assert.match(again.error, /^activation-lens: \d findings accepted by .*baseline\.json\n$/);
  }
  // Another finding like one that is accepted is a new one.
  writeFileSync(name, model("net", 5) + model("net", 5));
  const more = await check(name, "--baseline", file);
  assert.equal(more.code, 1);
  assert.ok(rulesIn(more.out).length > 0);
});

test("every format tells only what is new", async (context) => {
  const root = folder(context, { "a.py": model("a"), "b.py": clean });
  const file = path.join(root, "b.json");
  await runCli(["check", root, "--write-baseline", file]);
  writeFileSync(path.join(root, "b.py"), model("b"));
  for (const format of formats) {
    const { code, out } = await runCli(["check", root, "--baseline", file, "--format", format]);
    assert.equal(code, 1, format);
    assert.equal(out.match(/Leave it linear/g)?.length, format === "junit" ? 2 : 1, format);
    assert.match(out, /b\.py/);
  }
});

test("entries that are no longer found are told, of files that were read or are gone", async (context) => {
  const root = folder(context, { "a.py": model("a", 5), "b.py": model("b"), "c.py": model("c") });
  const [a, b, c] = ["a.py", "b.py", "c.py"].map((name) => path.join(root, name)) as [string, string, string];
  const file = path.join(root, "b.json");
  await runCli(["check", root, "--write-baseline", file]);
  writeFileSync(a, model("a"));
  rmSync(b);
  const { code, error } = await runCli(["check", a, "--baseline", file]);
  assert.equal(code, 0);
  assert.equal(
    error,
    `activation-lens: 1 finding accepted by ${file}
activation-lens: 2 entries of ${file} no longer found (--write-baseline leaves them out):
activation-lens:   a.py: step-too-large
activation-lens:   b.py: relu-on-output
`,
  );
  // A rule that is off was not looked for in a file that is there.
  const off = await runCli(["check", a, c, "--baseline", file, "--severity", "relu-on-output=off"]);
  assert.match(off.error, /2 entries of .*\n.* {2}a\.py: step-too-large\n.* {2}b\.py: relu-on-output\n$/);
  // A file that moved is another file.
  renameSync(c, path.join(root, "d.py"));
  assert.equal((await runCli(["check", root, "--baseline", file])).code, 1);
  await runCli(["check", root, "--baseline", file, "--write-baseline", file]);
  const renewed = await runCli(["check", root, "--baseline", file]);
  assert.deepEqual([renewed.code, renewed.error], [0, `activation-lens: 2 findings accepted by ${file}\n`]);
});

test("fixes leave alone what is accepted", async (context) => {
  const root = folder(context, { "a.py": model("net", 5) });
  const [name, file] = [path.join(root, "a.py"), path.join(root, "b.json")];
  writeFileSync(name, model("net"));
  await runCli(["check", name, "--write-baseline", file]);
  writeFileSync(name, model("net", 5));
  const { error, code } = await runCli(["check", name, "--baseline", file, "--fix", "--unsafe-fixes"]);
  assert.match(error, /1 fixed in 1 file, 0 remaining/);
  assert.equal(code, 0);
  const text = readFileSync(name, "utf8");
  assert.doesNotMatch(text, /lr=5\b/);
  assert.equal(text.replace(/lr=[\d.]+/, "lr=0.001"), model("net"));
  const all = await runCli(["check", name, "--fix", "--unsafe-fixes"]);
  assert.match(all.error, /1 fixed in 1 file/);
});

test("a file that is no baseline ends the run with 2 and says why", async (context) => {
  const root = folder(context, {
    "a.py": model("a"),
    "cut.json": '{"version":1,"kind":"baseline","entr',
    "foreign.json": "[]",
    "newer.json": '{"version":2,"kind":"baseline","entries":[]}',
    "entry.json":
      '{"version":1,"kind":"baseline","entries":[{"file":"a.py","rule":"x","hash":"?","count":1}]}',
    "count.json": `{"version":1,"kind":"baseline","entries":[{"file":"a","rule":"x","hash":"${"0".repeat(32)}","count":0}]}`,
  });
  const reasons = {
    "cut.json": "it is no JSON",
    "foreign.json": "it is no baseline of activation-lens",
    "newer.json": "its version is 2, and 1 is read",
    "entry.json": "entry 1 has not the form of an entry",
    "count.json": "entry 1 has not the form of an entry",
    "none.json": "ENOENT",
    "": "EISDIR",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    const file = path.join(root, name);
    const { code, out, error } = await runCli(["check", path.join(root, "a.py"), "--baseline", file]);
    assert.deepEqual([code, out, error], [2, "", `activation-lens: ${file}: not read: ${reason}\n`]);
  }
});

test("a baseline is written whole, or the old one stays", async (context) => {
  const root = folder(context, { "a.py": model("a"), "old.json": "old" });
  const old = path.join(root, "old.json");
  const missing = await runCli(["check", path.join(root, "a.py"), "no.py", "--write-baseline", old]);
  assert.equal(missing.code, 2);
  assert.match(missing.error, /old\.json: not written, since not all could be read/);
  assert.equal(readFileSync(old, "utf8"), "old");
  const nowhere = await runCli(["check", root, "--write-baseline", path.join(root, "no/b.json")]);
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.error, /not written \(ENOENT\)/);
  assert.deepEqual(readdirSync(root).sort(), ["a.py", "old.json"]);
});

const entry = (hash: number, count: number) => {
  const text = hash.toString(16).padStart(32, "0");
  return [text, { rule: "dying-relu", hash: text, count }] as const;
};
const made = (files: Record<string, (readonly [number, number])[]>): Baseline =>
  new Map(
    Object.entries(files).map(([file, list]) => [
      file,
      new Map(list.map(([hash, count]) => entry(hash, count))),
    ]),
  );

test("printed and read again it is the same, sorted", () => {
  const baseline = made({
    "b é.py": [
      [2, 1],
      [1, 3],
    ],
    "a.py": [[9, 1]],
  });
  const text = printed(baseline);
  assert.equal(printed(parsed(text) as Baseline), text);
  assert.equal(text.split("\n").length, 6);
  assert.ok(text.indexOf("a.py") < text.indexOf("b é.py"));
  assert.deepEqual(parsed(printed(new Map())), new Map());
});

test("of several the larger count counts, in whatever order", () => {
  const [a, b] = [
    made({
      x: [
        [1, 1],
        [2, 4],
      ],
    }),
    made({
      x: [
        [2, 3],
        [3, 1],
      ],
      y: [[1, 1]],
    }),
  ];
  const both = printed(united([a, b]));
  assert.equal(both, printed(united([b, a])));
  assert.equal(both, printed(united([a, b, a])));
  assert.equal(
    both,
    printed(
      made({
        x: [
          [1, 1],
          [2, 4],
          [3, 1],
        ],
        y: [[1, 1]],
      }),
    ),
  );
});
