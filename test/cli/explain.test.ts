import assert from "node:assert/strict";
import { test } from "node:test";
import { rules } from "../../src/engine/index.ts";
import { runCli } from "./support.ts";

test("rules lists every rule on a line of its own", async () => {
  const { code, out } = await runCli(["rules"]);
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
    const { code, out } = await runCli(["explain", name]);
    assert.equal(code, 0);
    assert.ok(out.replaceAll("\n", " ").includes(docs.whatToDo), name);
    assert.ok(out.includes(`ignore[${name}]`), name);
    for (const line of out.split("\n")) assert.ok(line.length <= 110, line);
  }
});

test("a rule that does not exist is misuse", async () => {
  const { code, out, error } = await runCli(["explain", "dead-relu"]);
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(error, /no such rule: dead-relu/);
});
