import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/engine/index.ts";

test("an empty file has nothing to say", () => {
  const analysis = analyze({ path: "empty.py", text: "" });
  assert.deepEqual(analysis, { path: "empty.py", sites: [], networks: [], findings: [] });
});
