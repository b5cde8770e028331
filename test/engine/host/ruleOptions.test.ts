import assert from "node:assert/strict";
import { test } from "node:test";
import { rules } from "../../../src/engine/index.ts";
import { hiddenBy } from "../../../src/host/hiddenFiles.ts";
import { optionsOf } from "../../../src/host/ruleOptions.ts";
import { Config } from "../../../src/settings/index.ts";

const settings = {
  rules: { "dying-relu": "hint", "zero-weights": "error" },
  thresholds: { "dying-relu": 0.3, "step-too-large": 2 },
} as const;

test("without a configuration the settings hold", () => {
  const { rules: severities, thresholds } = settings;
  assert.deepEqual(optionsOf(settings, undefined, "/p/a.py"), { severities, thresholds });
});

test("a configuration wins where it says something, and the settings hold where it is silent", () => {
  const config = new Config({
    file: "/p/activation-lens.json",
    written: {
      severity: { "dying-relu": "warning" },
      threshold: { "step-too-large": 5 },
      "per-file-ignores": { "t/": ["zero-weights"] },
    },
  });
  assert.deepEqual(optionsOf(settings, config, "/p/a.py"), {
    severities: { "dying-relu": "warning", "zero-weights": "error" },
    thresholds: { "dying-relu": 0.3, "step-too-large": 5 },
  });
  assert.deepEqual(optionsOf(settings, config, "/p/t/a.py").severities, {
    "dying-relu": "warning",
    "zero-weights": "off",
  });
});

test("of files that are not among those to read no rule says anything", () => {
  const config = new Config({
    file: "/p/activation-lens.json",
    written: { "extend-exclude": ["gen/"], include: ["*.py"] },
  });
  for (const path of ["/p/gen/a.py", "/p/a.js", "/p/venv/lib/a.py"]) {
    const { severities = {} } = optionsOf(settings, config, path);
    assert.deepEqual(
      rules.map(({ name }) => severities[name]).filter((level) => level !== "off"),
      [],
      path,
    );
  }
});

test("what files.exclude hides is hidden, by the editor's globs", () => {
  const isHidden = hiddenBy("/p", {
    "**/*.{tmp,bak}": true,
    "out/*.py": true,
    top: true,
    "**/on": false,
    "**/x": { when: "y" },
  });
  const hidden = ["/p/a/b.tmp", "/p/b.bak", "/p/out/a.py", "/p/top"];
  for (const path of hidden) assert.ok(isHidden(path, false), path);
  for (const path of ["/p/a/out/a.py", "/p/a/top", "/p/on", "/p/x"]) assert.ok(!isHidden(path, false), path);
  assert.ok(!hiddenBy("/p", undefined)("/p/a", true));
});
