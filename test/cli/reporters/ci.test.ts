// Formats that CI servers read: what is said in them, and that nothing in a name or message breaks out of them.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { github } from "../../../src/cli/reporters/github.ts";
import { gitlab } from "../../../src/cli/reporters/gitlab.ts";
import { junit } from "../../../src/cli/reporters/junit.ts";
import { markdown } from "../../../src/cli/reporters/markdown.ts";
import { model, notebook } from "../models.ts";
import { finding, folder, runCli } from "../support.ts";
import { checked, inNotebook, printed, report } from "./support.ts";

const severities = ["error", "warning", "information", "hint"] as const;
const ofAll = checked("m.py", { findings: severities.map((severity) => ({ ...finding, severity })) });
const none = checked("empty.py", { findings: [] });
const skipped = [{ file: "x.py", reason: "binary file" }];

test("github: a command for each finding", () => {
  assert.equal(
    printed(github(), [checked("a/m.py"), none]),
    "::warning title=activation-lens (dying-relu),file=a/m.py,line=3,endLine=3,col=28,endColumn=45::Units may die.\n",
  );
  assert.deepEqual(printed(github(), [ofAll]).match(/^::\w+/gm), [
    "::error",
    "::warning",
    "::notice",
    "::notice",
  ]);
});

test("github: no columns over several lines, no lines of cells, and nothing breaks out", () => {
  const span = { from: 30, to: 60 };
  assert.match(
    printed(github(), [checked("m.py", { findings: [{ ...finding, span }] })]),
    /,line=2,endLine=3::/,
  );
  assert.equal(
    printed(github(), [inNotebook("n.ipynb")]),
    "::warning title=activation-lens (dying-relu),file=n.ipynb::cell 3, line 3: Units may die.\n",
  );
  const hostile = checked("a,b:c\n%.py", { findings: [{ ...finding, message: "50 %\n::error::x" }] });
  assert.match(
    printed(github(), [hostile]),
    /^::warning title=[^,]*,file=a%2Cb%3Ac%0A%25\.py,line=3,endLine=3,col=28,endColumn=45::50 %25%0A::error::x\n$/,
  );
});

test("gitlab: a list of issues with fingerprints of their own", () => {
  const issues = JSON.parse(printed(gitlab(), [ofAll, none, checked("./b/../m.py"), checked("other.py")]));
  assert.deepEqual(issues[0], {
    description: "Units may die.",
    check_name: "dying-relu",
    fingerprint: issues[0].fingerprint,
    severity: "critical",
    location: { path: "m.py", lines: { begin: 3, end: 3 } },
  });
  assert.deepEqual(
    issues.map((each: { severity: string }) => each.severity),
    ["critical", "major", "minor", "info", "major", "major"],
  );
  const prints = issues.map((each: { fingerprint: string }) => each.fingerprint);
  for (const print of prints) assert.match(print, /^[0-9a-f]{64}$/);
  // The same file by another name is the same; the same line of another file is not.
  assert.equal(prints[4], prints[0]);
  assert.equal(new Set(prints).size, 5);
  assert.deepEqual(JSON.parse(printed(gitlab(), [none])), []);
  assert.deepEqual(JSON.parse(printed(gitlab(), [inNotebook("n.ipynb")]))[0].location, {
    path: "n.ipynb",
    lines: { begin: 1 },
  });
});

test("junit: a suite for each file, a case for each finding, failures from --fail-on on", () => {
  assert.equal(
    printed(junit(report), [checked("m.py"), none], skipped),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="activation-lens">
  <testsuite name="m.py" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="dying-relu 3:28" classname="m.py" time="0">
      <failure message="Units may die." type="warning">m.py:3:28: warning dying-relu Units may die.</failure>
    </testcase>
  </testsuite>
  <testsuite name="empty.py" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase name="check" classname="empty.py" time="0"/>
  </testsuite>
  <testsuite name="skipped files" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="check" classname="x.py" time="0">
      <skipped message="binary file"/>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
  const failures = (failOn: "error" | "hint" | "never") =>
    /failures="(\d)"/.exec(printed(junit({ failOn }), [ofAll]))?.[1];
  assert.deepEqual([failures("error"), failures("hint"), failures("never")], ["1", "4", "0"]);
});

test("junit: what XML has no form for is replaced", () => {
  const hostile = checked('<&".py', { findings: [{ ...finding, message: 'a\u0000b\ud800 <x> & "y"\n]]>' }] });
  const out = printed(junit(report), [hostile]);
  assert.match(out, /classname="&lt;&amp;&quot;\.py"/);
  assert.match(out, /message="a\ufffdb\ufffd &lt;x&gt; &amp; &quot;y&quot;&#10;\]\]&gt;"/);
  assert.match(printed(junit(report), [inNotebook("n.ipynb")]), /name="dying-relu cell 3:3:28"/);
});

test("markdown: a table, a summary, and what was skipped", () => {
  assert.equal(
    printed(markdown(), [checked("my_model.py"), none], skipped),
    `## Activation Lens

| Where | Rule | | What |
| --- | --- | --- | --- |
| my&#95;model.py:3 | dying-relu | warning | Units may die.<br>Fix: Use ELU |

Found 1 warning; 2 networks in 2 files.

Skipped 1 file:

- x.py: binary file
`,
  );
  assert.equal(printed(markdown(), [none]), "## Activation Lens\n\nNo findings; 1 network in 1 file.\n");
});

test("markdown: many findings are counted, and nothing in a text is markup", () => {
  const findings = Array.from({ length: 700 }, () => finding);
  const out = printed(markdown(), [checked("m.py", { findings })]);
  assert.equal(out.match(/^\| m\.py/gm)?.length, 500);
  assert.match(out, /\n200 more findings\.\n\nFound 700 warnings/);
  const hostile = checked("a|b.py", {
    findings: [{ ...finding, message: "<b>x</b> [a](b)\n| `c` @all", fixes: [] }],
  });
  assert.match(
    printed(markdown(), [hostile]),
    /^\| a&#124;b\.py:3 \| dying-relu \| warning \| &#60;b&#62;x&#60;\/b&#62; &#91;a&#93;&#40;b&#41; &#124; &#96;c&#96; &#64;all \|$/m,
  );
});

test("where a notebook's file is at hand, the line of the cell is said as the line of the file", async (context) => {
  const { cells, ...rest } = JSON.parse(notebook("x = 1", model("net")));
  const lines = cells.map((cell: { source: string }) => ({ ...cell, source: cell.source.split(/(?<=\n)/) }));
  const text = JSON.stringify({ cells: lines, ...rest }, null, 1);
  const root = folder(context, { "n.ipynb": text });
  const told = async (format: string, name = "n.ipynb") =>
    (await runCli(["check", path.join(root, name), "--format", format])).out;
  const line = text.split("\n").findLastIndex((each) => each.includes("nn.ReLU()")) + 1;
  assert.ok(line > 20);
  assert.match(
    await told("github"),
    new RegExp(`n\\.ipynb,line=${line}::cell 2, line 10: ReLU on the output`),
  );
  assert.deepEqual(JSON.parse(await told("gitlab"))[0].location.lines, { begin: line });
  const [result] = JSON.parse(await told("sarif")).runs[0].results;
  assert.deepEqual(result.locations[0].physicalLocation.region, { startLine: line });
  // In a file of one line, and in one that is no notebook.
  writeFileSync(path.join(root, "one.ipynb"), notebook("x = 1", model("net")));
  assert.match(await told("github", "one.ipynb"), /one\.ipynb,line=1::cell 2, line 10/);
  writeFileSync(path.join(root, "cut.ipynb"), text.slice(0, -200));
  assert.equal(await told("github", "cut.ipynb"), "");
});
