// SARIF: what is said, and that Microsoft's own reader of the format takes it. That tool carries the standard's schema.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { sarif } from "../../../src/cli/reporters/sarif.ts";
import { fileOf, locationOf } from "../../../src/cli/reporters/uri.ts";
import { rules } from "../../../src/engine/index.ts";
import { analysis, finding, folder, network, runCli } from "../support.ts";
import { checked, inNotebook, printed, report } from "./support.ts";

const skipped = [{ file: "x y.py", reason: "binary file" }];
const runOf = (...args: Parameters<typeof printed>) => JSON.parse(printed(...args)).runs[0];

test("a result has its place, its fixes, what belongs to it, and a fingerprint", () => {
  const [result] = runOf(sarif(report), [checked("a/m.py")]).results;
  const artifactLocation = { uri: "a/m.py", uriBaseId: "%SRCROOT%" };
  const region = { startLine: 3, startColumn: 28, endLine: 3, endColumn: 45 };
  assert.deepEqual(result, {
    ruleId: "dying-relu",
    ruleIndex: rules.findIndex(({ name }) => name === "dying-relu"),
    level: "warning",
    message: { text: "Units may die." },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    relatedLocations: [
      {
        id: 0,
        message: { text: "narrow" },
        physicalLocation: { artifactLocation, region: { startLine: 3 } },
      },
    ],
    partialFingerprints: result.partialFingerprints,
    fixes: [
      {
        description: { text: "Use ELU. Slower." },
        artifactChanges: [
          {
            artifactLocation,
            replacements: [{ deletedRegion: region, insertedContent: { text: "nn.ELU()" } }],
          },
        ],
      },
    ],
    properties: { severity: "warning" },
  });
  assert.match(result.partialFingerprints["activationLens/v1"], /^[0-9a-f]{32}:1$/);
});

test("levels are those of the standard, the severity stays a property", () => {
  const findings = (["error", "warning", "information", "hint"] as const).map((severity) => ({
    ...finding,
    severity,
  }));
  const { results } = runOf(sarif(report), [checked("m.py", { findings })]);
  assert.deepEqual(
    results.map((each: { level: string }) => each.level),
    ["error", "warning", "note", "note"],
  );
  assert.equal(results[3].properties.severity, "hint");
});

test("every rule is described, and what was skipped is a notification", () => {
  const run = runOf(sarif(report), [checked("m.py")], skipped);
  const { driver } = run.tool;
  assert.equal(driver.semanticVersion, "1.2.3");
  assert.deepEqual(
    driver.rules.map((each: { id: string }) => each.id),
    rules.map(({ name }) => name),
  );
  for (const { fullDescription, help, name } of driver.rules) {
    assert.match(name, /^[A-Z][A-Za-z]+$/);
    assert.ok(fullDescription.text.length > 30 && help.text.length > 100 && help.markdown.length > 100);
  }
  assert.deepEqual(run.invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation, {
    artifactLocation: { uri: "x%20y.py", uriBaseId: "%SRCROOT%" },
  });
});

test("in a notebook the cell is a logical location, and no edit is said of its JSON", () => {
  const [result] = runOf(sarif(report), [inNotebook("n.ipynb")]).results;
  assert.equal(result.message.text, "Cell 3, line 3: Units may die.");
  assert.deepEqual(result.locations[0].logicalLocations, [{ name: "cell 3", kind: "module" }]);
  assert.deepEqual(result.locations[0].physicalLocation.region, { startLine: 1 });
  assert.equal(result.fixes, undefined);
});

test("names are percent-encoded, and the way back gives them", () => {
  const cases = {
    "a/b c#1?.py": { uri: "a/b%20c%231%3F.py", uriBaseId: "%SRCROOT%" },
    "./a/../é.py": { uri: "%C3%A9.py", uriBaseId: "%SRCROOT%" },
    "c:x.py": { uri: "c%3Ax.py", uriBaseId: "%SRCROOT%" },
    "../a.py": { uri: "../a.py" },
    "/r/100%.py": { uri: "file:///r/100%25.py" },
    "C:/r/a b.py": { uri: "file:///C:/r/a%20b.py" },
  };
  for (const [name, location] of Object.entries(cases)) {
    assert.deepEqual(locationOf(name), location);
    assert.equal(fileOf(location.uri), path.posix.normalize(name));
    // Both a reader with a base and one without take it.
    assert.equal(new URL(location.uri, "file:///base/x/").protocol, "file:");
  }
});

test("fingerprints outlive what is edited elsewhere, and tell equal lines apart", () => {
  const prints = (text: string, ...marked: number[]) => {
    const all = [...text.matchAll(/bad\(\d*\)/g)].filter((_, index) => marked.includes(index));
    const findings = all.map(({ index, 0: { length } }) => ({
      ...finding,
      span: { from: index, to: index + length },
      evidence: [],
      fixes: [],
    }));
    return checked("m.py", { networks: [], findings }, text).findings.map((each) => each.fingerprint);
  };
  const before = prints("bad(1)\nbad(2)\nbad(2)\n", 0, 1, 2);
  assert.equal(new Set(before).size, 3);
  assert.deepEqual(prints("# new\n\n\tbad(1)  # c\nx\nbad(2); bad(2)\n", 0, 1, 2), before);
  assert.notDeepEqual(prints("bad(3)", 0), before.slice(0, 1));
  // Neither the figures of a message nor the severity are part of it, the network is.
  const [a, b, c] = [
    checked("m.py", { findings: [finding] }),
    checked("n.py", { findings: [{ ...finding, message: "9 %", severity: "hint" }] }),
    checked("m.py", { networks: [{ ...network, name: "other" }], findings: [finding] }),
  ].map((each) => each.findings[0]?.fingerprint);
  assert.equal(a, b);
  assert.notEqual(a, c);
});

const tool = `node_modules/@microsoft/sarif-multitool-${process.platform}/Sarif.Multitool${process.platform === "win32" ? ".exe" : ""}`;

test("the format's own tool finds nothing wrong with it", {
  skip: !existsSync(tool) && "no build of the tool for this machine",
}, async (context) => {
  const model = (lr: number) =>
    `import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3), nn.ReLU())\nloss = nn.CrossEntropyLoss()\nopt = torch.optim.SGD(net.parameters(), lr=${lr})\n`;
  const cell = (source: string) => ({ cell_type: "code", metadata: {}, outputs: [], source });
  const root = folder(context, {
    "a é#.py": model(9),
    "bin.py": "\0\0",
    "n.ipynb": JSON.stringify({ cells: [cell(model(9))], nbformat: 4, nbformat_minor: 5, metadata: {} }),
  });
  const real = await runCli(["check", root, "--format", "sarif"]);
  assert.ok(JSON.parse(real.out).runs[0].results.length >= 4, real.error);
  const logs = {
    "real.sarif": real.out,
    "made.sarif": printed(
      sarif(report),
      [checked("m.py"), inNotebook("n.ipynb"), checked("/r/C:/x y.py")],
      skipped,
    ),
    "empty.sarif": printed(sarif(report), [checked("m.py", analysis({ findings: [] }))]),
    // So that a tool which sees nothing does not pass for a log in which nothing is wrong.
    "wrong.sarif": real.out.replaceAll('"level":', '"levl":'),
  };
  chmodSync(tool, 0o755);
  for (const [name, text] of Object.entries(logs)) {
    const log = path.join(root, name);
    writeFileSync(log, text);
    const { stdout } = spawnSync(tool, ["validate", log, "--rule-kind", "Sarif;Ghas"], { encoding: "utf8" });
    assert.match(stdout, /1 files scanned/);
    const told = stdout.split("\n").filter((line) => /: (?:error|warning) /.test(line));
    if (name === "wrong.sarif") assert.match(told.join("\n"), /JSON1005.*levl/);
    // The project has no address yet that it could give.
    else
      assert.deepEqual(
        told.filter((line) => !line.includes("'informationUri'")),
        [],
        name,
      );
  }
});
