import assert from "node:assert/strict";
import { test } from "node:test";
import { isFixTarget, isPlaceTarget } from "../../../src/host/commandIds.ts";
import { defaults, updatePlace, validSetting } from "../../../src/host/settingIds.ts";

test("values of the wrong type count as not set", () => {
  assert.equal(validSetting("enabled", "yes"), true);
  assert.equal(validSetting("codeLens.activations", "some"), "all");
  assert.equal(validSetting("maximumFileSize", -1), defaults.maximumFileSize);
  assert.deepEqual(validSetting("rules", [1]), {});
  assert.deepEqual(validSetting("rules", null), {});
});

test("values of the right type are taken", () => {
  assert.equal(validSetting("enabled", false), false);
  assert.equal(validSetting("codeLens.activations", "risky"), "risky");
  assert.deepEqual(validSetting("rules", { "dying-relu": "off" }), { "dying-relu": "off" });
});

test("a change is written where the present value comes from", () => {
  assert.deepEqual(updatePlace(undefined), { target: "global", inLanguage: false });
  assert.deepEqual(updatePlace({ globalValue: true, workspaceValue: false }), {
    target: "workspace",
    inLanguage: false,
  });
  assert.deepEqual(updatePlace({ globalLanguageValue: true, workspaceFolderValue: false }), {
    target: "global",
    inLanguage: true,
  });
});

test("arguments of commands come from anywhere", () => {
  assert.ok(isFixTarget({ uri: "a", version: 1, offsets: [3] }));
  for (const bad of [undefined, null, 1, {}, { uri: "a", version: 1, offsets: ["3"] }]) {
    assert.ok(!isFixTarget(bad));
    assert.ok(!isPlaceTarget(bad));
  }
});
