import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig, starterJson, starterToml } from "../../src/settings/index.ts";
import { nearest } from "../../src/settings/nearest.ts";
import { names, options } from "../../src/settings/options.ts";
import { tomlKey, tomlOf } from "../../src/settings/starter.ts";

/** What is wrong, as `line: message`. */
function problems(name: string, text: string): readonly string[] {
  return (readConfig(name, text)?.problems ?? []).map(({ line, message }) => `${line ?? "-"}: ${message}`);
}

/** Without what tells one empty object from another. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const json = (text: string) => problems("activation-lens.json", text);
const toml = (text: string) => problems("pyproject.toml", text);

test("every option is read from JSON and from TOML alike, by its example", () => {
  for (const name of names) {
    const { example } = options[name];
    const expected = { written: { [name]: example }, problems: [] };
    assert.deepEqual(
      plain(readConfig("activation-lens.json", JSON.stringify({ [name]: example }))),
      expected,
    );
    const text = `[tool.activation-lens]\n${tomlKey(name)} = ${tomlOf(example)}\n`;
    assert.deepEqual(plain(readConfig("pyproject.toml", text)), expected, text);
  }
});

test("JSON may have comments, trailing commas and a byte order mark", () => {
  const text = '\uFEFF// why\n{ /* not */ "fail-on": "error", "exclude": ["a/",], }\n';
  assert.deepEqual(readConfig("activation-lens.json", text), {
    written: { "fail-on": "error", exclude: ["a/"] },
    problems: [],
  });
});

test("a pyproject.toml without the table says nothing, even a broken one; an empty table is a configuration", () => {
  assert.equal(readConfig("pyproject.toml", "[tool.ruff]\nline-length = 100\n"), undefined);
  assert.equal(readConfig("pyproject.toml", "[tool.ruff"), undefined);
  assert.equal(readConfig("pyproject.toml", '[project]\nkeywords = ["activation-lens"]\n'), undefined);
  assert.deepEqual(readConfig("pyproject.toml", "[tool.activation-lens]\n"), { written: {}, problems: [] });
});

test("a table may be written in every way that TOML has", () => {
  for (const text of [
    '[tool.activation-lens.severity]\ndying-relu = "off"\n',
    '[tool]\nactivation-lens.severity.dying-relu = "off"\n',
    'tool.activation-lens = { severity = { "dying-relu" = "off" } }\n',
    "[tool.\"activation-lens\"]\nseverity.'dying-relu' = 'off'\n",
  ])
    assert.deepEqual(
      plain(readConfig("pyproject.toml", text)?.written),
      { severity: { "dying-relu": "off" } },
      text,
    );
});

test("each mistake in JSON is told with its line and what would be right", () => {
  const text = `{
  "exlude": ["a"],
  "include": "src",
  "exclude": ["a", ""],
  "respect-gitignore": "yes",
  "fail-on": "warnings",
  "severity": {
    "dying-rleu": "off",
    "unscaled-input": "loud"
  },
  "threshold": { "dying-relu": 7 },
  "per-file-ignores": {
    "tests/**": [
      "zero-weight"
    ],
    "a b": "zero-weights"
  },
  "extend": 3
}`;
  assert.deepEqual(json(text), [
    '2: there is no option "exlude" (did you mean "exclude"?)',
    '3: include must be a list of patterns, not "src"',
    "4: exclude[1] must be a list of patterns, not an empty text",
    '5: respect-gitignore must be true or false, not "yes"',
    '6: fail-on must be one of error, warning, information, hint, never, not "warnings" (did you mean "warning"?)',
    '8: severity: there is no rule "dying-rleu" (did you mean "dying-relu"?)',
    '9: severity: the severity of unscaled-input must be one of default, off, hint, information, warning, error, not "loud"',
    "11: threshold: the threshold of dying-relu must be a number from 0.05 to 0.95 (default 0.25), not 7",
    '14: per-file-ignores: there is no rule "zero-weight" (did you mean "zero-weights"?)',
    '16: per-file-ignores["a b"] must be a list of rules, not "zero-weights"',
    "18: extend must be a path, not 3",
  ]);
});

test("each mistake in TOML too, in tables of their own as well", () => {
  const text = `[project]
severity = 1

[tool.activation-lens]
exlude = ["a"]
severity.dead = "off"

[tool.activation-lens.threshold]
dying-relu = nan

[tool.activation-lens.per-file-ignores]
"tests/**" = [
  "zero-weight",
]
`;
  assert.deepEqual(toml(text), [
    '5: there is no option "exlude" (did you mean "exclude"?)',
    '6: severity: there is no rule "dead"',
    "9: threshold: the threshold of dying-relu must be a number from 0.05 to 0.95 (default 0.25), not NaN",
    '12: per-file-ignores: there is no rule "zero-weight" (did you mean "zero-weights"?)',
  ]);
});

test("patterns that could match nothing are told", () => {
  assert.deepEqual(json('{ "exclude": ["a", "./b"], "per-file-ignores": { "": [], "../c": [] } }'), [
    '1: exclude: "./b" matches nothing: patterns count from the configuration\'s folder without ./ and never lead above it',
    "1: per-file-ignores: a pattern is empty",
    '1: per-file-ignores: "../c" matches nothing: patterns count from the configuration\'s folder without ./ and never lead above it',
  ]);
});

test("what can't be parsed is told with its line", () => {
  assert.match(json('{\n  "a": \n}')[0] ?? "", /^3: a value is expected$/);
  assert.match(json("{\n  exclude: []\n}")[0] ?? "", /^2: there is a word that is neither/);
  assert.match(json('{\n  "exclude": []\n')[0] ?? "", /: a closing } is missing$/);
  assert.deepEqual(json(""), ["1: a value is expected"]);
  assert.deepEqual(json("[]"), ["1: it must be a table of options, not a list"]);
  assert.match(toml("[tool.activation-lens]\nexclude = [\n")[0] ?? "", /^\d: .+/);
  assert.match(toml('[tool.activation-lens]\nfail-on = "error\n')[0] ?? "", /^2: .+/);
  assert.deepEqual(toml("tool.activation-lens = 1979-05-27\n"), [
    "1: it must be a table of options, not a date",
  ]);
});

test("names of Object's own are options like any other that is not there", () => {
  for (const name of ["__proto__", "constructor", "toString"])
    assert.match(json(`{ "${name}": {} }`).join() || "-: there is no option", /there is no option/);
  assert.match(json('{ "severity": { "constructor": "off" } }')[0] ?? "", /no rule "constructor"/);
});

test("the nearest name is suggested, but not a quite different one", () => {
  assert.equal(nearest("extend_exclude", names), "extend-exclude");
  assert.equal(nearest("failon", names), "fail-on");
  assert.equal(nearest("line-length", names), undefined);
});

test("the starting configurations are valid and set nothing", () => {
  assert.deepEqual(readConfig("activation-lens.json", starterJson()), { written: {}, problems: [] });
  assert.deepEqual(readConfig("pyproject.toml", starterToml()), { written: {}, problems: [] });
  // And what they show is valid as well, once its comment is taken away.
  const uncommented = (text: string, sign: string) =>
    text
      .split("\n")
      .map((line) => line.replace(new RegExp(`^\\s*${sign} (?="?[a-z-]+"?(?:: | = ))`), ""))
      .join("\n");
  const shown = readConfig("activation-lens.json", uncommented(starterJson(), "//"));
  assert.deepEqual([Object.keys(shown?.written ?? {}), shown?.problems], [[...names], []]);
  assert.deepEqual(plain(readConfig("pyproject.toml", uncommented(starterToml(), "#"))), plain(shown));
});
