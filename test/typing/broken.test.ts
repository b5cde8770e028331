// Code while it is being typed, and files that are no sane code at all. Whatever the text is, analyze() must return,
// and what it returns must lie inside the text. There is no clock in here: a test that hangs is the failure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Analysis, analyze, type Span } from "../../src/engine/index.ts";
import { randomNumbers } from "../random.ts";
import { snippets } from "./snippets.ts";

function inside(text: string, { from, to }: Span, what: string): void {
  assert.ok(
    Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= text.length,
    `${what} at ${from}-${to} of ${text.length}`,
  );
}

/** What holds for the analysis of every text. */
function examine(text: string): Analysis {
  const analysis = analyze({ path: "model.py", text, language: "python" });
  let before = 0;
  for (const site of analysis.sites) {
    const { from, to } = site.span;
    inside(text, site.span, site.activation);
    assert.ok(from < to, `empty span of ${site.activation} at ${from}`);
    assert.ok(before <= from, `${site.activation} at ${from} comes after one at ${before}`);
    before = from;
    if (site.kind === "class_call") {
      assert.match(text.slice(from, to), /^[\p{L}_]/u, "a call begins with a name");
    }
    for (const value of Object.values(site.parameters)) assert.equal(typeof value, "number");
    for (const fix of site.fixes) for (const edit of fix.edits) inside(text, edit.span, fix.title);
  }
  for (const network of analysis.networks) {
    inside(text, network.span, network.name);
    for (const layer of network.layers) inside(text, layer.span, layer.kind);
    for (const gap of network.gaps) inside(text, gap.span, gap.what);
  }
  for (const finding of analysis.findings) {
    inside(text, finding.span, finding.rule);
    for (const { span, text: words } of finding.evidence) if (span) inside(text, span, words);
    for (const fix of finding.fixes) for (const edit of fix.edits) inside(text, edit.span, fix.title);
  }
  return analysis;
}

/** Runs `examine` and, when it fails, says on which text. */
function survives(text: string): void {
  try {
    examine(text);
  } catch (error) {
    const shown = text.length > 2000 ? `${text.slice(0, 300)} ... (${text.length} characters)` : text;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    assert.fail(`${reason}\n--- text:\n${JSON.stringify(shown)}`);
  }
}

const each = (change: (snippet: string, next: (limit: number) => number) => string, times = 12) => {
  for (const [index, snippet] of snippets.entries()) {
    const next = randomNumbers(1000 + index);
    for (let round = 0; round < times; round++) survives(change(snippet, next));
  }
};

test("the snippets as they are", () => {
  for (const snippet of snippets) survives(snippet);
  const sites = snippets.flatMap((snippet) => examine(snippet).sites);
  assert.ok(snippets.length >= 40 && sites.length >= 60, "else the tests below examine nothing");
});

test("cut off anywhere", () => {
  each((snippet, next) => snippet.slice(0, next(snippet.length)), 25);
});

test("begun anywhere", () => {
  each((snippet, next) => snippet.slice(next(snippet.length)));
});

test("a bracket, quote, colon, comma or line end deleted", () => {
  each((snippet, next) => {
    const marks = [...snippet.matchAll(/[()[\]{}"':,.=\n]/g)];
    const at = marks[next(marks.length)]?.index ?? 0;
    return snippet.slice(0, at) + snippet.slice(at + 1);
  }, 25);
});

test("several marks deleted at once", () => {
  each((snippet, next) => snippet.replace(/[()[\]{}"':,]/g, (mark) => (next(4) === 0 ? "" : mark)));
});

test("a bracket, quote or keyword typed anywhere", () => {
  const typed = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    ":",
    ",",
    ".",
    "*",
    "**",
    "=",
    "\\",
    "lambda",
    "\ndef ",
  ];
  each((snippet, next) => {
    const at = next(snippet.length + 1);
    return snippet.slice(0, at) + typed[next(typed.length)] + snippet.slice(at);
  }, 25);
});

test("pieces moved and doubled", () => {
  each((snippet, next) => {
    const [a, b, c] = [next(snippet.length), next(snippet.length), next(snippet.length)].sort(
      (x, y) => x - y,
    );
    return snippet.slice(0, b) + snippet.slice(a, c) + snippet.slice(a);
  });
});

test("odd characters anywhere: surrogates, tabs, line ends, form feeds, NULs, marks", () => {
  const odd = [
    "\u{1f600}",
    "\ud83d",
    "\ude00",
    "\t",
    "\r\n",
    "\r",
    "\f",
    "\0",
    "\uFEFF",
    "\u2028",
    "\u00a0",
    "\u200b",
  ];
  each((snippet, next) => {
    const at = next(snippet.length + 1);
    return snippet.slice(0, at) + odd[next(odd.length)] + snippet.slice(at);
  }, 25);
  for (const end of ["\r\n", "\r", "\n\f", "\n\0"]) each((snippet) => snippet.replaceAll("\n", end), 1);
});

test("line ends of Windows and the old Macintosh change no site", () => {
  const names = (text: string) => examine(text).sites.map(({ activation, kind }) => `${activation} ${kind}`);
  for (const snippet of snippets.filter((each) => !each.includes('"""f'))) {
    assert.deepEqual(names(snippet.replaceAll("\n", "\r\n")), names(snippet));
    assert.deepEqual(names(snippet.replaceAll("\n", "\r")), names(snippet));
  }
});

test("text that is no code", () => {
  for (const text of ["", "\n", "\r", " ", "\\", '"', "(", ")", "#", "\0".repeat(100), "\ud800", "\u{1f600}"])
    survives(text);
  survives("\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
  const next = randomNumbers(7);
  for (let round = 0; round < 50; round++) {
    survives(String.fromCharCode(...Array.from({ length: 400 }, () => next(round < 25 ? 128 : 0x10000))));
  }
});

/** With an activation, since a file without any may not be worth a parse. */
const head = "import torch\nimport torch.nn as nn\nact = nn.ReLU()\n";

test("2,000 brackets deep, closed or not", () => {
  const deep = 2000;
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["nn.Sequential(", ")"],
    ["torch.relu(", ")"],
    ["f(x=", ")"],
    ["{1: ", "}"],
    ["x[", "]"],
  ] as const) {
    survives(`${head}y = ${open.repeat(deep)}nn.ReLU()${close.repeat(deep)}\n`);
    survives(`${head}y = ${open.repeat(deep)}nn.ReLU()\n`);
    survives(`${head}y = nn.ReLU()${close.repeat(deep)}\n`);
  }
});

test("2,000 of everything else that nests", () => {
  const deep = 2000;
  survives(`${head}y = ${"not ".repeat(deep)}nn.ReLU()\n`);
  survives(`${head}y = ${"-".repeat(deep)}1\n`);
  survives(`${head}y = ${"lambda: ".repeat(deep)}nn.ReLU()\n`);
  survives(`${head}y = ${"1 + ".repeat(deep)}nn.ReLU()\n`);
  survives(`${head}y = ${"a if b else ".repeat(deep)}nn.ReLU()\n`);
  survives(`${head}y = x${".relu()".repeat(deep)}\n`);
  survives(`${head}y = x${".a".repeat(deep)}\n`);
  survives(`${head}y = x${"[0]".repeat(deep)}\n`);
  survives(`${head}${"x = ".repeat(deep)}nn.ReLU()\n`);
  survives(`${head}if a: pass\n${"elif b: nn.ReLU()\n".repeat(deep)}`);
  const nested = (line: (depth: number) => string) =>
    Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}${line(depth)}`).join("\n");
  for (const line of [
    "if x:",
    "for i in range(9):",
    "def f(act=nn.ReLU()):",
    "class A(nn.Module):",
    "with nn.ReLU() as y:",
  ]) {
    survives(`${head}${nested(() => line)}\n${" ".repeat(500)}nn.ReLU()\n`);
  }
});

test("definitions that go in circles", () => {
  survives(`${head}a = b\nb = a\nnet = nn.Sequential(a, *b)\nact = a()\n`);
  survives(`${head}act = act\nact = act(act)\nact()\n`);
  survives(`${head}def f(x): return f(x)\nnet = nn.Sequential(f(1), *f(2))\n`);
  survives(`${head}class A(A):\n    def __init__(self): self.a = A()\nA()\n`);
  survives(`${head}from m import m\nfrom . import x as x\nimport a.b as a\na.b.a()\nm.ReLU()\n`);
  survives(`${head}n = nn.Sequential()\nn = nn.Sequential(n, n)\nn = nn.Sequential(n, n)\n`);
  survives(`${head}x = [1]\n${"x = x + x\n".repeat(60)}nn.Sequential(*x)\n`);
  survives(
    `${head}n = ${"9".repeat(400)}\nnet = nn.Sequential(nn.Linear(n, n ** n ** n), nn.ReLU(), nn.Linear(-1, 0))\n`,
  );
  survives(`${head}net = nn.Sequential(*[nn.Linear(8, 8) for _ in range(10 ** 12)], nn.ReLU())\n`);
});

test("a line of a megabyte", () => {
  const mega = 1_000_000;
  survives(`${head}x = "${"a".repeat(mega)}"\n`);
  survives(`${head}x = "${"a".repeat(mega)}\n`);
  survives(`${head}# ${"nn.ReLU() ".repeat(mega / 10)}\n`);
  survives(`${head}${"a".repeat(mega)} = nn.ReLU()\n`);
  survives(`${head}x = [${"1.5, ".repeat(mega / 5)}]\n`);
  survives(`${head}x = [${"nn.ReLU(), ".repeat(mega / 50)}]\n`);
  survives(`${head}${"1".repeat(mega)}\n`);
  survives(`${head}${" ".repeat(mega)}\n`);
  survives(`${head}x = ${"\\\n".repeat(mega / 10)}1\n`);
});

test("a file of 200,000 lines", () => {
  survives(`${"\n".repeat(200_000)}${head}`);
  survives(`${head}${"x = 1\n".repeat(200_000)}y = nn.ReLU()\n`);
  survives(`${head}${"# note\n".repeat(200_000)}`);
  survives(`${head}"""${"text\n".repeat(200_000)}`);
});

test("many sites in one file", () => {
  const { sites, skipped } = examine(`${head}${"y = nn.ReLU()\n".repeat(5000)}`);
  assert.deepEqual([sites.length, skipped], [5001, undefined]);
});
