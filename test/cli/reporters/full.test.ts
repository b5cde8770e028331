// Code frames: which lines are shown, and that the marks stand under what is meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { full } from "../../../src/cli/reporters/full.ts";
import type { FileResult } from "../../../src/cli/results/records.ts";
import { checked, findingAt, inNotebook, printed } from "./support.ts";

/** The frame alone: between the message and the summary. */
function frameOf(result: FileResult): string {
  const lines = printed(full("check", false), [result]).split("\n");
  return lines.slice(1, lines.findLastIndex((line) => line.trimEnd().endsWith("|")) + 1).join("\n");
}

const frameAt = (text: string, what: string): string =>
  frameOf(checked("m.py", { networks: [], findings: [findingAt(text, what)] }, text));

test("a finding has its line, two before and behind, and its fix last", () => {
  assert.equal(
    printed(full("check", false), [checked("m.py", { networks: [] })]),
    `m.py:3:28: warning dying-relu Units may die.
    |
  1 | import torch.nn as nn
  2 | net = nn.Sequential(
  3 |     nn.Linear(4, 8), "\u{1f600}", nn.LeakyReLU(0.2),
    |                            ^^^^^^^^^^^^^^^^^
  4 |     nn.Linear(8, 1),
  5 | )
    |
    fix: Use ELU
Found 1 warning; 0 networks in 1 file.
`,
  );
});

test("at the ends of a file there are fewer lines, and blank ones are left out", () => {
  assert.equal(frameAt("bad\n", "bad"), "    |\n  1 | bad\n    | ^^^\n    |");
  assert.equal(frameAt("\n\n\nbad\n\n\n\nx", "bad"), "    |\n  4 | bad\n    | ^^^\n    |");
});

test("marks stand under tabs, wide characters and joined ones", () => {
  assert.equal(frameAt("\tx\tbad", "bad"), "    |\n  1 |     x   bad\n    |         ^^^\n    |");
  assert.equal(frameAt("図 = bad", "bad"), "    |\n  1 | 図 = bad\n    |      ^^^\n    |");
  assert.equal(frameAt('"e\u0301" bad', "bad"), '    |\n  1 | "e\u0301" bad\n    |     ^^^\n    |');
  const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
  assert.equal(frameAt(`"${family}" bad`, "bad"), `    |\n  1 | "${family}" bad\n    |      ^^^\n    |`);
  assert.equal(frameAt("x 図表 y", "図表"), "    |\n  1 | x 図表 y\n    |   ^^^^\n    |");
});

test("of several lines each is marked without its indent, and long ones are cut", () => {
  assert.equal(
    frameAt("net = f(\n    a,\n    b,\n)\nx\n", "f(\n    a,\n    b,\n)"),
    "    |\n  1 | net = f(\n    |       ^^\n  2 |     a,\n    |     ^^\n  3 |     b,\n    |     ^^\n  4 | )\n    | ^\n  5 | x\n    |",
  );
  const long = `f(\n${"    a,\n".repeat(9)})`;
  assert.match(frameAt(long, long), / {2}4 | {5}a,\n {4}| {5}\^\^\n {4}\| \.\.\.\n {4}\|$/);
});

test("a long line is cut round what is meant", () => {
  const rows = frameAt(`${"x".repeat(5_000)} bad ${"y".repeat(5_000)}`, "bad").split("\n");
  const [, code = "", marks = ""] = rows;
  assert.ok(code.length < 100, code);
  assert.match(code, /^ {2}1 \| \.\.\.x+ bad y+\.\.\.$/);
  assert.equal(marks.indexOf("^^^"), code.indexOf("bad"));
  const wide = frameAt(`${"a".repeat(100)}${"b".repeat(200)}`, "b".repeat(200)).split("\n");
  assert.ok((wide[2] ?? "").length <= 2 + 4 + 3 + 72, wide[2]);
  assert.equal((wide[2] ?? "").indexOf("^"), (wide[1] ?? "").indexOf("b"));
});

test("a megabyte in one line travels as a few hundred characters", () => {
  const text = `${"x".repeat(1_000_000)} bad`;
  const [finding] = checked("m.json", { networks: [], findings: [findingAt(text, "bad")] }, text).findings;
  assert.ok(JSON.stringify(finding?.code).length < 600);
});

test("nothing in code moves the cursor or turns the direction of text", () => {
  const frame = frameAt("a\u001b[2J\u202e bad\u0007\r\n", "bad");
  assert.equal(frame, "    |\n  1 | a\ufffd[2J\ufffd bad\ufffd\n    |        ^^^\n    |");
});

test("in a notebook the lines are those of the cell", () => {
  const out = printed(full("check", false), [inNotebook("n.ipynb")]);
  assert.match(out, /^n\.ipynb:cell 3:3:28: warning/);
  assert.match(out, /\n {2}3 \| {5}nn\.Linear\(4, 8\)/);
});

test("what came without its code has none", () => {
  const result = checked("m.py", { networks: [] });
  const bare = { ...result, findings: result.findings.map((each) => ({ ...each, code: [] })) };
  assert.equal(
    printed(full("check", false), [bare]),
    "m.py:3:28: warning dying-relu Units may die.\n    fix: Use ELU\nFound 1 warning; 0 networks in 1 file.\n",
  );
});

test("the marks have the colour of the severity", () => {
  const out = printed(full("check", true), [checked("m.py")]);
  assert.ok(out.includes(`\u001b[33m${"^".repeat(17)}\u001b[0m`));
});
