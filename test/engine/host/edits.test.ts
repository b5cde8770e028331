import assert from "node:assert/strict";
import { test } from "node:test";
import type { Edit, Fix } from "../../../src/engine/index.ts";
import { mergeFixes, safeFixes } from "../../../src/host/edits.ts";
import { finding, leaky } from "./sample.ts";

const edit = (from: number, to: number, text: string): Edit => ({ span: { from, to }, text });
const fix = (...edits: Edit[]): Fix => ({ ...leaky, edits });

test("edits of several fixes come in the order of the text", () => {
  const { edits } = mergeFixes([fix(edit(20, 25, "b")), fix(edit(3, 5, "a"))]);
  assert.deepEqual(edits, [edit(3, 5, "a"), edit(20, 25, "b")]);
});

test("an import that two fixes need is added once", () => {
  const both = [
    fix(edit(0, 0, "import x\n"), edit(9, 12, "a")),
    fix(edit(0, 0, "import x\n"), edit(20, 22, "b")),
  ];
  const merged = mergeFixes(both);
  assert.equal(merged.edits.length, 3);
  assert.equal(merged.applied.length, 2);
});

test("a fix that overlaps an earlier one is refused whole", () => {
  const second = fix(edit(0, 0, "import y\n"), edit(4, 8, "b"));
  const merged = mergeFixes([fix(edit(3, 5, "a")), second]);
  assert.deepEqual(merged.edits, [edit(3, 5, "a")]);
  assert.deepEqual(merged.refused, [second]);
});

test("different insertions at one place have no order, so the later fix is refused", () => {
  assert.equal(mergeFixes([fix(edit(4, 4, "a")), fix(edit(4, 4, "b"))]).refused.length, 1);
});

test("an insertion at the edge of a replacement is no overlap", () => {
  assert.equal(
    mergeFixes([fix(edit(4, 8, "a")), fix(edit(8, 8, "b")), fix(edit(4, 4, "c"))]).refused.length,
    0,
  );
});

test("fix all takes the recommended fix or none", () => {
  const risky: Fix = { ...leaky, applicability: "changes-training" };
  assert.deepEqual(safeFixes([finding()]), [leaky]);
  assert.deepEqual(safeFixes([finding({ fixes: [risky, leaky] }), finding({ fixes: [] })]), []);
});
