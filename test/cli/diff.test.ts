// What the tools that read diffs make of them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { unifiedDiff } from "../../src/cli/fix/diff.ts";
import { applyEdits, type Edit } from "../../src/engine/index.ts";
import { folder } from "./support.ts";

function diffOf(name: string, text: string, edits: readonly Edit[]): string {
  const { header, hunks } = unifiedDiff(name, text, edits);
  return header + hunks;
}

const edit = (from: number, to: number, text: string): Edit => ({ span: { from, to }, text });

const tools: readonly (readonly string[])[] = [
  ["patch", "--binary", "-p0", "-i", "a.diff"],
  ["git", "apply", "-p0", "a.diff"],
];

/** The file as each tool that is there makes it. */
function patched(context: TestContext, name: string, text: string, diff: string): readonly string[] {
  return tools.flatMap(([command = "", ...argv]) => {
    const root = folder(context, { [name]: text, "a.diff": diff });
    const { error, status, stdout, stderr } = spawnSync(command, argv, { cwd: root, encoding: "utf8" });
    if (error) return [];
    assert.equal(status, 0, `${command}: ${stdout}${stderr}\n${diff}`);
    return [readFileSync(path.join(root, name), "utf8")];
  });
}

const lines = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join("");

const cases: readonly (readonly [string, string, readonly Edit[]])[] = [
  ["a line is changed", lines, [edit(7, 13, "other")]],
  ["lines are put in at the beginning", lines, [edit(0, 0, "import a\nimport b\n")]],
  ["lines are put in at the end", lines, [edit(lines.length, lines.length, "last\n")]],
  ["lines go", lines, [edit(lines.indexOf("line 9"), lines.indexOf("line 12"), "")]],
  ["far and near changes", lines, [edit(5, 6, "x"), edit(20, 20, "y\n"), edit(180, 183, "")]],
  ["two edits of one line", lines, [edit(0, 1, "L"), edit(5, 6, "zero")]],
  ["an edit over the end of a line, and one behind it", lines, [edit(5, 8, ""), edit(10, 11, "")]],
  ["no line break at the end", "a\nb", [edit(2, 3, "c")]],
  ["a line break at the end comes", "a\nb", [edit(3, 3, "\n")]],
  ["a line break at the end goes", "a\nb\n", [edit(3, 4, "")]],
  ["a line behind the last", "a\nb", [edit(3, 3, "\nc")]],
  ["CRLF", "a\r\nb\r\nc", [edit(3, 4, "B\r\nB")]],
  ["mixed and lone ends", "a\r\nb\rc\nd\r", [edit(5, 6, "C"), edit(7, 8, "D\n")]],
  ["a byte order mark", "\ufeffa\nb\n", [edit(1, 2, "A")]],
  ["all goes", "a\nb\n", [edit(0, 4, "")]],
  ["no characters of ASCII", "\u{1f600}\né\n", [edit(3, 4, "ü\u2028")]],
];

for (const [title, text, edits] of cases) {
  for (const name of ["m.py", "a b.py"]) {
    test(`${title}, in ${name}`, (context) => {
      const made = applyEdits(text, edits);
      const diff = diffOf(name, text, edits);
      for (const result of patched(context, name, text, diff)) assert.equal(result, made, diff);
    });
  }
}

test("random edits", (context) => {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const words = ["a", "\n", "\r\n", "bc", "\n\n"];
  const written = (most: number): string =>
    Array.from({ length: random(most) }, () => words[random(words.length)]).join("");
  const files: Record<string, string> = {};
  const wanted: [string, string][] = [];
  let diff = "";
  for (let at = 0; at < 60; at++) {
    const text = `x${written(60)}`;
    const edits: Edit[] = [];
    for (let from = random(9); from < text.length; ) {
      const to = Math.min(text.length, from + random(4));
      edits.push(edit(from, to, written(4)));
      from = to + 1 + random(20);
    }
    const name = `f${at}.py`;
    files[name] = text;
    wanted.push([name, applyEdits(text, edits)]);
    diff += diffOf(name, text, edits);
  }
  for (const [command = "", ...argv] of tools) {
    const root = folder(context, files);
    writeFileSync(path.join(root, "a.diff"), diff);
    const { error, status, stdout, stderr } = spawnSync(command, argv, { cwd: root, encoding: "utf8" });
    if (error) continue;
    assert.equal(status, 0, `${command}: ${stdout}${stderr}`);
    for (const [name, text] of wanted)
      assert.equal(readFileSync(path.join(root, name), "utf8"), text, `${command} ${name}`);
  }
});

test("what is as it was makes no diff", () => {
  assert.equal(diffOf("m.py", lines, []), "");
  assert.equal(diffOf("m.py", lines, [edit(0, 4, "line")]), "");
});
