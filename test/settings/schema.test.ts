import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv";
import { ruleSeverities, rules } from "../../src/engine/index.ts";
import { readConfig } from "../../src/settings/index.ts";
import { names, options } from "../../src/settings/options.ts";
import { schema } from "../../src/settings/schema.ts";

const FILE = "activation-lens.schema.json";

const validate = new Ajv({ strictTypes: false, keywords: ["allowComments", "allowTrailingCommas"] })
  .addVocabulary(["markdownDescription"])
  .compile(schema(rules, ruleSeverities));

const isRead = (data: unknown) =>
  readConfig("activation-lens.json", JSON.stringify(data))?.problems.length === 0;

test("the schema that is shipped is that of the table", () => {
  const shipped = JSON.parse(readFileSync(FILE, "utf8"));
  assert.deepEqual(shipped, JSON.parse(JSON.stringify(schema(rules, ruleSeverities))));
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(contributes.jsonValidation, [{ fileMatch: "activation-lens.json", url: `./${FILE}` }]);
  assert.ok(readFileSync(".vscodeignore", "utf8").includes(`!${FILE}`), "it goes into the package");
});

const values: readonly unknown[] = [
  ...[null, true, false, 0, 0.5, 1.5, -1, "", "a", "error", "off", "never", "default"],
  ...[[], ["a"], [""], [1], ["zero-weights"], [["a"]], {}, { a: 1 }],
  ...[{ "dying-relu": 0.4 }, { "dying-relu": 4 }, { "dying-relu": "off" }, { "dying-relu": "loud" }],
  ...[{ "zero-weights": 1 }, { "*.py": ["zero-weights"] }, { "*.py": ["none"] }, { "": [] }, { "*.py": "a" }],
  ...[["./a"], ["../a"], ["!./a"], [".a/b"], ["a/../b"], { "./a": [] }, { ".a": [] }],
];

test("the schema takes what the reader takes, and refuses what it refuses", () => {
  const seen = new Set<boolean>();
  for (const name of [...names, "exlude"]) {
    for (const value of values) {
      const data = { [name]: value };
      const isValid = validate(data);
      seen.add(isValid);
      assert.equal(isValid, isRead(data), JSON.stringify(data));
    }
  }
  for (const data of [[], "a", 1, null, { $schema: "./x.json" }]) assert.equal(validate(data), isRead(data));
  assert.equal(seen.size, 2);
});

test("every option is described, with a default and an example that are valid", () => {
  for (const name of names) {
    const { description, example, ...rest } = options[name];
    assert.ok(description.length > 30 && description.endsWith("."), name);
    assert.ok(validate({ [name]: example }), name);
    if ("default" in rest) assert.ok(validate({ [name]: rest.default }), name);
  }
});
