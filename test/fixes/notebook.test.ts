import assert from "node:assert/strict";
import { test } from "node:test";
import { editsOfJson } from "../../src/engine/fixes/apply/notebook.ts";
import { applyEdits, cellsOf, type Edit, programOf } from "../../src/engine/index.ts";

const code = (source: string): string => `{"cell_type": "code", "source": ${source}}`;
const notebook = (...sources: string[]): string => `{\n "cells": [${sources.map(code).join(",\n  ")}]\n}\n`;

/** The JSON after an edit of the first place of `part` in the program. */
function edited(json: string, part: string, text: string): string {
  const cells = cellsOf(json);
  assert.ok(!("skipped" in cells));
  const program = programOf(cells);
  const from = program.text.indexOf(part);
  assert.ok(from >= 0, part);
  const edit: Edit = { span: { from, to: from + part.length }, text };
  const edits = editsOfJson(json, program, [edit]);
  if ("reason" in edits) return edits.reason;
  const made = applyEdits(json, edits);
  const after = cellsOf(made);
  assert.ok(!("skipped" in after));
  assert.equal(programOf(after).text, applyEdits(program.text, [edit]), "the program is as it was edited");
  return made;
}

const lines = '["import a\\n",\n    "b = 1\\n",\n    "c = 2"]';

test("inside a line nothing else changes, escapes of the same line included", () => {
  const json = notebook('["x = \\"\\u00e9\\ud83d\\ude00\\" + a\\/b\\n"]');
  assert.equal(edited(json, "+ a", "- a"), json.replace("+ a", "- a"));
});

test("a line that is written gets a string of its own, in the list's own style", () => {
  assert.equal(
    edited(notebook(lines), "b = 1", "z = 0\nb = 1"),
    notebook(lines.replace('"b', '"z = 0\\n",\n    "b')),
  );
  assert.equal(
    edited(notebook(lines), "c = 2", "c = 2\nd"),
    notebook(lines.replace("c = 2", 'c = 2\\n",\n    "d')),
  );
  assert.equal(edited(notebook('[\n "one"\n]'), "one", "one\ntwo"), notebook('[\n "one\\n",\n "two"\n]'));
});

test("lines that go take their strings along", () => {
  assert.equal(edited(notebook(lines), "b = 1\n", ""), notebook('["import a\\n",\n    "c = 2"]'));
  assert.equal(edited(notebook(lines), "c = 2", ""), notebook('["import a\\n",\n    "b = 1\\n"]'));
  assert.equal(edited(notebook(lines), "a\nb = 1", "ab"), notebook('["import ab\\n",\n    "c = 2"]'));
});

test("a source that is one string stays one", () => {
  assert.equal(edited(notebook('"a\\nb\\n"'), "b", "b\nc"), notebook('"a\\nb\\nc\\n"'));
});

test("characters beyond ASCII are escaped where the whole file has none", () => {
  assert.equal(edited(notebook('["a"]'), "a", "é\u{1f600}"), notebook('["\\u00e9\\ud83d\\ude00"]'));
  assert.equal(edited(notebook('["aé"]'), "a", "ü"), notebook('["üé"]'));
});

test("the line break between two cells is nobody's", () => {
  const json = notebook('["a\\n",\n "last"]', '["b"]');
  assert.equal(edited(json, "b", "c"), notebook('["a\\n",\n "last"]', '["c"]'));
  const cells = cellsOf(json);
  assert.ok(!("skipped" in cells));
  const program = programOf(cells);
  const at = program.text.indexOf("last");
  // A statement with the line break behind it: the last one of its cell.
  const gone = editsOfJson(json, program, [{ span: { from: at, to: at + 5 }, text: "" }]);
  assert.ok(!("reason" in gone));
  assert.equal(applyEdits(json, gone), notebook('["a\\n"]', '["b"]'));
  const over = editsOfJson(json, program, [{ span: { from: at, to: at + 6 }, text: "" }]);
  assert.deepEqual(over, { reason: "its cells can't be told apart" });
});

test("what JSON forbids but files have is not made worse", () => {
  // A raw line break and an escape that JSON does not know: each stands for itself.
  const json = notebook('["a = 1\n", "b = \\d + c\\n"]');
  assert.equal(edited(json, "+ c", "- c"), json.replace("+ c", "- c"));
  assert.equal(edited(notebook("[]", '["a"]'), "a", "b"), notebook("[]", '["b"]'));
});
