// The pre-commit hook, the package and the GitHub Action: what they run, run here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { parser as yaml } from "@lezer/yaml";
import { parse } from "../../src/cli/options.ts";
import { model } from "./models.ts";
import { folder } from "./support.ts";

const prefix = mkdtempSync(path.join(tmpdir(), "activation-lens-package-"));
const installed = path.join(prefix, "lib/node_modules/activation-lens");
const isPosix = process.platform !== "win32";
const npm = (...argv: string[]) =>
  spawnSync(isPosix ? "npm" : "npm.cmd", argv, { encoding: "utf8", shell: !isPosix });

let packed = "";

before(() => {
  // As pre-commit does: what this prints is taken for the name of the package.
  packed = npm("pack", "--pack-destination", prefix).stdout;
  npm("install", "--global", "--prefix", prefix, "--offline", "--no-audit", path.join(prefix, packed.trim()));
});
after(() => rmSync(prefix, { recursive: true, force: true }));

test("packing prints the package's name and nothing else", () => {
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.equal(packed, `${name}-${version}.tgz\n`);
});

test("the package is the command line and works on its own", {
  skip: !isPosix && "a path of POSIX",
}, (context) => {
  const root = folder(context, { "a.py": model("net") });
  const bin = path.join(prefix, "bin/activation-lens");
  const { status, stdout } = spawnSync(bin, ["check", "a.py", "--format", "concise"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.match(stdout, /^a\.py:10:5: warning relu-on-output/);
  for (const name of ["src", "test", "dist/extension.js"])
    assert.ok(!existsSync(path.join(installed, name)), name);
});

/** The plain values of a file by their keys; no library for so little. */
function valuesIn(file: string): readonly (readonly [string, string])[] {
  const text = readFileSync(file, "utf8");
  yaml.parse(text).iterate({
    enter: (node) =>
      assert.ok(!node.type.isError, `${file}: no YAML at ${text.slice(node.from, node.from + 20)}`),
  });
  return [...text.matchAll(/^[-\s]*([\w-]+): (.+)$/gm)].map(([, key = "", value = ""]) => [key, value]);
}

test("the hooks run commands that there are", () => {
  const entries = valuesIn(".pre-commit-hooks.yaml").filter(([key]) => key === "entry");
  assert.equal(entries.length, 2);
  for (const [, entry] of entries) {
    const [command, ...argv] = entry.split(" ");
    assert.equal(command, "activation-lens");
    assert.equal(parse([...argv, "a.py"]).kind, "run", entry);
  }
});

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: string;
}

function action(root: string, given: Readonly<Record<string, string>>): Run {
  const temporary = mkdtempSync(path.join(prefix, "runner-"));
  const [summary, outputs] = [path.join(temporary, "summary"), path.join(temporary, "outputs")];
  writeFileSync(summary, "");
  writeFileSync(outputs, "");
  const { status, stdout, stderr } = spawnSync("bash", [path.resolve("scripts/action.sh")], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      CLI: path.join(installed, "dist/cli.js"),
      PATHS: ".",
      ARGS: "",
      FAIL_ON: "warning",
      SARIF_FILE: "activation-lens.sarif",
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      ...given,
    },
  });
  return {
    status,
    stdout,
    stderr,
    summary: readFileSync(summary, "utf8"),
    outputs: readFileSync(outputs, "utf8"),
  };
}

const onPosix = { skip: !isPosix && "the action's script is for bash" };

test(
  "the action tells findings beside the code, in the summary and as SARIF, and fails",
  onPosix,
  (context) => {
    const root = folder(context, { "a.py": model("net"), "b c/d.py": model("net") });
    const run = action(root, {});
    assert.equal(run.status, 1, run.stderr);
    assert.deepEqual(
      run.stdout.match(/^::warning title=activation-lens \(relu-on-output\),file=[^,]+/gm)?.length,
      2,
    );
    assert.match(run.summary, /^## Activation Lens\n[\s\S]*Found 2 warnings; 2 networks in 2 files\.\n$/);
    assert.equal(run.outputs, "sarif-file=activation-lens.sarif\n");
    const sarif = JSON.parse(readFileSync(path.join(root, "activation-lens.sarif"), "utf8"));
    assert.equal(sarif.runs[0].results.length, 2);
  },
);

test(
  "the action's inputs: several paths, options, and from which severity on it fails",
  onPosix,
  (context) => {
    const root = folder(context, { "a.py": model("net"), "b c/d.py": model("net") });
    const one = action(root, { PATHS: "\nb c\n\n", FAIL_ON: "error", SARIF_FILE: "out dir.sarif" });
    assert.equal(one.status, 0, one.stderr);
    assert.match(one.summary, /1 network in 1 file/);
    assert.ok(existsSync(path.join(root, "out dir.sarif")));
    const off = action(root, { PATHS: "a.py\nb c/d.py", ARGS: "--severity=relu-on-output=off\n" });
    assert.equal(off.status, 0);
    assert.match(off.summary, /No findings; 2 networks in 2 files/);
    const wrong = action(root, { ARGS: "--no-such-option" });
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /no-such-option/);
    assert.equal(wrong.outputs, "");
  },
);

test("every input of the action reaches its script, and each file is YAML", () => {
  const values = valuesIn("action.yml");
  const script = readFileSync("scripts/action.sh", "utf8");
  for (const [key, value] of values)
    if (value.includes("inputs.")) assert.ok(script.includes(`$${key}`), `${key} is not used`);
  const inputs = values.filter(([, value]) => value.includes("inputs.")).length;
  assert.equal(inputs, 4);
});
