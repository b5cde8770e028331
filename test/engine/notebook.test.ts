import assert from "node:assert/strict";
import { test } from "node:test";
import { type Analysis, analyze, cellsOf, placeIn, programOf } from "../../src/engine/index.ts";
import { maskCell } from "../../src/engine/notebook.ts";

const code = (source: string | readonly string[]) => ({
  cell_type: "code",
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
});
const markdown = { cell_type: "markdown", metadata: {}, source: ["# nn.ReLU()\n"] };

const notebook = (cells: readonly object[], metadata: object = {}) =>
  JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });

const read = (text: string): Analysis => analyze({ path: "a.ipynb", text });

/** "cell:text" of every site. */
function sites(analysis: Analysis): string[] {
  const { notebook: program } = analysis;
  if (!program) return [];
  return analysis.sites.map(({ span }) => {
    const place = placeIn(program, span.from);
    return `${place?.cell.index}:${program.text.slice(span.from, span.to)}`;
  });
}

const cellSites = (...cells: readonly string[]) => sites(read(notebook(cells.map(code))));

test("cells are one program, their numbers count all cells", () => {
  const text = notebook([
    markdown,
    code(["import torch\n", "from torch import nn"]),
    markdown,
    code("model = nn.Sequential(nn.Linear(4, 8), nn.ReLU())"),
  ]);
  const analysis = read(text);
  assert.deepEqual(sites(analysis), ["3:nn.ReLU()"]);
  assert.equal(analysis.sites[0]?.certainty, "certain");
});

test("a rewrite adds its import in the cell of the import", () => {
  const analysis = read(notebook([code("from torch.nn import ReLU"), code("%%time\nact = ReLU()")]));
  const edits = analysis.sites[0]?.fixes[0]?.edits ?? [];
  const program = analysis.notebook;
  assert.ok(program);
  assert.deepEqual(
    edits.map(({ span, text }) => `${placeIn(program, span.from)?.cell.index} ${text.trim()}`).sort(),
    ["0 , LeakyReLU", "1 LeakyReLU", "1 negative_slope=0.01"],
  );
});

test("cells that an editor has open are read in the place of the JSON", () => {
  const cells = [
    { index: 0, text: "from torch import nn" },
    { index: 4, text: "act = nn.ReLU()" },
  ];
  const analysis = analyze({ path: "a.ipynb", text: "", language: "notebook", cells });
  assert.deepEqual(sites(analysis), ["4:nn.ReLU()"]);
});

test("what a cell leaves open does not swallow the next", () => {
  assert.deepEqual(cellSites("from torch import nn", "x = (1,\ny = '''", "!pip install x", "a = nn.ReLU()"), [
    "3:nn.ReLU()",
  ]);
});

test("placeIn is the way back, also at the very end of a cell", () => {
  const program = programOf([
    { index: 1, text: "ab" },
    { index: 3, text: "" },
    { index: 4, text: "c" },
  ]);
  const at = [0, 2, 3, 4, 5].map((offset) => placeIn(program, offset));
  assert.deepEqual(
    at.map((place) => [place?.cell.index, place?.offset]),
    [
      [1, 0],
      [1, 2],
      [3, 0],
      [4, 0],
      [4, 1],
    ],
  );
  assert.equal(placeIn(programOf([]), 0), undefined);
});

const masks: readonly (readonly [name: string, cell: string, masked: string])[] = [
  ["plain Python", "x = a % b\ny = a != b\n", "x = a % b\ny = a != b\n"],
  ["line magic", "%matplotlib inline\nx = 1", "''                \nx = 1"],
  ["shell line", "!pip install 'a b\nx = 1", "''               \nx = 1"],
  ["shell line in a block", "if colab:\n    !ls\nx = 1", "if colab:\n    '' \nx = 1"],
  ["one character", "!\nx = 1", "0\nx = 1"],
  ["continued line", "!pip \\\n  install x\ny = 1", "''    \n           \ny = 1"],
  ["continued line, CRLF", "!a \\\r\n b\r\ny = 1", "''  \r\n  \r\ny = 1"],
  ["value of a shell line", "files = !ls *.py\nx = 1", "files = ''      \nx = 1"],
  ["value of a magic", "r = %timeit -o f(')')", "r = ''               "],
  ["value at an index", "d['x='] = !ls", "d['x='] = '' "],
  ["help", "?nn.ReLU\nnn.ReLU??\nx = 1", "''      \n''       \nx = 1"],
  ["modulo in brackets", "f(a\n%b, '''\n%c''')\n%d", "f(a\n%b, '''\n%c''')\n''"],
  ["modulo on a continued line", "x = a \\\n  % b", "x = a \\\n  % b"],
  ["modulo and texts", 'print("a=%d" % 3)\nf(a="b=!")', 'print("a=%d" % 3)\nf(a="b=!")'],
  ["question marks in comments", "x = 1  # why?\n# what?", "x = 1  # why?\n# what?"],
  ["an open string ends with its line", "x = 'a\n!ls", "x = 'a\n'' "],
  ["a magic that runs code", "%time m = f()\n%timeit -n 10 g()", "''   ;m = f()\n''           ;g()"],
  ["a magic that runs a shell line", "%time !ls", "''       "],
  ["cell magic of Python", "%%time\nx = 1", "''    \nx = 1"],
  ["cell magic of Python, after a comment", "\n# a\n%%timeit -n 3\nx = 1", "\n# a\n''           \nx = 1"],
  ["unknown cell magic", "%%backend jax\nx = 1", "''           \nx = 1"],
  ["another language", "%%bash\necho nn.ReLU()\r\n", "      \n              \r\n"],
  ["a file that is written", "%%writefile m.py\nx = 1", "                \n     "],
  ["shell cell", "%%!\nls", "   \n  "],
  ["odd spaces", "x =\u00a0f(1,\u2003b)\n\u00a0\u00a0y", "x = f(1, b)\n  y"],
  ["odd spaces in texts", "x = 'a\u00a0b'  # \u00a0", "x = 'a\u00a0b'  # \u00a0"],
  ["zero width", "\ufeffx = 1\u200b", " x = 1 "],
  ["nothing", "", ""],
  ["a lone quote", "'", "'"],
  ["a lone backslash", "x \\", "x \\"],
];

for (const [name, cell, masked] of masks) {
  test(`mask: ${name}`, () => {
    assert.equal(maskCell(cell), masked);
    assert.equal(masked.length, cell.length);
  });
}

test("magics around activations", () => {
  assert.deepEqual(
    cellSites(
      "%load_ext x\nfrom torch import nn\n!pip install nn.ReLU()",
      "%%capture out\na = nn.ReLU()\nif a:\n    %time b = nn.Tanh()\nelse:\n    c = nn.Softmax()",
      "%%writefile model.py\nd = nn.ReLU()",
      "e =\u00a0nn.GELU()",
    ),
    ["1:nn.ReLU()", "1:nn.Tanh()", "1:nn.Softmax()", "3:nn.GELU()"],
  );
});

const skipped = (text: string) => {
  const cells = cellsOf(text);
  return "skipped" in cells ? cells.skipped : cells.map(({ index, text }) => `${index}:${text}`);
};

test("nbformat 3: worksheets, input, language", () => {
  const cells = [
    { cell_type: "heading", source: "x" },
    { cell_type: "code", input: ["a\n", "b"], language: "python", outputs: [] },
    { cell_type: "code", input: "c", language: "julia" },
  ];
  const text = JSON.stringify({ nbformat: 3, metadata: { name: "" }, worksheets: [{ cells }, { cells }] });
  assert.deepEqual(skipped(text), ["1:a\nb", "4:a\nb"]);
});

test("other kernels are named", () => {
  const by = (metadata: object) => skipped(notebook([code("x")], metadata));
  assert.equal(by({ kernelspec: { name: "ir", language: "R" } }), "a notebook in R, not in Python");
  assert.equal(by({ language_info: { name: "julia" } }), "a notebook in julia, not in Python");
  assert.deepEqual(by({ kernelspec: { name: "python3", language: "python" } }), ["0:x"]);
  assert.deepEqual(by({ kernelspec: { name: "x" }, toString: { a: 1 } }), ["0:x"]);
});

test("broken notebooks: a clear word, never an exception", () => {
  const whole = notebook([code(['x = "a\\n"\n', "y"]), markdown]);
  for (let length = 1; length < whole.length - 1; length++) {
    assert.equal(
      skipped(whole.slice(0, length)),
      "not a whole notebook: its JSON ends too early",
      `${length}`,
    );
  }
  assert.equal(skipped(" \n"), "not a notebook: it is empty");
  assert.equal(skipped("[]"), "not a notebook: its JSON does not parse");
  assert.equal(skipped("{}"), "not a notebook: it has no list of cells");
  assert.equal(skipped('{"cells": 3}'), "not a notebook: it has no list of cells");
  assert.equal(skipped('{"cells": <<<<<<< HEAD'), "not a notebook: its JSON does not parse");
  assert.equal(skipped('{"cells": [}'), "not a notebook: its JSON does not parse");
});

test("what is no JSON but is found in files", () => {
  assert.deepEqual(
    skipped(`\ufeff// saved by a program
    { /* all */ "cells": [ "odd", null, { "cell_type": "code", // one
      "source": ["no", "\\d\tx"], "source": ["a // b", 3,], "outputs": [{"x": [1, // ]
      2]}], }, {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": "tab\there \\d"}, ],
      "metadata": null, } trailing`),
    ["2:a // b", "4:tab\there \\d"],
  );
  assert.deepEqual(skipped('{"cells": [1], "cells": [{"cell_type": "code", "source": "x"}]}'), ["0:x"]);
  assert.deepEqual(skipped('{"cells": []}'), []);
});

test("deep nesting and large outputs are stepped over", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const picture = "A/+".repeat(3_000_000);
  const text =
    `{"metadata": {"deep": ${deep}}, "cells": [{"outputs": [{"data": {"image/png": "${picture}"}}, ${deep}],` +
    `"cell_type": "code", "attachments": {"a": "${"\\\\".repeat(1000)}\\""}, "source": ["x"]}]}`;
  assert.deepEqual(skipped(text), ["0:x"]);
});

test("a notebook whose code is too large is said so", () => {
  assert.match(read(notebook([code("x".repeat(2_000_001))])).skipped ?? "", /too large/);
});
