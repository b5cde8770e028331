// Analyses made by hand: each word of the text is a finding, and what its fix writes in its place decides what follows.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Analysis,
  analyze,
  applyEdits,
  editsOfFile,
  type Finding,
  type Fix,
  type FixOptions,
  fixAll,
  rewriteAll,
  type SourceFile,
  toLeakyRelu,
} from "../../src/engine/index.ts";

/** Words that are found, and what their fix makes of them. */
const WORDS: Readonly<Record<string, string | null>> = {
  bad: "good",
  worse: "good",
  stuck: "stuck",
  evil: "bad_again",
  bad_again: null,
  broken: "good(",
  long: "good\ngood",
};

function analyse(file: SourceFile): Analysis {
  const findings = [...file.text.matchAll(/\w+/g)].flatMap((found): Finding[] => {
    const [word] = found;
    const to = WORDS[word];
    if (to === undefined) return [];
    const span = { from: found.index, to: found.index + word.length };
    const fix: Fix = {
      title: `${word} to ${to}`,
      kind: "elu",
      applicability: word === "worse" ? "changes-training" : "safe",
      edits: [{ span, text: to ?? "" }],
    };
    return [
      {
        rule: word,
        severity: "warning",
        message: word,
        span,
        evidence: [],
        causes: [],
        fixes: to ? [fix] : [],
      },
    ];
  });
  return { path: file.path, sites: [], networks: [], findings };
}

function fixed(
  text: string,
  options: FixOptions = {},
): { text: string; refused: string[]; applied: string[] } {
  const file = { path: "m.py", text };
  const run = fixAll(file, options, analyse);
  const edits = editsOfFile(file, run);
  assert.ok(!("reason" in edits));
  const made = applyEdits(text, edits);
  assert.deepEqual(run.after, analyse({ ...file, text: made }));
  const again = fixAll({ ...file, text: made }, options, analyse);
  assert.deepEqual([again.applied, again.edits], [[], []], "fixing again changes nothing");
  const at = ({ span }: { readonly span: { readonly from: number; readonly to: number } }): string =>
    text.slice(span.from, span.to);
  return {
    text: made,
    applied: run.applied.map(at),
    refused: run.refused.map((one) => `${at(one)}: ${one.reason}`),
  };
}

test("safe fixes are made, the others when they are asked for, and only those that are wanted", () => {
  assert.equal(fixed("bad\nworse\nbad\n").text, "good\nworse\ngood\n");
  assert.equal(fixed("bad\nworse\n", { unsafe: true }).text, "good\ngood\n");
  assert.equal(fixed("bad\nlong\n", { wants: ({ rule }) => rule === "long" }).text, "bad\ngood\ngood\n");
});

test("a fix is taken back when its finding stays, another one comes, or the code would not parse", () => {
  const { text, applied, refused } = fixed("long\nstuck\nevil\nbroken\nbad\n");
  assert.equal(text, "good\ngood\nstuck\nevil\nbroken\ngood\n");
  assert.deepEqual(applied, ["long", "bad"]);
  // Places are those of the text at the beginning, whatever was written before them.
  assert.deepEqual(refused, [
    "stuck: stuck would still be found",
    "evil: bad_again would be found then",
    "broken: the code would not parse any more",
  ]);
});

test("what was refused is tried again when something else has changed", () => {
  const text = "first\nsecond\n";
  // The second can go only after the first.
  const chained = (file: SourceFile): Analysis => {
    const words = ["second", "first"].filter((word) => file.text.includes(word));
    const findings = words.map((word): Finding => {
      const from = file.text.indexOf(word);
      const span = { from, to: from + word.length };
      const isReady = word === "first" || !words.includes("first");
      const fix: Fix = {
        title: word,
        kind: "elu",
        applicability: "safe",
        edits: [{ span, text: isReady ? "x" : "second" }],
      };
      return { rule: word, severity: "hint", message: "", span, evidence: [], causes: [], fixes: [fix] };
    });
    return { path: file.path, sites: [], networks: [], findings };
  };
  const run = fixAll({ path: "m.py", text }, {}, chained);
  assert.equal(applyEdits(text, run.edits), "x\nx\n");
  assert.deepEqual(run.refused, []);
});

test("it ends when fixes go round in circles, and when a file has more findings than anybody waits for", () => {
  let count = 0;
  const endless = (file: SourceFile): Analysis => {
    count++;
    const spans = [...file.text.matchAll(/a/g)].map(({ index }) => ({ from: index, to: index + 1 }));
    const findings = spans.map((span): Finding => {
      const fix: Fix = { title: "t", kind: "elu", applicability: "safe", edits: [{ span, text: "a" }] };
      return { rule: "r", severity: "hint", message: "", span, evidence: [], causes: [], fixes: [fix] };
    });
    return { path: file.path, sites: [], networks: [], findings };
  };
  fixAll({ path: "m.py", text: "a b ".repeat(1000) }, {}, endless);
  assert.ok(count < 300, `${count} analyses`);
});

const relus = `from torch.nn import Linear, ReLU, Sequential
import torch.nn as nn

net = Sequential(Linear(4, 8), ReLU(), Linear(8, 8), nn.ReLU(), Linear(8, 2))
x = net(x).relu().relu()
`;

test("all ReLU of a file become Leaky ReLU, those that touch each other too", () => {
  const run = rewriteAll({ path: "m.py", text: relus }, toLeakyRelu, analyze);
  assert.equal(
    applyEdits(relus, run.edits),
    `from torch.nn import LeakyReLU, Linear, ReLU, Sequential
import torch.nn as nn

net = Sequential(Linear(4, 8), LeakyReLU(negative_slope=0.01), Linear(8, 8), nn.LeakyReLU(negative_slope=0.01), Linear(8, 2))
x = nn.functional.leaky_relu(nn.functional.leaky_relu(net(x), negative_slope=0.01), negative_slope=0.01)
`,
  );
  assert.equal(run.applied.length, 4);
});

test("a rewrite that would bring a finding is left out, the others are made", () => {
  const fussy = (file: SourceFile): Analysis => {
    const analysis = analyze(file);
    const from = file.text.includes("nn.ReLU()") ? -1 : file.text.indexOf("Linear(8, 8), ") + 14;
    const finding: Finding = {
      rule: "fussy",
      severity: "hint",
      message: "",
      span: { from, to: from + 5 },
      evidence: [],
      causes: [],
      fixes: [],
    };
    return { ...analysis, findings: from < 0 ? [] : [finding] };
  };
  const run = rewriteAll({ path: "m.py", text: relus }, toLeakyRelu, fussy);
  const made = applyEdits(relus, run.edits);
  assert.ok(made.includes(", nn.ReLU()") && made.includes(" LeakyReLU(negative_slope=0.01)"), made);
  assert.deepEqual(
    run.refused.map(({ span, reason }) => [relus.slice(span.from, span.to), reason]),
    [["nn.ReLU()", "fussy would be found then"]],
  );
});

test("a notebook's fix may not go over the border of a cell", () => {
  const text = JSON.stringify({
    cells: ["from torch.nn import ReLU", "act = ReLU()"].map((source) => ({ cell_type: "code", source })),
  });
  const file: SourceFile = { path: "m.ipynb", text };
  const across = (given: SourceFile): Analysis => {
    const analysis = analyze(given);
    const end = analysis.notebook?.text.indexOf("\nact") ?? -1;
    const span = { from: end - 4, to: end + 4 };
    const fix: Fix = { title: "t", kind: "elu", applicability: "safe", edits: [{ span, text: "" }] };
    return {
      ...analysis,
      findings: [{ rule: "r", severity: "hint", message: "", span, evidence: [], causes: [], fixes: [fix] }],
    };
  };
  const run = fixAll(file, {}, across);
  assert.deepEqual(
    run.refused.map(({ reason }) => reason),
    ["it goes over the border of a cell"],
  );
});
