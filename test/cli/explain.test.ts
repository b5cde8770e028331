import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../../src/cli/run.ts";
import { rules } from "../../src/engine/index.ts";

async function said(...argv: string[]) {
  let out = "";
  let error = "";
  const code = await run(argv, {
    out: async (text) => {
      out += text;
    },
    error: async (text) => {
      error += text;
    },
    colour: false,
    version: "1.2.3",
  });
  return { code, out, error };
}

test("rules lists every rule on a line of its own", async () => {
  const { code, out } = await said("rules");
  assert.equal(code, 0);
  assert.deepEqual(
    out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]),
    rules.map(({ name }) => name),
  );
});

test("explain says what a rule's file says, in lines that fit a terminal", async () => {
  for (const { name, docs } of rules) {
    const { code, out } = await said("explain", name);
    assert.equal(code, 0);
    assert.ok(out.replaceAll("\n", " ").includes(docs.whatToDo), name);
    assert.ok(out.includes(`ignore[${name}]`), name);
    for (const line of out.split("\n")) assert.ok(line.length <= 110, line);
  }
});

test("a rule that does not exist is misuse", async () => {
  const { code, out, error } = await said("explain", "dead-relu");
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(error, /no such rule: dead-relu/);
});
