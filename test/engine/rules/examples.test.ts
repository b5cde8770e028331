/** The examples of every rule are its first tests: the bad ones are found on their line, on the good ones all are silent. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze, lineStarts, positionAt } from "../../../src/engine/index.ts";
import type { Analysis, Language, RuleExample } from "../../../src/engine/model.ts";
import { rules } from "../../../src/engine/rules/index.ts";
import { ruleTitles } from "../../../src/host/lensLines.ts";
import { apply } from "../support.ts";

const NAMES: Readonly<Partial<Record<Language, string>>> = {
  python: "model.py",
  javascript: "model.js",
  jsonnet: "model.jsonnet",
  darknet: "model.cfg",
};

const analysed = ({ language, code }: RuleExample): Analysis =>
  analyze({ path: NAMES[language] ?? "model.json", text: code, language });

/** `narrow-network 5`. */
function saidOf(example: RuleExample): string[] {
  const starts = lineStarts(example.code);
  return analysed(example).findings.map(({ rule, span }) => `${rule} ${positionAt(starts, span.from).line}`);
}

for (const { name, examples } of rules) {
  examples.bad.forEach((example, index) => {
    test(`${name}: bad example ${index + 1} is found, and nothing else in it`, () => {
      assert.deepEqual([...new Set(saidOf(example))], [`${name} ${example.line}`]);
    });
  });
  examples.good.forEach((example, index) => {
    test(`${name}: nothing is said of good example ${index + 1}`, () => {
      assert.deepEqual(saidOf(example), []);
    });
  });
}

test("every rule has a bad and a good example, references, and the name of its file's kind", () => {
  for (const { name, title, docs, examples } of rules) {
    assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
    assert.ok(title.length < 50 && !/[.!]$/.test(title), title);
    for (const text of [docs.what, docs.why, docs.whatToDo, docs.limits]) assert.match(text, /[^.]\.$/, name);
    assert.ok(docs.references.length > 0 && examples.bad.length > 0 && examples.good.length > 0, name);
  }
});

test("messages have at most three sentences, and evidence has a place or a number", () => {
  for (const { name, examples } of rules)
    for (const { message, evidence } of examples.bad.flatMap((example) => analysed(example).findings)) {
      assert.ok(message.split(/[.!?](?:\s|$)/).filter(Boolean).length <= 3, `${name}: ${message}`);
      assert.ok(
        evidence.some(({ span, value }) => span !== undefined || value !== undefined),
        name,
      );
    }
});

test("the first fix of a bad example takes the finding away", () => {
  for (const { name, examples } of rules)
    for (const example of examples.bad) {
      const [finding] = analysed(example).findings;
      const [fix] = finding?.fixes ?? [];
      if (!fix) continue;
      const code = apply(example.code, fix);
      const left = analysed({ ...example, code }).findings.map(({ rule }) => rule);
      assert.ok(!left.includes(name), `${name} after "${fix.title}":\n${code}`);
    }
});

test("settings, lens and rules know the same names", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { configuration: { properties: Record<string, { properties?: object }> } };
  };
  const names = rules.map(({ name }) => name).sort();
  const settings = manifest.contributes.configuration.properties["activationLens.rules"]?.properties;
  assert.deepEqual(Object.keys(settings ?? {}).sort(), names);
  assert.deepEqual(ruleTitles, Object.fromEntries(rules.map(({ name, title }) => [name, title])));
});
