import assert from "node:assert/strict";
import { test } from "node:test";
import { help, parse } from "../../src/cli/options.ts";
import { commandTable, optionTable } from "../../src/cli/optionTable.ts";

function misuse(...argv: string[]): string {
  const invocation = parse(argv);
  assert.equal(invocation.kind, "misuse");
  return invocation.kind === "misuse" ? invocation.message : "";
}

test("text with code and warnings are the defaults", () => {
  assert.deepEqual(parse(["check", "a.py", "src"]), {
    kind: "run",
    options: {
      command: "check",
      paths: ["a.py", "src"],
      format: "full",
      failOn: "warning",
      certain: false,
      unsafeFixes: false,
      statistics: false,
      given: { isolated: false, isNullSeparated: false, written: { severity: {}, threshold: {} } },
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
    statistics: false,
    given: {
      isolated: false,
      isNullSeparated: false,
      written: { "fail-on": "never", severity: {}, threshold: {} },
    },
  };
  const forms = [
    ["sites", "a.py", "--format", "json-lines", "--fail-on", "never", "--certain"],
    ["--format=json-lines", "--certain", "sites", "--fail-on=never", "a.py"],
  ];
  for (const argv of forms) assert.deepEqual(parse(argv), { kind: "run", options: expected });
});

test("without a path it is the folder that one is in", () => {
  const invocation = parse(["sites"]);
  assert.deepEqual(invocation.kind === "run" && invocation.options.paths, ["."]);
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
  assert.match(
    misuse("chekc", "a.py"),
    /one of sites, check, try, merge, init, clean, rules, explain, completion, not "chekc"/,
  );
  assert.match(misuse("check", ""), /a path is empty/);
  assert.match(
    misuse("check", "a.py", "--format", "xml"),
    /--format must be one of full, concise, text, json, json-lines, sarif/,
  );
  assert.match(misuse("check", "a.py", "--fail-on", "info"), /--fail-on must be one of error, warning/);
  assert.match(misuse("check", "a.py", "--format"), /--format/);
  assert.match(misuse("check", "a.py", "--no-such"), /--no-such/);
  for (const argv of [[], ["x"], ["check", "a", "--no-such"]]) assert.doesNotMatch(misuse(...argv), /\n/);
});

test("the help names every command and option", () => {
  const commands = commandTable.map(({ name }) => `activation-lens ${name}`);
  const options = Object.keys(optionTable).map((name) => `--${name}`);
  for (const word of [...commands, ...options]) assert.match(help, new RegExp(`${word}(?![\\w-])`));
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

test("what would wake it again, or has no folder to look at, is not watched", () => {
  for (const given of [["--fix"], ["--output-file", "o"], ["--write-baseline", "b"], ["--files-from", "l"]])
    assert.match(misuse("check", "a.py", "--watch", ...given), new RegExp(`it goes without ${given[0]}$`));
  assert.equal(parse(["check", "--watch", "--baseline", "b"]).kind, "run");
});

test("severities and thresholds are given by rule, the later one for the same rule", () => {
  const argv = ["check", "a.py", "--severity", "dying-relu=off", "--severity=unscaled-input=error"];
  const invocation = parse([...argv, "--threshold=dying-relu=0.4", "--threshold", "dying-relu=0.5"]);
  assert.equal(invocation.kind, "run");
  assert.deepEqual(invocation.kind === "run" && invocation.options.given.written, {
    severity: { "dying-relu": "off", "unscaled-input": "error" },
    threshold: { "dying-relu": 0.5 },
  });
});

test("a severity or threshold that does not fit is told, with what would", () => {
  const check = (...argv: string[]) => misuse("check", "a.py", ...argv);
  assert.equal(check("--severity", "dying-relu"), '--severity needs RULE=VALUE, not "dying-relu"');
  assert.match(
    check("--severity", "dying-relu=loud"),
    /^the severity of dying-relu must be one of .*, not "loud"$/,
  );
  assert.equal(check("--severity", "dead=off"), "there is no rule dead");
  assert.equal(
    check("--threshold", "dying-relu=7"),
    "the threshold of dying-relu must be a number from 0.05 to 0.95 (default 0.25), not 7",
  );
  for (const text of ["", " ", "much", "0x", "1e"])
    assert.match(check("--threshold", `step-too-large=${text}`), /must be a number from 0\.1 to 1000/);
  assert.match(check("--threshold", "zero-weights=1"), /^zero-weights has no threshold; .*dying-relu/);
});
