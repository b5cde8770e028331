import assert from "node:assert/strict";
import { test } from "node:test";
import { activationById } from "../../../src/engine/index.ts";
import {
  code,
  escapeMarkdown,
  gradientText,
  headingText,
  networkHoverText,
  parameterText,
  riskText,
  verdictText,
} from "../../../src/host/hoverText.ts";
import { analysis, finding, network, risk, site, spanOf } from "./sample.ts";

const relu = activationById("relu");
const leakyRelu = activationById("leaky_relu");
const slope = site({
  activation: "leaky_relu",
  parameters: { negative_slope: 0.01 },
  defaulted: ["negative_slope"],
});

test("the heading names function, formula and origin", () => {
  assert.equal(headingText(relu, site()), "**ReLU** · `f(x) = max(0, x)` · `torch.nn.ReLU` (PyTorch)");
});

test("an activation that the catalogue doesn't know still has a heading", () => {
  const odd = site({ activation: "new_unit", symbol: "torch.nn.NewUnit", certainty: "likely" });
  assert.match(
    headingText(undefined, odd),
    /^\*\*new unit\*\* · `torch\.nn\.NewUnit` \(PyTorch\) · probably/,
  );
});

test("the gradient at a kink is told from both sides, and what the framework uses", () => {
  assert.ok(relu);
  assert.equal(
    gradientText(relu, site()),
    "Gradient: f′(−2) = 0, f′(2) = 1; undefined at 0 (left 0, right 1); PyTorch uses 0",
  );
});

test("a default is said to be one", () => {
  assert.match(
    parameterText(leakyRelu, slope) ?? "",
    /negative_slope = 0\.01` \(PyTorch default, not written in the code\)$/,
  );
  const written = { ...slope, defaulted: [] };
  assert.match(parameterText(leakyRelu, written) ?? "", /negative_slope = 0\.01`$/);
  assert.equal(parameterText(relu, site()), null);
});

test("verdicts need a finding", () => {
  const high = [network({ risk: risk(0.31) })];
  assert.equal(
    verdictText(analysis({ networks: high, findings: [finding({ severity: "hint" })] }), site()),
    null,
  );
  assert.equal(verdictText(analysis({ networks: high }), site()), null);
  assert.equal(
    verdictText(analysis({ networks: high, findings: [finding()] }), site()),
    "$(warning) **About 30 % of units may die**",
  );
});

test("risk comes with layer, evidence and assumptions", () => {
  const evidence = [{ text: "inputs are 97 % alike", source: "measured runs" }];
  const net = network({ risk: risk(0.31, { assumptions: ["batch size: 64"] }) });
  const text = riskText(analysis({ networks: [net], findings: [finding({ evidence })] }), site()).join("\n");
  assert.match(text, /\*\*Net\*\*: layer 1 of 2 \(dense, fan\\-in 784, 256 units, PyTorch default init\)/);
  assert.match(text, /- inputs are 97 % alike\n\nSource: measured runs/);
  assert.match(text, /Assumed: batch size: 64/);
});

test("a network that could not be read says what is missing", () => {
  const gaps = [{ span: spanOf("class"), what: "width of layer 1 is not known" }];
  const sample = analysis({ networks: [network({ gaps, risk: null })] });
  assert.deepEqual(riskText(sample, site()), ["**Net**: risk not estimated: width of layer 1 is not known"]);
});

test("a network's hover shows where along the depth units die", () => {
  const layers = [0.01, 0.31, 0.5].map((share) => risk(share).layers[0]!);
  const net = network({ risk: risk(0.3, { layers }) });
  assert.match(
    networkHoverText(analysis({ networks: [net] }), net).join("\n"),
    /by hidden layer: few · 30 % · half/,
  );
});

test("names in the code can't become markup or command links", () => {
  assert.equal(escapeMarkdown("[x](command:y) *a* <b>\n"), "\\[x\\]\\(command:y\\) \\*a\\* \\<b\\> ");
  const net = network({ name: "[x](command:activationLens.applyFix)" });
  assert.ok(
    !networkHoverText(analysis({ networks: [net] }), net)
      .join("")
      .includes("](command:"),
  );
  assert.equal(code("a`b"), "``a`b``");
});
