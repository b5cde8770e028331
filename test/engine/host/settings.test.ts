import assert from "node:assert/strict";
import { test } from "node:test";
import { isFixTarget, isPlaceTarget } from "../../../src/host/commandIds.ts";
import { defaults, ruleProblems, updatePlace, validSetting } from "../../../src/host/settingIds.ts";

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

test("entries for rules that don't fit are told by the setting's name, and have no effect", () => {
  const rules = { "dying-relu": "off", "zero-weights": "loud", dead: "off" } as object as Record<
    string,
    "off"
  >;
  const thresholds = { "dying-relu": 0.4, "step-too-large": "1", "relu-on-output": 1 } as object as Record<
    string,
    number
  >;
  assert.deepEqual(ruleProblems({ rules: { "dying-relu": "off" }, thresholds: { "dying-relu": 0.4 } }), []);
  assert.deepEqual(
    ruleProblems({ rules, thresholds }).map((text) => text.replace(/(?<=must be|no threshold).*/, "")),
    [
      "activationLens.rules: the severity of zero-weights must be",
      "activationLens.rules: there is no rule dead",
      "activationLens.thresholds: the threshold of step-too-large must be",
      "activationLens.thresholds: relu-on-output has no threshold",
    ],
  );
});
