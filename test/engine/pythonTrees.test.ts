import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { inspect, KnownTrees } from "../../src/engine/index.ts";
import { mask, readPython } from "../../src/engine/syntax/python.ts";
import { pythonTrees } from "../../src/engine/syntax/pythonTrees.ts";
import { randomNumbers } from "../random.ts";
import { snippets } from "../typing/snippets.ts";

/** The first line of each part. */
const heads = (text: string): readonly string[] =>
  pythonTrees(text).map(({ from }) => text.slice(from).split(/\r?\n/)[0] ?? "");

test("a part for each statement at the margin", () => {
  assert.deepEqual(heads("import a\nx = 1\n\nclass A:\n    y = 2\n# z\nf()\n"), [
    "import a",
    "x = 1",
    "class A:",
    "f()",
  ]);
  assert.deepEqual(heads("import a\r\nx = 1\r\n"), ["import a", "x = 1"]);
});

test("no part begins within brackets, strings, or behind a backslash", () => {
  for (const text of [
    "x = f(\n1,\n)",
    'x = """\ny\n"""',
    "x = '''\\'''\ny\n'''",
    'x = """a" "" \\"""\ny\n"""',
    "x = 1 + \\\ny",
    "x = 1 + \\\r\ny",
    "x = 'a\\\ny'",
    "x = [  # ]\ny]",
  ])
    assert.deepEqual(heads(text).length, 1, text);
  assert.equal(
    heads("x = '\\\\'\ny = '#('\nz = 1").length,
    3,
    "what strings and comments hold opens nothing",
  );
  assert.equal(heads("x = '''a\\\\'''\ny = 1").length, 2);
});

test("what goes on with a statement is none of its own", () => {
  const text =
    "@a\n@b(1)\ndef f():\n    pass\ntry:\n    x\nexcept E:\n    y\nelse:\n    z\nfinally:\n    w\nif a:\n    b\nelif c:\n    d\nelsewhere = 1";
  assert.deepEqual(heads(text), ["@a", "try:", "if a:", "elsewhere = 1"]);
});

test("a number that ends with its dot ends behind it, and so does what it stands in", () => {
  const text = "y = f(1., x / 255., [-.5, 2.])\n";
  const [statement] = readPython(text).body;
  assert.ok(statement?.type === "assignment" && statement.value?.type === "call");
  const given = statement.value.arguments.map(({ from, to }) => text.slice(from, to));
  assert.deepEqual(given, ["1.", "x / 255.", "[-.5, 2.]"]);
  const [first] = statement.value.arguments;
  assert.ok(first?.value.type === "number" && first.value.value === 1);
});

/** Nodes with their places, those of errors too. */
function nodes(tree: Tree, base: number): readonly string[] {
  const found: string[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (name !== "Script") found.push(`${name} ${from + base} ${to + base}`);
    },
  });
  return found;
}

test("the parts have the nodes of the whole, where that has no errors", () => {
  let compared = 0;
  for (const snippet of snippets) {
    const text = mask(snippet);
    const whole = nodes(parser.parse(text), 0);
    if (whole.some((node) => node.startsWith("⚠"))) continue;
    compared++;
    assert.deepEqual(
      pythonTrees(text).flatMap(({ tree, from }) => nodes(tree, from)),
      whole,
      snippet,
    );
  }
  assert.ok(compared > 30, `only ${compared} of the snippets are correct code`);
});

test("an error stays in its statement", () => {
  const [broken, rest] = ["x = = (1\n", "y = nn.ReLU()\n"];
  assert.deepEqual(readPython(`${broken.replace("(", "")}${rest}`).body.at(-1)?.type, "assignment");
});

test("with trees of the text before, an analysis is the same as without, key by key", () => {
  const known = new KnownTrees();
  const next = randomNumbers(7);
  const all = `${snippets.slice(0, 12).join("\n\n")}\n`;
  let text = all;
  for (let step = 0; step < 60; step++) {
    const at = next(text.length);
    const change = ["", "x", "(", "\n", '"', "#", "0", "\n)", "'''", "\\"][next(10)] ?? "";
    text = next(6) === 0 ? all : text.slice(0, at) + change + text.slice(at + next(3));
    const file = { path: "model.py", text };
    assert.deepEqual({ ...inspect(file, {}, known).analysis }, { ...inspect(file).analysis }, text);
  }
});

test("of a text that comes back, nothing is parsed", () => {
  const known = new KnownTrees();
  const trees = (text: string) => {
    known.next();
    return pythonTrees(text, known).map(({ tree }) => tree);
  };
  const [a, b, c] = trees("a = 1\nb = 2\nc = 3\n");
  const [a2, b2, c2] = trees("a = 1\nb = 22\nc = 3\n");
  assert.ok(a2 === a && c2 === c && b2 !== b);
  // Behind what has grown it is at another place.
  assert.equal(pythonTrees("a = 1\nb = 22\nc = 3\n", known)[2]?.from, 13);
  trees("");
  trees("");
  assert.notEqual(trees("a = 1\n")[0], a, "what two texts did not have is forgotten");
});
