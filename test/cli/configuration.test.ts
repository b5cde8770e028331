// Configurations, Git's ignore files and lists of paths, through the command line.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Configs } from "../../src/cli/configuration/configs.ts";
import { findFiles } from "../../src/cli/files/find.ts";
import { analysis, folder, namesOf, runCli } from "./support.ts";

const at = (root: string) => new Configs({ isolated: false, written: {} }, root);

/** Where there is nothing to find a file is not analysed. */
const telling = "act = nn.ReLU()\n";

/** What is found below a folder, with its own working directory; names relative to it. */
function found(root: string, given = ".", configs = at(root)): string[] {
  return namesOf(root, findFiles([path.resolve(root, given)], { configs }));
}

/** A run in a folder: the working directory is the process's, so the tests of this file run one after the other. */
async function runIn(root: string, ...argv: string[]) {
  const before = process.cwd();
  process.chdir(root);
  try {
    return await runCli(argv, ({ path: file }) => analysis({ path: file }));
  } finally {
    process.chdir(before);
  }
}

/** Severities that the rules are told for each file. */
function severities(root: string, configs = at(root)): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...findFiles([root], { configs })].map((each) => [
      path.relative(root, each.name),
      each.kind === "file" ? each.rules.severities : each.kind,
    ]),
  );
}

const severity = (level: string) => JSON.stringify({ severity: { "dying-relu": level } });
const table = (level: string) => `[tool.activation-lens]\nseverity.dying-relu = "${level}"\n`;

test("of each file the nearest configuration holds, and nothing of the others", (context) => {
  const root = folder(context, {
    "a.py": "",
    "activation-lens.json": severity("error"),
    "pyproject.toml": table("hint"),
    "one/a.py": "",
    "one/pyproject.toml": "[tool.ruff]\n",
    "two/a.py": "",
    "two/pyproject.toml": table("information"),
    "two/deep/er/a.py": "",
    "three/a.py": "",
    "three/activation-lens.json": "{}",
  });
  assert.deepEqual(severities(root), {
    "a.py": { "dying-relu": "error" },
    "one/a.py": { "dying-relu": "error" },
    "three/a.py": {},
    "two/a.py": { "dying-relu": "information" },
    "two/deep/er/a.py": { "dying-relu": "information" },
  });
});

test("one configuration can be named for all, or none taken; what is given wins over files", (context) => {
  const root = folder(context, {
    "pyproject.toml": table("hint"),
    "ci/strict.json": JSON.stringify({ severity: { "dying-relu": "error" }, exclude: ["/sub/b.py", "ci/"] }),
    "sub/a.py": "",
    "sub/b.py": "",
    "sub/activation-lens.json": severity("off"),
  });
  const inside = (given: Partial<ConstructorParameters<typeof Configs>[0]>) =>
    severities(root, new Configs({ isolated: false, written: {}, ...given }, root));
  assert.deepEqual(inside({ config: "ci/strict.json" }), { "sub/a.py": { "dying-relu": "error" } });
  assert.deepEqual(inside({ isolated: true }), { "ci/strict.json": {}, "sub/a.py": {}, "sub/b.py": {} });
  const written = { severity: { "dying-relu": "warning" }, "extend-exclude": ["b.py", "ci"] } as const;
  assert.deepEqual(inside({ written }), { "sub/a.py": { "dying-relu": "warning" } });
});

test("a configuration extends another: lists are replaced, tables add up", (context) => {
  const root = folder(context, {
    "shared/base.json": JSON.stringify({
      extend: "../root.json",
      severity: { "dying-relu": "error", "zero-weights": "off" },
      "per-file-ignores": { "t/": ["unscaled-input"] },
      "extend-exclude": ["x/"],
      exclude: ["y/"],
    }),
    "root.json": JSON.stringify({ threshold: { "dying-relu": 0.5 } }),
    "p/activation-lens.json": JSON.stringify({
      extend: "../shared/base.json",
      severity: { "zero-weights": "hint" },
      "extend-exclude": ["z/"],
    }),
    "p/a.py": "",
    "p/t/a.py": "",
    "p/x/a.py": "",
    "p/y/a.py": "",
    "p/z/a.py": "",
  });
  const both = { "dying-relu": "error", "zero-weights": "hint" };
  assert.deepEqual(severities(path.join(root, "p")), {
    "a.py": both,
    "t/a.py": { ...both, "unscaled-input": "off" },
  });
  const { config } = at(root).placeOf(path.join(root, "p").replaceAll("\\", "/"));
  assert.deepEqual(config.settings.threshold, { "dying-relu": 0.5 });
});

test("circles and missing ends of extend are told", (context) => {
  const root = folder(context, {
    "a/activation-lens.json": '{ "extend": "b.json" }',
    "a/b.json": '{ "extend": "activation-lens.json" }',
    "c/activation-lens.json": '{ "extend": "gone.json" }',
    "d/activation-lens.json": '{ "extend": "pyproject.toml" }',
    "d/pyproject.toml": "[tool.other]\n",
  });
  const problems = (name: string) => {
    const configs = at(root);
    return configs.problemsOf(configs.placeOf(`${root.replaceAll("\\", "/")}/${name}`).config).join();
  };
  assert.match(problems("a"), /^a\/b\.json: extend: .*activation-lens\.json extends this file in turn$/);
  assert.match(
    problems("c"),
    /^c\/activation-lens\.json: extend: there is no configuration in .*gone\.json$/,
  );
  assert.match(problems("d"), /there is no configuration in .*pyproject\.toml$/);
});

test("a broken configuration ends the run with 2 before anything is said, each problem in a line", async (context) => {
  const root = folder(context, {
    "activation-lens.json": '{\n "exlude": [],\n "fail-on": 1\n}',
    "a.py": telling,
  });
  const { code, out, error } = await runIn(root, "check", ".", "--format", "json");
  assert.deepEqual([code, out], [2, ""]);
  assert.equal(
    error,
    'activation-lens: activation-lens.json:2: there is no option "exlude" (did you mean "exclude"?)\n' +
      "activation-lens: activation-lens.json:3: fail-on must be one of error, warning, information, hint, never, not 1\n",
  );
  assert.equal((await runIn(root, "check", ".", "--isolated")).code, 1);
  for (const config of ["gone.json", "a.py"])
    assert.equal((await runIn(root, "check", ".", "--config", config)).code, 2);
});

test("a broken one further down costs its folder only, is said, and the code is 2", async (context) => {
  const root = folder(context, {
    "a.py": "",
    "bad/activation-lens.json": "{",
    "bad/sub/b.py": "",
    "c.py": "",
  });
  const { code, out, error } = await runIn(root, "check", ".", "--format", "json", "--fail-on", "never");
  assert.equal(code, 2);
  const { files, skipped } = JSON.parse(out);
  assert.deepEqual(
    files.map(({ file }: { file: string }) => file),
    ["a.py", "c.py"],
  );
  assert.deepEqual(skipped, [{ file: "bad", reason: "its configuration is broken" }]);
  assert.match(error, /bad\/activation-lens\.json:1: a closing } is missing/);
});

test("fail-on comes from the configuration of the working directory, and --fail-on wins", async (context) => {
  const root = folder(context, {
    "activation-lens.json": '{ "fail-on": "error" }',
    "a.py": telling,
    "sub/activation-lens.json": '{ "fail-on": "hint" }',
    "sub/b.py": telling,
  });
  assert.equal((await runIn(root, "check", ".")).code, 0);
  assert.equal((await runIn(root, "check", ".", "--fail-on", "warning")).code, 1);
  assert.equal((await runIn(path.join(root, "sub"), "check", "../a.py")).code, 1);
});

test("include and exclude say what is found; their default can be replaced or added to", (context) => {
  const files = { "src/a.py": "", "src/b.ipynb": "", "src/gen/c.py": "", "venv/d.py": "", "x.js": "" };
  const inside = (written: object) =>
    found(folder(context, { ...files, "activation-lens.json": JSON.stringify(written) }));
  assert.deepEqual(inside({ include: ["src/*", "!*.ipynb"] }), ["src/a.py", "src/gen/c.py"]);
  assert.deepEqual(inside({ include: ["/src/*.py"] }), ["src/a.py"]);
  assert.deepEqual(inside({ exclude: ["src"] }), ["venv/d.py", "x.js"]);
  assert.deepEqual(inside({ "extend-exclude": ["gen/", "*.js*"] }), ["src/a.py", "src/b.ipynb"]);
});

test("what is given by name is read though it is excluded, and left out with force-exclude", async (context) => {
  const root = folder(context, {
    "activation-lens.json": '{ "exclude": ["gen/", "old.py"] }',
    "gen/a.py": "",
    "gen/gen/b.py": "",
    "old.py": "",
    "new.py": "",
  });
  const files = async (...argv: string[]) => {
    const { code, out, error } = await runIn(
      root,
      "check",
      ...argv,
      "--format",
      "json",
      "--fail-on",
      "never",
    );
    return [
      code,
      ...JSON.parse(out).files.map(({ file }: { file: string }) => file),
      ...(error ? [error] : []),
    ];
  };
  assert.deepEqual(await files("old.py", "gen/a.py"), [0, "old.py", "gen/a.py"]);
  assert.deepEqual(await files("gen"), [0, "gen/a.py"]);
  assert.deepEqual(await files("old.py", "new.py", "gen/a.py", "--force-exclude"), [0, "new.py"]);
  assert.deepEqual(await files("old.py", "--force-exclude"), [0]);
  assert.deepEqual(await files(".", "--exclude", "new.py"), [0, "gen/a.py", "gen/gen/b.py", "old.py"]);
});

/** A repository as Git would see it, without Git. */
const repository = { ".git/HEAD": "ref: refs/heads/main\n", ".git/info/exclude": "private.py\n" };

test("what Git ignores is left out at all levels, also by what stands above the given folder", (context) => {
  const root = folder(context, {
    ...repository,
    ".gitignore": "*.gen.py\nout/\n!out/keep.py\n",
    "private.py": "",
    "a.py": "",
    "a.gen.py": "",
    "out/keep.py": "",
    "pkg/.gitignore": "!b.gen.py\n/local.py\n",
    "pkg/b.gen.py": "",
    "pkg/local.py": "",
    "pkg/sub/local.py": "",
    "pkg/sub/private.py": "",
    "pkg/sub/c.gen.py": "",
  });
  const all = ["a.py", "pkg/b.gen.py", "pkg/sub/local.py"];
  assert.deepEqual(found(root), all);
  assert.deepEqual(found(root, "pkg/sub"), ["pkg/sub/local.py"]);
  assert.deepEqual(found(root, "out"), ["out/keep.py"], "a folder that was asked for");
  assert.deepEqual(found(root, "a.gen.py"), ["a.gen.py"], "a file that was asked for");
  const configs = new Configs({ isolated: false, written: { "respect-gitignore": false } }, root);
  assert.equal(found(root, ".", configs).length, 9);
});

test("a repository in a repository knows its own rules only, and without one nothing is ignored", (context) => {
  const files = { ".gitignore": "a.py\n", "in/.gitignore": "b.py\n", "in/a.py": "", "in/b.py": "" };
  assert.deepEqual(found(folder(context, files)), ["in/a.py", "in/b.py"]);
  assert.deepEqual(found(folder(context, { ...files, ".git/HEAD": "" })), []);
  assert.deepEqual(found(folder(context, { ...files, ".git/HEAD": "", "in/.git/HEAD": "" })), ["in/a.py"]);
});

test("another work tree is a repository, with the rules of the one it belongs to", (context) => {
  const root = folder(context, {
    "main/.git/HEAD": "",
    "main/.git/info/exclude": "private.py\n",
    "main/.git/worktrees/w/commondir": "../..\n",
    "w/.gitignore": "b.py\n",
    "w/a.py": "",
    "w/b.py": "",
    "w/private.py": "",
  });
  writeFileSync(path.join(root, "w/.git"), `gitdir: ${path.join(root, "main/.git/worktrees/w")}\n`);
  assert.deepEqual(found(path.join(root, "w")), ["a.py"]);
});

test("paths come from a file or the standard input, a line or a NUL each", async (context) => {
  const root = folder(context, {
    "a.py": "",
    "with\nbreak.py": "",
    "notes.md": "",
    "lines.txt": "a.py\r\n\nnotes.md\n",
    "nulls.txt": "with\nbreak.py\0a.py\0",
    "nothing.txt": "",
    "gone.txt": "gone.py\n",
  });
  const files = async (...argv: string[]) => {
    const { code, out } = await runIn(root, "check", ...argv, "--format", "json", "--fail-on", "never");
    return [code, ...(out === "" ? [] : JSON.parse(out).files.map(({ file }: { file: string }) => file))];
  };
  assert.deepEqual(await files("--files-from", "lines.txt"), [0, "a.py"]);
  assert.deepEqual(await files("--files-from", "nulls.txt", "-0"), [0, "with\nbreak.py", "a.py"]);
  assert.deepEqual(await files("--files-from", "nothing.txt"), [0]);
  assert.deepEqual(await files("--files-from", "gone.txt"), [2]);
  assert.deepEqual(await files("--files-from", "no-list.txt"), [2]);
  assert.deepEqual(await files("a.py", "--files-from", "lines.txt"), [0, "a.py"]);
});

const unix = process.platform === "win32" ? { skip: "not on Windows" } : {};

test("pipes, names that are no UTF-8 and folders that nobody may enter do no harm", unix, (context) => {
  const root = folder(context, { "a.py": "", "shut/b.py": "", "d/pyproject.toml/x.py": "" });
  for (const name of ["pipe.py", ".gitignore", "pyproject.toml"])
    spawnSync("mkfifo", [path.join(root, name)]);
  mkdirSync(path.join(root, ".git"));
  writeFileSync(path.join(root, ".git/HEAD"), "");
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from(".py")]), "");
  chmodSync(path.join(root, "shut"), 0);
  const names = [...findFiles([root], { configs: at(root) })].map((each) =>
    each.kind === "skipped" ? each.reason : path.relative(root, each.name),
  );
  chmodSync(path.join(root, "shut"), 0o755);
  // The superuser may enter every folder.
  const shut = process.getuid?.() === 0 ? "shut/b.py" : "folder cannot be read (EACCES)";
  assert.deepEqual(names, ["a.py", "has a name that is no UTF-8", "d/pyproject.toml/x.py", shut]);
});

function starting(context: TestContext, files: Readonly<Record<string, string>> = {}) {
  const root = folder(context, files);
  return { root, text: (name: string) => readFileSync(path.join(root, name), "utf8") };
}

test("init writes a configuration that is valid and changes nothing, once", async (context) => {
  const { root, text } = starting(context, { "a.py": "" });
  const { code, out } = await runIn(root, "init");
  assert.deepEqual([code, out], [0, "Written: activation-lens.json\n"]);
  const before = text("activation-lens.json");
  assert.match(before, /"fail-on": "warning"/);
  assert.equal((await runIn(root, "check", "a.py", "--fail-on", "never")).code, 0);
  const again = await runIn(root, "init");
  assert.deepEqual([again.code, text("activation-lens.json")], [2, before]);
  assert.match(again.error, /activation-lens\.json is there already: nothing was written/);
  assert.equal((await runIn(root, "init", "--pyproject")).code, 2);
});

test("init --pyproject makes the file or adds a table to it, and touches nothing else", async (context) => {
  const made = starting(context);
  assert.equal((await runIn(made.root, "init", "--pyproject")).code, 0);
  assert.ok(made.text("pyproject.toml").startsWith("[tool.activation-lens]\n"));
  const own = '[project]\r\nname = "x"';
  const { root, text } = starting(context, { "pyproject.toml": own, "a.py": "" });
  assert.equal((await runIn(root, "init", "--pyproject")).code, 0);
  const after = text("pyproject.toml");
  assert.ok(after.startsWith(`${own}\r\n\r\n[tool.activation-lens]\r\n`) && !/[^\r]\n/.test(after));
  assert.equal((await runIn(root, "check", "a.py", "--fail-on", "never")).code, 0);
  assert.equal((await runIn(root, "init", "--pyproject")).code, 2);
  assert.equal((await runIn(root, "init")).code, 2);
  assert.equal(text("pyproject.toml"), after);
});
