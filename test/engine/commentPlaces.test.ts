import assert from "node:assert/strict";
import { test } from "node:test";
import { commentPlaces, type Language } from "../../src/engine/index.ts";

/** For each line, whether a comment may stand at its end. */
function ends(text: string, language: Language, path = "m.ts"): string {
  const places = commentPlaces(text, language, path);
  let at = 0;
  return text
    .split("\n")
    .map((line) => {
      const end = at + line.length;
      at = end + 1;
      return places.problem(end) === undefined ? "+" : "-";
    })
    .join("");
}

test("python: not in strings of several lines, nor behind a backslash", () => {
  assert.equal(ends('x = """a\nb\nc"""\ny = 1', "python"), "--++");
  assert.equal(ends("x = f'''a{\nb}\nc''' + (1 +\n 2)", "python"), "--++");
  assert.equal(ends('x = ("a"\n "b"\n)', "python"), "+++");
  assert.equal(ends("x = 1 + \\\n  2", "python"), "-+");
  assert.equal(ends("x = 1  # c \\\ny = 2", "python"), "++");
  assert.equal(ends('x = """open', "python"), "-");
  assert.equal(ends("def f(\n    a,\n):\n    return a", "python"), "++++");
});

test("python: a line of its own above, unless it would part what belongs together", () => {
  const problem = (text: string, at: number) => commentPlaces(text, "python", "m.py").problem(at);
  assert.equal(problem("x = 1\ny = 2", 6), undefined);
  assert.match(problem("x = \\\ny", 6) ?? "", /backslash/);
  assert.match(problem('x = """\ny"""', 8) ?? "", /string/);
  assert.equal(problem("f(\n  y)", 3), undefined);
});

test("notebooks: not on lines of IPython's own", () => {
  assert.equal(ends("%time x = f()\n!ls\ny = !ls\nx = 5 % 3\n%%time", "notebook"), "---+-");
  assert.equal(ends("%%bash\nls", "notebook"), "--");
  assert.equal(ends("x = 1\nf(x)", "notebook"), "++");
});

test("javascript: not in templates, comments and JSX", () => {
  assert.equal(ends("let a = `x\nb\n`;\nf(a, // c\n  b);", "javascript"), "--+++");
  assert.equal(ends("/* a\n b */ let c;\nlet d = /x/;", "javascript"), "-++");
  assert.equal(ends("const a = <div>\n {f(\n x)}\n</div>;\ng();", "javascript", "m.jsx"), "---++");
});

test("configurations: as their formats have it", () => {
  assert.equal(ends('a: b\nc: |\n  text\n  more\nd: "x\n  y"\ne: [1,\n 2]', "yaml"), "+----+++");
  assert.equal(ends('{\n a: "x\n y",\n b: |||\n  t\n |||, // c\n}', "jsonnet"), "+-+--++");
  assert.equal(ends('layer {\n name: "a" # c\n}', "prototxt"), "+++");
  assert.equal(ends("[net]\nactivation=relu", "darknet"), "--");
  assert.equal(commentPlaces("[net]\nactivation=relu", "darknet", "m.cfg").problem(6), undefined);
  assert.equal(ends("{}", "json"), "-");
});

test("what is a comment, and what only looks like one", () => {
  const is = (text: string, language: Language, what: string) =>
    commentPlaces(text, language, "m.js").isComment(text.indexOf(what));
  assert.ok(is("x = 1  # a", "python", "#"));
  assert.ok(!is('x = "# a"', "python", "#"));
  assert.ok(is("f(); // a", "javascript", "//"));
  assert.ok(!is('f("// a")', "javascript", "//"));
  assert.ok(is("a: b # c", "yaml", "#"));
  assert.ok(is('a: "#b" // c', "jsonnet", "//"));
  assert.ok(!is('a: "#b" // c', "jsonnet", "#"));
});
