import assert from "node:assert/strict";
import { test } from "node:test";
import { help, parse } from "../../src/cli/options.ts";

function misuse(...argv: string[]): string {
  const invocation = parse(argv);
  assert.equal(invocation.kind, "misuse");
  return invocation.kind === "misuse" ? invocation.message : "";
}

test("text and warnings are the defaults", () => {
  assert.deepEqual(parse(["check", "a.py", "src"]), {
    kind: "run",
    options: {
      command: "check",
      paths: ["a.py", "src"],
      format: "text",
      failOn: "warning",
      certain: false,
      unsafeFixes: false,
    },
  });
});

test("options may stand anywhere and be written both ways", () => {
  const expected = {
    command: "sites",
    paths: ["a.py"],
    format: "json-lines",
    failOn: "never",
    certain: true,
    unsafeFixes: false,
  };
  const forms = [
    ["sites", "a.py", "--format", "json-lines", "--fail-on", "never", "--certain"],
    ["--format=json-lines", "--certain", "sites", "--fail-on=never", "a.py"],
  ];
  for (const argv of forms) assert.deepEqual(parse(argv), { kind: "run", options: expected });
});

test("what follows -- is a path, even when it looks like an option", () => {
  const invocation = parse(["check", "--", "--odd.py"]);
  assert.deepEqual(invocation.kind === "run" && invocation.options.paths, ["--odd.py"]);
});

test("help and version need nothing else", () => {
  assert.deepEqual(parse(["--help"]), { kind: "help" });
  assert.deepEqual(parse(["check", "-h"]), { kind: "help" });
  assert.deepEqual(parse(["--version"]), { kind: "version" });
  assert.deepEqual(parse(["-V"]), { kind: "version" });
});

test("rules and explain take no paths", () => {
  assert.deepEqual(parse(["rules"]), { kind: "rules" });
  assert.deepEqual(parse(["explain", "dying-relu"]), { kind: "explain", rule: "dying-relu" });
  assert.match(misuse("explain"), /explain needs the name of one rule/);
});

test("misuse is explained in one line", () => {
  assert.match(misuse(), /a command is needed: sites or check/);
  assert.match(misuse("chekc", "a.py"), /one of sites, check, rules, explain, not "chekc"/);
  assert.match(misuse("check"), /check needs a file or a folder/);
  assert.match(misuse("check", ""), /a path is empty/);
  assert.match(misuse("check", "a.py", "--format", "xml"), /--format must be one of text, json, json-lines/);
  assert.match(misuse("check", "a.py", "--fail-on", "info"), /--fail-on must be one of error, warning/);
  assert.match(misuse("check", "a.py", "--format"), /--format/);
  assert.match(misuse("check", "a.py", "--no-such"), /--no-such/);
  for (const argv of [[], ["x"], ["check", "a", "--no-such"]]) assert.doesNotMatch(misuse(...argv), /\n/);
});

test("the help names every command and option", () => {
  for (const word of [
    "sites",
    "check",
    "rules",
    "explain",
    "--format",
    "--fail-on",
    "--certain",
    "--help",
    "--version",
  ]) {
    assert.ok(help.includes(word), word);
  }
  for (const line of help.split("\n")) assert.ok(line.length <= 110, line);
});

test("fixes are written or shown, by check alone, and unsafe ones only with one of both", () => {
  const fixOf = (...argv: string[]) => {
    const invocation = parse(["check", "a.py", ...argv]);
    return invocation.kind === "run" && [invocation.options.fix, invocation.options.unsafeFixes];
  };
  assert.deepEqual(fixOf("--fix"), ["write", false]);
  assert.deepEqual(fixOf("--diff", "--unsafe-fixes"), ["diff", true]);
  assert.match(misuse("check", "a.py", "--fix", "--diff"), /only one/);
  assert.match(misuse("check", "a.py", "--unsafe-fixes"), /needs --fix or --diff/);
  assert.match(misuse("sites", "a.py", "--fix"), /check does/);
});
