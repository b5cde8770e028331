import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { findFiles } from "../../src/cli/files/find.ts";
import { Config, resolved } from "../../src/settings/index.ts";
import { below, folderOf } from "../../src/settings/paths.ts";
import { Patterns } from "../../src/settings/patterns.ts";
import { folder } from "../cli/support.ts";

test("paths are those of every system and of URIs", () => {
  assert.equal(folderOf("/a/b"), "/a");
  assert.equal(folderOf("/a"), "/");
  assert.equal(folderOf("/"), "/");
  assert.equal(folderOf("C:/a"), "C:/");
  assert.equal(folderOf("C:/"), "C:/");
  assert.equal(below("/a", "/a/b/c"), "b/c");
  assert.equal(below("/", "/a"), "a");
  assert.equal(below("/a", "/ab"), undefined);
  assert.equal(resolved("/a/b", "../c/./d"), "/a/c/d");
  assert.equal(resolved("/a/b", "/c"), "/c");
  assert.equal(resolved("C:/a", "..\\b"), "C:/b");
  assert.equal(resolved("/a", "../../.."), "/");
});

test("patterns are those of .gitignore, from their root on", () => {
  const patterns = new Patterns("/p", ["build/", "*.py", "!keep.py", "/top", "src/gen"]);
  const matches = (path: string, isFolder = false) => patterns.match(path, isFolder);
  assert.ok(matches("/p/a/build", true) && matches("/p/a/build/x.js"));
  assert.ok(!matches("/p/a/build"), "a file of that name is no folder");
  assert.ok(matches("/p/x/y.py") && !matches("/p/x/keep.py") && !matches("/p/x/y.PY"));
  assert.ok(matches("/p/top") && !matches("/p/a/top"));
  assert.ok(matches("/p/src/gen/a") && !matches("/p/a/src/gen/a"));
  assert.ok(!matches("/q/a.py") && !matches("/p"));
});

test("of a file's rules those are off that its patterns say, and whatever is the same is one object", () => {
  const config = new Config({
    file: "/p/activation-lens.json",
    written: {
      severity: { "dying-relu": "error", "zero-weights": "hint" },
      "per-file-ignores": { "tests/": ["zero-weights"], "*_test.py": ["dying-relu", "zero-weights"] },
    },
  });
  assert.deepEqual(config.rulesFor("/p/a.py").severities, { "dying-relu": "error", "zero-weights": "hint" });
  assert.deepEqual(config.rulesFor("/p/tests/a.py").severities, {
    "dying-relu": "error",
    "zero-weights": "off",
  });
  assert.deepEqual(config.rulesFor("/p/tests/a_test.py").severities, {
    "dying-relu": "off",
    "zero-weights": "off",
  });
  assert.equal(config.rulesFor("/p/a.py"), config.rulesFor("/p/b/c.py"));
});

const git = (cwd: string, ...argv: string[]) => spawnSync("git", argv, { cwd, encoding: "utf8" });
const hasGit = git(".", "--version").status === 0;

/** The same numbers every time. */
function* random(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("what is found in a repository is what git itself does not ignore", { skip: !hasGit }, (context) => {
  const numbers = random(8);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(numbers.next().value * list.length)] as T;
  const folders = ["a", "b", "a/c", "a/c/d", "b/a", "b/[x]", "a/é"];
  const files = ["m.py", "n.py", "x.js", "a.py", "#k.py", "!z.py"];
  const lines = [
    ...[
      "*.py",
      "a",
      "a/",
      "/a",
      "/b/",
      "m.py",
      "!m.py",
      "a/m.py",
      "/a/c",
      "**/d",
      "a/**",
      "a/**/n.py",
      "c/d/",
    ],
    ...[
      "!a/",
      "!*.js",
      "?.py",
      "[mn].py",
      "[!m].py",
      "\\#k.py",
      "\\!z.py",
      "# comment",
      "",
      "*",
      "!*/",
      "!/a",
    ],
    ...[
      "d/*",
      "b/*/m.py",
      "**/c/**",
      "n.py ",
      "x.js\\ ",
      "!c/d/n.py",
      "[[:alpha:]].py",
      "é/",
      "[x]/",
      "\\[x]/",
    ],
  ];
  for (let round = 0; round < 60; round++) {
    const tree: Record<string, string> = {};
    for (const at of ["", ...folders.map((name) => `${name}/`)])
      for (const file of files) tree[at + file] = "";
    for (const at of ["", "a/", "a/c/", "b/[x]/"]) {
      if (at !== "" && numbers.next().value < 0.5) continue;
      tree[`${at}.gitignore`] = Array.from({ length: 1 + (round % 4) }, () => pick(lines)).join("\n");
    }
    const root = folder(context, tree);
    git(root, "init", "--quiet");
    const listed = git(
      root,
      "-c",
      "core.quotePath=false",
      "-c",
      "core.excludesFile=",
      "ls-files",
      "-z",
      "-o",
      "--exclude-standard",
    );
    const expected = listed.stdout
      .split("\0")
      .filter((name) => /\.(?:py|js)$/.test(name))
      .sort();
    const found = [...findFiles([root])].map(({ name }) => name.slice(root.length + 1)).sort();
    const rules = Object.entries(tree).filter(([name]) => name.endsWith(".gitignore"));
    assert.deepEqual(found, expected, JSON.stringify(rules));
  }
});
