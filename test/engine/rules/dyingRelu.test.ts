/** One finding for a network, with its fixes in the order of their worth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineStarts, positionAt } from "../../../src/engine/index.ts";
import type { Change, Fix, FixSource, Network } from "../../../src/engine/model.ts";
import { dyingRelu } from "../../../src/engine/rules/dyingRelu.ts";
import { read } from "../support.ts";

const DEEP = `from torch import nn

model = nn.Sequential(
${Array.from({ length: 8 }, () => "    nn.Linear(64, 64),\n    nn.ReLU(),\n").join("")}    nn.Linear(64, 10),
)
`;

/** A source that makes everything it is asked for, but for some kinds. */
function source(without: readonly Fix["kind"][] = []): FixSource & { readonly asked: Change[] } {
  const asked: Change[] = [];
  return {
    asked,
    fix(_, change) {
      asked.push(change);
      const slope = change.kind === "leaky-relu" ? ` ${change.slope}` : "";
      return without.includes(change.kind)
        ? undefined
        : { title: change.kind + slope, kind: change.kind, edits: [], applicability: "changes-training" };
    },
    lossTakes: () => undefined,
  };
}

const network = (): Network => {
  const [only] = read(DEEP).networks;
  assert.ok(only?.risk);
  return only;
};

const THRESHOLD = dyingRelu.threshold?.default ?? 0;
const titles = (own: Network, fixes: FixSource) =>
  dyingRelu.check(own, fixes, THRESHOLD).map((finding) => finding.fixes.map(({ title }) => title));

test("a network has one finding, where its units begin to die, with the other layers as evidence", () => {
  const { findings, sites } = read(DEEP);
  const [finding] = findings;
  assert.equal(findings.length, 1);
  assert.ok(finding);
  const flagged = sites.filter(({ span }) => span.from >= finding.span.from);
  assert.ok(flagged.length > 1 && flagged.length < sites.length);
  for (const { span } of flagged)
    assert.ok(
      finding.evidence.some((one) => one.span?.from === span.from),
      positionOf(span.from),
    );
  const [first] = finding.message.match(/layers \d+–8/) ?? [];
  assert.equal(first, `layers ${8 - flagged.length + 1}–8`);
});

const positionOf = (offset: number): string => String(positionAt(lineStarts(DEEP), offset).line);

test("fixes of the cause come first, then ELU and Leaky ReLU at all sites of the network, six at most", () => {
  const fixes = source();
  assert.deepEqual(titles(network(), fixes), [
    ["initialiser", "batch-norm", "elu", "leaky-relu 0.2", "leaky-relu 0.01", "silu"],
  ]);
  for (const change of fixes.asked) if ("sites" in change) assert.equal(change.sites.length, 8);
});

test("what the estimate says of an activation ranks it among its like, never before the cause", () => {
  const own = network();
  const risk = own.risk && {
    ...own.risk,
    counterfactuals: [
      { factor: "GELU", effect: -0.9 },
      { factor: "Leaky ReLU (slope 0.01)", effect: -0.8 },
      ...own.risk.counterfactuals,
    ],
  };
  assert.deepEqual(titles({ ...own, risk }, source()), [
    ["initialiser", "batch-norm", "gelu", "leaky-relu 0.01", "elu", "leaky-relu 0.2"],
  ]);
});

test("where the cause can't be edited, ELU stands first, a leak never does, and the message names the cause", () => {
  const own = network();
  const unedited = ["initialiser", "batch-norm"] as const;
  assert.deepEqual(titles(own, source(unedited)), [
    ["elu", "leaky-relu 0.2", "leaky-relu 0.01", "silu", "prelu", "gelu"],
  ]);
  const [finding] = dyingRelu.check(own, source([...unedited, "elu"]), THRESHOLD);
  assert.deepEqual(finding?.fixes, []);
  assert.match(finding?.message ?? "", /He's initialiser would bring/);
});

test("where causes meet, the message says that one change is not enough, and the first fix is where to begin", () => {
  const text = DEEP.replace("from torch import nn", "from torch import nn, optim")
    .replace(
      "model = nn.Sequential(\n",
      `model = nn.Sequential(\n${"    nn.Linear(64, 64),\n    nn.ReLU(),\n".repeat(12)}`,
    )
    .concat("optimizer = optim.SGD(model.parameters(), lr=0.5)\ncriterion = nn.CrossEntropyLoss()\n");
  const finding = read(text).findings.find(({ rule }) => rule === "dying-relu");
  assert.match(
    finding?.message ?? "",
    /No single change is enough, begin with BatchNorm before the activation;/,
  );
  assert.equal(finding?.fixes[0]?.kind, "batch-norm");
});

test("one layer with biases far below 0 is named by itself", () => {
  const text = `from keras import Sequential, initializers, layers

model = Sequential([
    layers.Input(shape=(64,)),
    layers.Dense(64, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(64, activation="relu", bias_initializer=initializers.Constant(-4.0)),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
`;
  const [finding, ...others] = read(text).findings;
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? "", /^Nearly all of layer 2's units may die: their biases start at -4, /);
  assert.equal(finding?.fixes[0]?.kind, "zero-bias");
});

test("in scikit-learn nothing is advised that its perceptrons don't have", () => {
  const { findings } = read(
    "from sklearn.neural_network import MLPRegressor\nfrom sklearn.datasets import load_diabetes\nX, y = load_diabetes(return_X_y=True)\nMLPRegressor(hidden_layer_sizes=(2,) * 8).fit(X, y)\n",
  );
  const told = findings.filter(({ rule }) => rule === "dying-relu" || rule === "narrow-network");
  assert.deepEqual(told.map(({ rule }) => rule).sort(), ["dying-relu", "narrow-network"]);
  for (const { message } of told) assert.match(message, /or (?:use )?tanh/);
  assert.ok(!told.some(({ message }) => /use Leaky ReLU|BatchNorm before/.test(message)));
});
