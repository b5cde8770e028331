// What decides whether a fix did what it says: on observations made up here. The frameworks aren't needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, inspect, type Network } from "../../../src/engine/index.ts";
import { againProblems } from "./again.ts";
import { applied } from "./apply.ts";
import { ask } from "./asking.ts";
import { families, generated } from "./generate/index.ts";
import { judge } from "./judge.ts";
import { type Activated, type Observation, PROBES, type Statistics, type Step } from "./observation.ts";

const TEXT = `import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
loss = nn.CrossEntropyLoss()(model(torch.randn(16, 8)), torch.randint(0, 3, (16,)))
loss.backward()
optimizer.step()
`;
const { analysis, fixes } = inspect({ path: "model.py", text: TEXT });
const network = analysis.networks[0] as Network;
const made = ask([network], fixes);

const drawn = (std: number, count: number): Statistics => ({
  count,
  mean: 0,
  std,
  min: -2 * std,
  max: 2 * std,
});
const dense = (fanIn: number, units: number, std: number): Step => ({
  op: "dense",
  name: "linear",
  fanIn,
  units,
  weights: drawn(std, fanIn * units),
  bias: drawn(0.1, units),
});
const leaky = (slope: number): Activated => ({
  op: "activation",
  name: slope === 0 ? "relu" : "leaky_relu",
  values: PROBES.map((x) => (x > 0 ? x : slope * x)),
  gradients: PROBES.map((x) => (x > 0 ? 1 : slope)),
});

const [FIRST, LAST] = [0.2, 0.07];
const STEPS = [dense(8, 64, FIRST), leaky(0), dense(64, 3, LAST)];

function observed(steps: readonly Step[], more: Partial<Observation> = {}, gradient = 0): Observation {
  return {
    id: 1,
    networks: [
      {
        name: "Sequential",
        steps,
        parameters: [["0.weight", [64, 8]]],
        input: null,
        lowest: 0.5,
        output: [3, 4],
        gradient,
      },
    ],
    training: [{ optimiser: "SGD", rates: [0.1], gradient: 2, update: 0.2 }],
    ...more,
  };
}

function judged(kind: Change["kind"], after: Observation): readonly string[] {
  const found = made.find(({ change }) => change.kind === kind);
  assert.ok(found?.fix, `${kind} is offered`);
  return judge({ network, change: found.change, fix: found.fix, before: observed(STEPS), after });
}

const switched = (slope: number) => [STEPS[0], leaky(slope), STEPS[2]] as readonly Step[];

test("a switch is right when the function, and nothing else, is another", () => {
  assert.deepEqual(judged("leaky-relu", observed(switched(0.125), {}, 0.3)), []);
  assert.match(judged("leaky-relu", observed(switched(0.2), {}, 0.3))[0] ?? "", /not leaky-relu 0.125/);
  assert.match(judged("leaky-relu", observed(STEPS, {}, 0.3))[0] ?? "", /not leaky-relu/);
  assert.match(judged("leaky-relu", observed(switched(0.125).slice(0, 2), {}, 0.3))[0] ?? "", /ends after 2/);
  assert.match(
    judged("leaky-relu", observed([...switched(0.125), leaky(0)], {}, 0.3))[0] ?? "",
    /not there before/,
  );
});

test("a network of the first layers of another changes with it, and no other does", () => {
  const change = made.find((one) => one.change.kind === "leaky-relu");
  assert.ok(change?.fix);
  const { fix } = change;
  const pair = (slope: number, part = "0.weight", name = leaky(slope).name): Observation => {
    const whole = observed(switched(slope), {}, 0.3);
    const [network] = whole.networks;
    assert.ok(network);
    const steps = [STEPS[0], { ...leaky(slope), name }] as readonly Step[];
    return { ...whole, networks: [network, { ...network, steps, parameters: [[part, [64, 8]]] }] };
  };
  const judgedPair = (before: Observation, after: Observation) =>
    judge({ network, change: change.change, fix, before, after });
  assert.deepEqual(judgedPair(pair(0), pair(0.125)), []);
  const another = /in another network/;
  assert.match(judgedPair(pair(0), pair(0.125, "0.weight", "elu")).join(), another, "it changes otherwise");
  assert.match(judgedPair(pair(0, "1.weight"), pair(0.125, "1.weight")).join(), another, "layers of its own");
});

test("a switch gives a gradient, and keeps what is positive", () => {
  assert.match(judged("leaky-relu", observed(switched(0.125), {}, 0))[0] ?? "", /no gradient/);
  const [other] = observed(switched(0.125), {}, 0.3).networks;
  assert.ok(other);
  const after = observed(switched(0.125), { networks: [{ ...other, output: [3, 5] }] });
  assert.match(judged("leaky-relu", after)[0] ?? "", /positive inputs give/);
});

test("a program that fails afterwards is a wrong fix", () => {
  assert.match(judged("prelu", observed(STEPS, { error: "NameError" }))[0] ?? "", /NameError/);
});

test("a learning rate is the one that was asked for, and so is the step", () => {
  const found = made.find(({ change }) => change.kind === "learning-rate");
  assert.ok(found?.change.kind === "learning-rate");
  const { rate } = found.change;
  const trained = (now: number, update: number) =>
    observed(STEPS, { training: [{ optimiser: "SGD", rates: [now], gradient: 2, update }] });
  assert.deepEqual(judged("learning-rate", trained(rate, 2 * rate)), []);
  assert.equal(judged("learning-rate", trained(0.1, 0.2)).length, 1);
  assert.equal(judged("learning-rate", trained(rate, 0.2)).length, 1);
});

test("clipping shows in the gradient that the optimiser gets", () => {
  const clipped = (gradient: number) =>
    observed(STEPS, { training: [{ optimiser: "SGD", rates: [0.1], gradient, update: 0.1 }] });
  assert.deepEqual(judged("clip-gradients", clipped(0.0001)), []);
  assert.equal(judged("clip-gradients", clipped(2)).length, 1);
});

test("weights are drawn with the gain of what follows, the others as before", () => {
  const he = Math.sqrt(2 / 8);
  assert.deepEqual(judged("initialiser", observed([dense(8, 64, he), leaky(0), dense(64, 3, LAST)])), []);
  assert.match(judged("initialiser", observed(STEPS))[0] ?? "", /suits no relu/);
  assert.match(
    judged("initialiser", observed([dense(8, 64, he), leaky(0), dense(64, 3, 0.4)]))[0] ?? "",
    /was not asked for/,
  );
});

test("BatchNorm stands before the activation and is as wide as the layer", () => {
  const norm = (units: number): Step => ({ op: "norm", name: "batch_norm", units });
  const steps = (...between: readonly Step[]) => [STEPS[0], ...between, STEPS[2]] as readonly Step[];
  assert.deepEqual(judged("batch-norm", observed(steps(norm(64), leaky(0)))), []);
  assert.equal(judged("batch-norm", observed(steps(norm(8), leaky(0)))).length, 1);
  assert.equal(judged("batch-norm", observed(steps(leaky(0), norm(64)))).length, 1);
});

const WINE = `from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
clf = MLPClassifier(hidden_layer_sizes=(8,))
clf.fit(X_train, y_train)
clf.score(X_test, y_test)
`;

test("scaled are all inputs, those for tests too", () => {
  const { analysis, fixes } = inspect({ path: "wine.py", text: WINE });
  const found = ask(analysis.networks, fixes).find(({ change }) => change.kind === "scale-input");
  assert.ok(found?.fix);
  const { network, change, fix } = found;
  const steps = [dense(13, 8, FIRST), leaky(0), dense(8, 3, LAST)];
  const raw: Statistics = { count: 1000, mean: 70, std: 200, min: 0, max: 1500 };
  const shown = (input: Statistics, ...shownLater: readonly Statistics[]): Observation => {
    const [first] = observed(steps).networks;
    assert.ok(first);
    return observed(steps, { networks: [{ ...first, input, shownLater }] });
  };
  const words = (after: Observation) => judge({ network, change, fix, before: shown(raw, raw), after });
  const scaled = drawn(1, 1000);
  assert.deepEqual(words(shown(scaled, scaled)), []);
  assert.match(words(shown(raw, scaled))[0] ?? "", /the input is .*1500/);
  assert.match(words(shown(scaled, raw))[0] ?? "", /the input is .*1500/);
  assert.match(words(shown(scaled))[0] ?? "", /shown 0 others/);
});

test("a change that is still there to be made is found the second time", () => {
  const rate = made.find(({ change }) => change.kind === "learning-rate");
  assert.ok(rate?.fix);
  const again = (text: string) => againProblems(rate, { path: "model.py", text }, [network]);
  assert.deepEqual(again(applied(TEXT, rate.fix)), []);
  assert.match(again(TEXT)[0] ?? "", /a second time it changes/);
  assert.match(again("import torch\n")[0] ?? "", /not read/);
});

test("generated programs are the same in every run, and differ from each other", () => {
  for (const family of families) {
    const texts = Array.from({ length: 30 }, (_, number) => generated(family, number));
    assert.deepEqual(
      texts.slice(0, 3),
      [0, 1, 2].map((number) => generated(family, number)),
    );
    assert.equal(new Set(texts).size, 30, family);
  }
});

test("every fix of a generated program can be carried out, and a switch is not offered twice", () => {
  let offered = 0;
  for (const family of families) {
    for (let number = 0; number < 8; number++) {
      const text = generated(family, number);
      const path = family === "tfjs" ? "model.js" : "model.py";
      const first = inspect({ path, text });
      for (const { fix, change } of ask(first.analysis.networks, first.fixes)) {
        if (!fix) continue;
        offered++;
        const again = inspect({ path, text: applied(text, fix) });
        if (change.kind !== "leaky-relu" || first.analysis.networks.length > 1) continue;
        const isLeft = again.analysis.networks.some(({ layers }) =>
          layers.some(({ site }) => site !== null && site.activation === "relu" && change.sites.length > 1),
        );
        assert.ok(!isLeft, `${family} ${number}`);
      }
    }
  }
  assert.ok(offered > 200, `${offered} fixes offered`);
});
