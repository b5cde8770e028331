// Completions: every command, option and word is in each script, and the shells themselves complete with them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { completionFor, shapes } from "../../src/cli/completion/index.ts";
import { help, parse } from "../../src/cli/options.ts";
import { commandTable, optionTable, shells } from "../../src/cli/optionTable.ts";
import { optionsHelp } from "../../src/cli/table.ts";
import { folder, runCli } from "./support.ts";

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;
const without = (shell: string) => !has(shell) && `${shell} is not installed`;

test("each script has every command, option and word", async () => {
  for (const shell of shells) {
    const { code, out } = await runCli(["completion", shell]);
    assert.equal(code, 0);
    for (const { name, options, values } of shapes()) {
      assert.match(out, new RegExp(`\\b${name}\\b`));
      for (const option of options) {
        assert.ok(out.includes(option.name), `${shell} ${option.name}`);
        if (typeof option.values === "object")
          for (const word of option.values) assert.ok(out.includes(word), word);
      }
      if (typeof values === "object") for (const word of values) assert.ok(out.includes(word), word);
    }
  }
});

test("commands and options of the table are those that the parser takes, and the help tells of all", () => {
  for (const { name } of commandTable) {
    assert.ok(help.includes(`activation-lens ${name}`));
    const message = parse([name, "--no-such"]);
    if (message.kind === "misuse") assert.doesNotMatch(message.message, /the command must be/);
  }
  for (const name of Object.keys(optionTable)) assert.match(help, new RegExp(`--${name}\\b`));
  for (const line of help.split("\n")) assert.ok(line.length <= 100, line);
  assert.equal(
    (parse(["completion", "tcsh"]) as { message: string }).message,
    'the shell must be one of bash, zsh, fish, not "tcsh"',
  );
});

test("long names have a line of their own", () => {
  assert.equal(
    optionsHelp({
      short: { type: "boolean", short: "s", help: "a word" },
      "a-much-longer-name": { type: "string", value: "FILE", of: ["check"], help: "another" },
    }),
    "  -s, --short        a word\n  --a-much-longer-name FILE\n                     check: another\n",
  );
});

/** What bash offers where the last word stops; words as bash takes them apart. */
function inBash(root: string, ...words: string[]): string[] {
  const file = path.join(root, "script.bash");
  writeFileSync(file, completionFor("bash"));
  const quoted = ["activation-lens", ...words].map((word) => `'${word}'`).join(" ");
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "--norc",
      "-c",
      `source "$0"; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _activation_lens; printf '%s\\n' "\${COMPREPLY[@]}"`,
      file,
    ],
    { encoding: "utf8", cwd: root },
  );
  assert.equal(stderr, "");
  return stdout.split("\n").filter((word) => word !== "");
}

test("bash completes commands, options and values", { skip: without("bash") }, (context) => {
  const root = folder(context, {});
  const complete = (...words: string[]) => inBash(root, ...words);
  assert.deepEqual(complete("ch"), ["check"]);
  assert.ok(complete("").includes("merge"));
  assert.deepEqual(complete("check", "--stat"), ["--statistics"]);
  assert.deepEqual(complete("sites", "--stat"), []);
  assert.deepEqual(complete("check", "a.py", "--format", "gi"), ["github", "gitlab"]);
  assert.deepEqual(complete("check", "--format", "=", "gi"), ["github", "gitlab"]);
  assert.deepEqual(complete("check", "--fail-on", "="), ["error", "warning", "information", "hint", "never"]);
  assert.deepEqual(complete("check", "--severity", "zero-weights=w"), ["zero-weights=warning"]);
  assert.deepEqual(complete("check", "--severity", "zero-weights", "=", "w"), ["warning"]);
  assert.deepEqual(complete("check", "--severity", "=", "zero-weights", "=", "o"), ["off"]);
  assert.deepEqual(complete("explain", "relu"), ["relu-on-output"]);
  assert.deepEqual(complete("completion", "f"), ["fish"]);
  assert.deepEqual(complete("try", "--preset", "com"), ["compare-2", "compare-8"]);
  // Nothing: then bash completes files.
  assert.deepEqual(complete("check", "sr"), []);
  assert.deepEqual(complete("check", "--baseline", "b"), []);
});

test("fish completes commands, options and values", { skip: without("fish") }, (context) => {
  const root = folder(context, { "script.fish": completionFor("fish"), "model.py": "" });
  const complete = (line: string) => {
    const { stdout, stderr } = spawnSync(
      "fish",
      ["--no-config", "-c", `source script.fish; complete -C '${line}'`],
      {
        encoding: "utf8",
        cwd: root,
        env: { ...process.env, HOME: root },
      },
    );
    assert.equal(stderr, "");
    return stdout
      .split("\n")
      .filter((each) => each !== "")
      .map((each) => each.split("\t")[0]);
  };
  assert.deepEqual(complete("activation-lens ch"), ["check"]);
  assert.deepEqual(complete("activation-lens check --stati"), ["--statistics"]);
  assert.deepEqual(complete("activation-lens sites --stati"), []);
  assert.deepEqual(complete("activation-lens check --format gi"), ["github", "gitlab"]);
  assert.deepEqual(complete("activation-lens check --severity zero-weights=w"), ["zero-weights=warning"]);
  assert.deepEqual(complete("activation-lens explain relu"), ["relu-on-output"]);
  assert.deepEqual(complete("activation-lens check mod"), ["model.py"]);
});

/** What the command is given after Tab and Enter: in a terminal of its own, since zsh completes in no other. */
function inZsh(root: string, line: string): string {
  const script = `
    zmodload zsh/zpty
    wait_for() {
      local out= part i
      for i in {1..400}; do
        if zpty -r -t z part; then out+=$part; else sleep 0.05; fi
        [[ $out == *$1* ]] && break
      done
      print -r -- "$out"
    }
    zpty z 'zsh -f -i'
    zpty -w z 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; bindkey "^I" complete-word'
    zpty -w z 'activation-lens() { print -r -- "GIVEN<$*>\${:-END}" }; print READY\${:-NOW}'
    wait_for READYNOW > /dev/null
    zpty -w -n z $'activation-lens ${line}\\t\\n'
    wait_for '>END'
  `;
  const { stdout } = spawnSync("zsh", ["-f", "-c", script], { encoding: "utf8", cwd: root, timeout: 60_000 });
  return /GIVEN<([^>]*)>END/.exec(stdout)?.[1] ?? stdout;
}

test("zsh takes the script, and completes with it", { skip: without("zsh") }, (context) => {
  const root = folder(context, { "_activation-lens": completionFor("zsh") });
  assert.equal(
    spawnSync("zsh", ["-n", path.join(root, "_activation-lens")], { encoding: "utf8" }).stderr,
    "",
  );
  assert.equal(inZsh(root, "ch"), "check");
  assert.equal(inZsh(root, "check --stati"), "check --statistics");
  assert.equal(inZsh(root, "check --format=gitl"), "check --format=gitlab");
  assert.equal(inZsh(root, "check --severity zero-weights=w"), "check --severity zero-weights=warning");
  assert.equal(inZsh(root, "explain relu"), "explain relu-on-output");
});
