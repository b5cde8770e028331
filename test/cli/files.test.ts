import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { findFiles } from "../../src/cli/files/find.ts";
import { folder, namesOf } from "./support.ts";

/** What was found, names relative to the folder, skipped and missing marked. */
function found(root: string, ...paths: string[]): string[] {
  return namesOf(root, findFiles(paths.map((each) => path.join(root, each))));
}

test("a folder gives the files in languages that are read, sorted, without what is not the user's code", (context) => {
  const root = folder(context, {
    "b.py": "",
    "a/z.py": "",
    "a/y.PY": "",
    "a/x.txt": "",
    "Z.py": "",
    ".git/hook.py": "",
    ".venv/lib/m.py": "",
    "node_modules/m.py": "",
    "pkg/__pycache__/m.py": "",
    "pkg/model.py": "",
    "myenv/pyvenv.cfg": "",
    "myenv/lib/m.py": "",
    "env/model.py": "",
    "notebook.ipynb": "",
    ".ipynb_checkpoints/notebook-checkpoint.ipynb": "",
  });
  mkdirSync(path.join(root, "folder.py"));
  assert.deepEqual(found(root, "."), [
    "Z.py",
    "a/y.PY",
    "a/z.py",
    "b.py",
    "env/model.py",
    "notebook.ipynb",
    "pkg/model.py",
  ]);
});

test("what is given by name is taken, whatever it is called and wherever it lies", (context) => {
  const root = folder(context, { ".venv/m.py": "", script: "", "old.py.bak": "", "stub.pyi": "" });
  assert.deepEqual(found(root, "script", ".venv/m.py", "old.py.bak", "stub.pyi", ".venv"), [
    "script",
    ".venv/m.py",
    "old.py.bak",
    "stub.pyi",
  ]);
});

test("each file has its language; what is surely none that is read is skipped with a reason", (context) => {
  const root = folder(context, { "n.ipynb": "{}", "m.rst": "", script: "", "sub/s.pyi": "" });
  assert.deepEqual(
    [...findFiles(["n.ipynb", "m.rst", "script", "sub"].map((name) => path.join(root, name)))].map((each) =>
      each.kind === "file" ? [each.language, each.given] : "reason" in each && each.reason,
    ),
    [["notebook", true], "not a language that is read", ["python", true], ["python", false]],
  );
});

test("a missing path is said, the others still come, in the order given", (context) => {
  const root = folder(context, { "b.py": "", "a.py": "" });
  assert.deepEqual(found(root, "b.py", "gone.py", "a.py", "b.py/x"), [
    "b.py",
    "missing gone.py",
    "a.py",
    "missing b.py/x",
  ]);
});

test("a file comes once, however often it is given", (context) => {
  const root = folder(context, { "a.py": "", "b.py": "" });
  assert.deepEqual(found(root, "b.py", ".", "a.py"), ["b.py", "a.py"]);
});

test("names are as the user gave them, joined", (context) => {
  const root = folder(context, { "src/a.py": "" });
  const here = process.cwd();
  process.chdir(root);
  try {
    const names = (given: string) => [...findFiles([given])].map(({ name }) => name);
    assert.deepEqual(names("."), ["src/a.py"]);
    assert.deepEqual(names("./src/"), ["src/a.py"]);
    assert.deepEqual(names("./src/a.py"), ["./src/a.py"]);
  } finally {
    process.chdir(here);
  }
});

const links = process.platform === "win32" ? { skip: "links need rights on Windows" } : {};

test("loops of links end, links to files are read, dangling ones are said", links, (context) => {
  const root = folder(context, { "pkg/a.py": "", "elsewhere.txt": "" });
  symlinkSync("..", path.join(root, "pkg/loop"));
  symlinkSync("pkg", path.join(root, "again"));
  symlinkSync("../elsewhere.txt", path.join(root, "pkg/link.py"));
  symlinkSync("gone", path.join(root, "pkg/dangling.py"));
  symlinkSync("self.py", path.join(root, "pkg/self.py"));
  assert.deepEqual(found(root, "."), [
    "pkg/a.py",
    "skipped pkg/dangling.py",
    "pkg/link.py",
    "skipped pkg/self.py",
  ]);
  assert.deepEqual(found(root, "again"), [
    "again/a.py",
    "skipped again/dangling.py",
    "again/link.py",
    "skipped again/self.py",
  ]);
});
