import assert from "node:assert/strict";
import test from "node:test";
import { analyze } from "../../../src/engine/index.ts";
import type { ConfigLanguage } from "../../../src/engine/model.ts";

/** Each would overflow the stack or take minutes in a reader that is not made for it; the time limit is generous. */
const HOSTILE: readonly (readonly [string, ConfigLanguage, string, number])[] = [
  [
    "10,000 lists in one another",
    "json",
    `{"model_type":1,"a":${"[".repeat(10_000)}${"]".repeat(10_000)},"hidden_act":"relu"}`,
    1,
  ],
  ["10,000 maps that never end", "json", '{"model_type":1,"hidden_act":"relu","a":'.repeat(10_000), 100],
  [
    "one string of a million letters",
    "json",
    `{"model_type":1,"hidden_act":"relu","w":"${"Ab9act_".repeat(150_000)}"}`,
    1,
  ],
  ["half a million escapes", "json", `{"model_type":1,"hidden_act":"relu",${'"\\'.repeat(500_000)}`, 1],
  ["a comment that never ends", "json", `{"model_type":1,"hidden_act":"relu"} /${"*".repeat(1_000_000)}`, 1],
  ["brackets in YAML", "yaml", `layers: 1\nactivation: relu\nx: ${"[".repeat(10_000)}`, 1],
  ["dashes in YAML", "yaml", `layers: 1\nactivation: relu\n${"- ".repeat(400_000)}`, 0],
  [
    "indentation in YAML",
    "yaml",
    `layers: 1\nactivation: relu\n${Array.from({ length: 1_000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")}`,
    1,
  ],
  [
    "messages in messages",
    "prototxt",
    `layer { type: "ReLU" ${"a {".repeat(10_000)}${"}".repeat(10_000)} }`,
    1,
  ],
  [
    "blanks in an option",
    "darknet",
    `[net]\n[convolutional]\nactivation=relu\n${" ".repeat(300_000)}=a\n${"a ".repeat(100_000)}`,
    1,
  ],
];

for (const [name, language, text, expected] of HOSTILE) {
  test(name, { timeout: 30_000 }, () => {
    assert.equal(analyze({ path: "x", text, language }).sites.length, expected);
  });
}

test("endings say the language, and a file without a word of it is not parsed", () => {
  const { sites, skipped } = analyze({
    path: "a/b.yolo.cfg",
    text: "[net]\n[convolutional]\nactivation=leaky\n",
  });
  assert.deepEqual([sites.length, skipped], [1, undefined]);
  assert.deepEqual(
    analyze({ path: "package.json", text: '{"name": "softmax", "main": "relu.js"}' }).sites,
    [],
  );
});
