import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../../../src/cli/options.ts";
import { concise as text } from "../../../src/cli/reporters/concise.ts";
import { json } from "../../../src/cli/reporters/json.ts";
import { jsonLines } from "../../../src/cli/reporters/jsonLines.ts";
import type { Reporter } from "../../../src/cli/reporters/reporter.ts";
import { fileRecord, resultOf, siteRecords } from "../../../src/cli/results/contract.ts";
import { placesOf } from "../../../src/cli/results/places.ts";
import { programOf } from "../../../src/engine/index.ts";
import { analysis, finding, network, risk, site, source } from "../support.ts";

const named = (name: string, parts = {}) => ({ name, places: placesOf(source), analysis: analysis(parts) });
const files = [named("a.py"), named("b.py", { sites: [], networks: [], findings: [] }), named("c.py")];
const skipped = [{ file: "x.py", reason: "binary file" }];

const output = (
  make: (command: Command, colour: boolean) => Reporter,
  command: Command,
  of = files,
  colour = false,
) => {
  const reporter = make(command, colour);
  const printed = of.map((file) => reporter.file(resultOf(command, file)));
  return reporter.begin() + printed.join("") + reporter.end(skipped);
};

test("json is one document with every file and what was skipped", () => {
  assert.deepEqual(JSON.parse(output(json, "check")), {
    version: 1,
    files: files.map((file) => JSON.parse(JSON.stringify(fileRecord(file)))),
    skipped,
  });
  assert.deepEqual(JSON.parse(output(json, "sites")), {
    version: 1,
    sites: files.flatMap(siteRecords),
    skipped,
  });
  assert.deepEqual(JSON.parse(output(json, "sites", [])), { version: 1, sites: [], skipped });
});

test("json-lines is an object a line and nothing else", () => {
  const records = (out: string) =>
    out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  assert.deepEqual(records(output(jsonLines, "sites")), files.flatMap(siteRecords));
  assert.deepEqual(
    records(output(jsonLines, "check")).map(({ file }) => file),
    ["a.py", "b.py", "c.py"],
  );
  assert.equal(output(jsonLines, "sites", []), "");
});

test("the text of sites names place, parameters and certainty, and counts", () => {
  const likely = { ...site, activation: "relu", parameters: {}, certainty: "likely" };
  assert.equal(
    output(text, "sites", [named("a.py", { sites: [site, likely] })]),
    "a.py:3:28: leaky_relu(negative_slope=0.2) pytorch class_call\n" +
      "a.py:3:28: relu pytorch class_call likely\n" +
      "2 activations in 1 file: 1 leaky_relu, 1 relu; 1 of them likely, not proved.\n",
  );
  assert.equal(output(text, "sites", files.slice(1, 2)), "No activations in 1 file.\n");
});

test("the text of check has findings with their first fix, risk in words, and a summary", () => {
  const lines = (file: string) =>
    `${file}:3:28: warning dying-relu Units may die.\n    fix: Use ELU\n` +
    `${file}:2: network net: high risk: in comparable training runs about 20–40 % of units ended dead\n` +
    "    assumed: learning rate not in this file: Adam default 0.001\n";
  assert.equal(
    output(text, "check"),
    `${lines("a.py")}${lines("c.py")}Found 2 warnings; 2 networks in 3 files.\n`,
  );
});

test("a network without risk says so and why", () => {
  const gaps = [{ span: network.span, what: "width of layer 3 is not known" }];
  const out = output(text, "check", [
    named("a.py", { networks: [{ ...network, risk: null, gaps }], findings: [] }),
  ]);
  assert.equal(
    out,
    "a.py:2: network net: risk not estimated\n    not read: width of layer 3 is not known (line 2)\n" +
      "No findings; 1 network in 1 file.\n",
  );
});

test("the words of the risk follow the chance of many dead units", () => {
  const word = (probabilityOver25: number) =>
    /net: (\D+) risk:/.exec(
      output(text, "check", [
        named("a", { networks: [{ ...network, risk: { ...risk, probabilityOver25 } }] }),
      ]),
    )?.[1];
  assert.deepEqual([0.02, 0.2, 0.6, 0.9].map(word), ["low", "moderate", "high", "very high"]);
});

test("severities are counted from the worst", () => {
  const findings = (["hint", "error", "information", "error"] as const).map((severity) => ({
    ...finding,
    severity,
  }));
  assert.match(
    output(text, "check", [named("a.py", { findings })]),
    /Found 2 errors, 1 information, 1 hint; 1 network in 1 file\.\n$/,
  );
});

test("colour only when asked for, and no control characters from a file's text", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for.
  const escapeCode = /\u001b/;
  assert.match(output(text, "check", files, true), escapeCode);
  assert.match(output(text, "sites", files, true), escapeCode);
  const hostile = named("a\u001b[2J\n.py", {
    networks: [{ ...network, name: "n\u001b]0;x\u0007" }],
    findings: [{ ...finding, message: "one\ntwo\u001b[31m" }],
  });
  for (const command of ["check", "sites"] as const) {
    assert.doesNotMatch(output(text, command, [hostile]), escapeCode);
  }
  assert.match(output(text, "check", [hostile]), /one two/);
});

test("in a notebook the text names the cell, counted from 1", () => {
  const program = programOf([{ index: 2, text: source }]);
  const gaps = [{ span: network.span, what: "a width" }];
  const notebook = {
    name: "n.ipynb",
    places: placesOf("", program),
    analysis: analysis({ networks: [{ ...network, risk: null, gaps }] }),
  };
  assert.match(output(text, "sites", [notebook]), /^n\.ipynb:cell 3:3:28: leaky_relu/);
  const lines = output(text, "check", [notebook]);
  assert.match(lines, /^n\.ipynb:cell 3:3:28: warning/);
  assert.match(lines, /^n\.ipynb:cell 3:2: network net: .*\n {4}not read: a width \(cell 3, line 2\)$/m);
});
