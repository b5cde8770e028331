import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fileRecord, siteRecords } from "../../src/cli/results/contract.ts";
import { placesOf } from "../../src/cli/results/places.ts";
import { programOf } from "../../src/engine/index.ts";
import { analysis, network, source } from "./support.ts";

const file = (parts = {}) => ({ name: "models/m.py", places: placesOf(source), analysis: analysis(parts) });
const fingerprint = (...parts: string[]) =>
  `${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)}:1`;
const place = { line: 3, column: 28, endLine: 3, endColumn: 45 };

test("a site has the fields of the contract, columns in UTF-16 units", () => {
  assert.deepEqual(siteRecords(file()), [
    {
      file: "models/m.py",
      ...place,
      activation: "leaky_relu",
      framework: "pytorch",
      kind: "class_call",
      params: { negative_slope: 0.2 },
      certainty: "certain",
    },
  ]);
});

test("a file has networks and findings as the contract has them", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(fileRecord(file()))), {
    file: "models/m.py",
    networks: [
      {
        name: "net",
        line: 2,
        framework: "pytorch",
        layers: [
          {
            kind: "dense",
            line: 3,
            fanIn: 4,
            fanOut: 8,
            activation: "leaky_relu",
            normalisation: "batch",
            deadAtInit: 0.0312346,
            deadAfterTraining: 0.25,
            stepSize: 0.4,
          },
          {
            kind: "dense",
            line: 4,
            fanIn: 8,
            fanOut: 1,
            activation: null,
            normalisation: null,
            deadAtInit: null,
            deadAfterTraining: null,
            stepSize: null,
          },
        ],
        risk: {
          deadAtInit: 0.02,
          deadAfterTraining: 0.333333,
          probabilityOver25: 0.52,
          probabilityNaN: 0.01,
          probabilityFailure: 0.1,
          range: [0.21, 0.44],
          assumptions: ["learning rate not in this file: Adam default 0.001"],
        },
        gaps: [],
      },
    ],
    findings: [
      {
        rule: "dying-relu",
        severity: "warning",
        ...place,
        message: "Units may die.",
        evidence: [{ text: "narrow", line: 3, value: 8, source: "a paper" }, { text: "no place" }],
        causes: [{ factor: "width", effect: -0.24 }],
        fixes: [
          {
            title: "Use ELU",
            kind: "elu",
            applicability: "changes-training",
            edits: [{ ...place, text: "nn.ELU()" }],
            note: "Slower.",
          },
        ],
        fingerprint: fingerprint("dying-relu", "net", "nn.LeakyReLU(0.2)"),
      },
    ],
  });
});

test("a network that is not read whole has no risk, and says what is missing", () => {
  const gaps = [{ span: network.span, what: "width of layer 3 is not known" }];
  const [record] = fileRecord(file({ networks: [{ ...network, risk: null, gaps }] })).networks;
  assert.equal(record?.risk, null);
  assert.deepEqual(record?.gaps, [{ line: 2, what: "width of layer 3 is not known" }]);
  assert.deepEqual(
    record?.layers.map(({ deadAtInit, stepSize }) => [deadAtInit, stepSize]),
    [
      [null, null],
      [null, null],
    ],
  );
});

test("a file without anything has empty lists", () => {
  const empty = file({ sites: [], networks: [], findings: [] });
  assert.deepEqual(siteRecords(empty), []);
  assert.deepEqual(fileRecord(empty), { file: "models/m.py", networks: [], findings: [] });
});

test("in a notebook every position names its cell, lines and columns are those of the cell", () => {
  const lines = source.split("\n");
  // Line 3 is a cell of its own; the network begins in the cell before.
  const program = programOf([
    { index: 1, text: lines.slice(0, 2).join("\n") },
    { index: 4, text: lines[2] ?? "" },
    { index: 5, text: lines.slice(3).join("\n") },
  ]);
  const gaps = [{ span: network.span, what: "a gap" }];
  const notebook = {
    name: "n.ipynb",
    places: placesOf("", program),
    analysis: analysis({ notebook: program, networks: [{ ...network, gaps }] }),
  };
  const inCell = { cell: 4, line: 1, column: 28, endLine: 1, endColumn: 45 };
  const [siteRecord] = siteRecords(notebook);
  assert.deepEqual({ ...siteRecord, ...inCell }, siteRecord);
  const { networks, findings } = fileRecord(notebook);
  assert.deepEqual([networks[0]?.cell, networks[0]?.line], [1, 2]);
  assert.deepEqual(
    networks[0]?.layers.map(({ cell, line }) => [cell, line]),
    [
      [4, 1],
      [5, 1],
    ],
  );
  assert.deepEqual(networks[0]?.gaps, [{ cell: 1, line: 2, what: "a gap" }]);
  assert.deepEqual({ ...findings[0], ...inCell }, findings[0]);
  assert.deepEqual([findings[0]?.evidence[0]?.cell, findings[0]?.evidence[0]?.line], [4, 1]);
  assert.deepEqual(findings[0]?.fixes[0]?.edits, [{ ...inCell, text: "nn.ELU()" }]);
  // A span that goes on in the next cell ends with its own.
  assert.deepEqual(notebook.places.of(network.span), {
    cell: 1,
    line: 2,
    column: 7,
    endLine: 2,
    endColumn: 21,
  });
});
