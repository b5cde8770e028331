/** Where learning rates are changed, and where they stay. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { added } from "./asking.ts";
import { HEAD, LOSS, MODEL } from "./code.ts";

const torchRate = (code: string): string[] => added(`${HEAD}${MODEL}${LOSS}${code}`, "learning-rate");

test("a rate is changed where it is written, if it goes nowhere else", () => {
  assert.deepEqual(torchRate("optimizer = optim.Adam(model.parameters(), 0.5)\n"), [
    "optimizer = optim.Adam(model.parameters(), 0.0006)",
  ]);
  assert.deepEqual(torchRate("lr = 5e-1\nprint(lr)\noptimizer = optim.Adam(model.parameters(), lr=lr)\n"), [
    "lr = 6e-4",
  ]);
  assert.deepEqual(
    torchRate(
      "class Config:\n    lr = 0.5\n\ncfg = Config()\noptimizer = optim.Adam(model.parameters(), lr=cfg.lr)\n",
    ),
    ["    lr = 0.0006"],
  );
  assert.deepEqual(
    torchRate("lr = 0.5\nother = 2 * lr\noptimizer = optim.Adam(model.parameters(), lr=lr)\n"),
    ["no fix"],
    "something else is computed from it",
  );
  assert.deepEqual(
    torchRate("lr = 0.5\noptimizer = optim.Adam(model.parameters(), lr=lr * 2)\n"),
    ["no fix"],
    "what the optimiser is given is computed",
  );
});

test("in scripts a rate is changed in the default that counts, or in the object that a call gives", () => {
  const script = (head: string, call: string): string[] =>
    added(
      `import * as tf from "@tensorflow/tfjs";
${head}
  const net = tf.sequential();
  net.add(tf.layers.dense({ units, activation: "relu", inputShape: [8] }));
  net.add(tf.layers.dense({ units: 1 }));
  net.compile({ optimizer: tf.train.adam(lr), loss: "meanSquaredError" });
  return net;
}
${call}
`,
      "learning-rate",
      "model.ts",
    );
  const plain = "function make(units: number, lr = 0.5) {";
  assert.deepEqual(script(plain, "make(8);"), ["function make(units: number, lr = 0.0006) {"]);
  assert.deepEqual(script(plain, "make(8, .7);"), ["make(8, .0006);"]);
  const object = "const make = ({ units = 8, lr = 0.5 } = {}) => {";
  assert.deepEqual(script(object, "make();"), ["const make = ({ units = 8, lr = 0.0006 } = {}) => {"]);
  assert.deepEqual(script(object, "make({ lr: 7e-1 });"), ["make({ lr: 6e-4 });"]);
});

test("a rate is not brought below the one that its schedule ends with", () => {
  const made = "optimizer = optim.Adam(model.parameters(), lr=0.5)\n";
  const lowered = ["optimizer = optim.Adam(model.parameters(), lr=0.0006)"];
  const schedules = "optim.lr_scheduler";
  for (const [schedule, wanted] of [
    ["CosineAnnealingLR(optimizer, 10, 0.01)", ["no fix"]],
    ["CosineAnnealingLR(optimizer, T_max=10, eta_min=1e-6)", lowered],
    ["ReduceLROnPlateau(optimizer, min_lr=0.001)", ["no fix"]],
    ["CyclicLR(optimizer, 0.01, 0.5)", ["no fix"]],
  ] as const)
    assert.deepEqual(torchRate(`${made}s = ${schedules}.${schedule}\n`), wanted, schedule);
});

test("a rate that ends in a point, as a whole", () => {
  for (const [rate, wanted] of [
    ["2.", "0.0006"],
    ["5.e-1", "6e-4"],
  ])
    assert.deepEqual(torchRate(`optimizer = optim.SGD(model.parameters(), lr=${rate}, momentum=.9)\n`), [
      `optimizer = optim.SGD(model.parameters(), lr=${wanted}, momentum=.9)`,
    ]);
});

test("a rate goes the ways that options take", () => {
  const option = (help: string): string =>
    `import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--lr", type=float, default=0.5, help=${help})\nargs = parser.parse_args()\n`;
  const made = "optimizer = optim.Adam(model.parameters(), lr=args.lr)\n";
  assert.deepEqual(torchRate(`${option('"initial rate (default: 0.5)"')}${made}`), [
    'parser.add_argument("--lr", type=float, default=0.0006, help="initial rate (default: 0.0006)")',
  ]);
  assert.deepEqual(torchRate(`${option('"rate, 0.5 in the paper"')}${made}`), [
    'parser.add_argument("--lr", type=float, default=0.0006, help="rate, 0.5 in the paper")',
  ]);
  assert.deepEqual(
    torchRate(
      `${option('"rate"')}@dataclass\nclass Hyper:\n    lr: float = 0.1\nh = Hyper(lr=args.lr)\n${made.replace("args", "h")}`,
    ),
    ['parser.add_argument("--lr", type=float, default=0.0006, help="rate")'],
    "through a data class",
  );
});

test("a rate that other code sets while it trains is left", () => {
  const made = "optimizer = optim.Adam(model.parameters(), lr=0.5)\n";
  assert.deepEqual(torchRate(`${made}for group in optimizer.param_groups:\n    group["lr"] = 0.1\n`), [
    "no fix",
  ]);
  assert.deepEqual(
    torchRate(`${made}s = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=9)\n`),
    ["no fix"],
  );
  assert.deepEqual(
    torchRate(`${made}s = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.5, total_steps=9)\n`),
    [
      "optimizer = optim.Adam(model.parameters(), lr=0.0006)",
      "s = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.0006, total_steps=9)",
    ],
  );
  assert.deepEqual(torchRate(`${made}s = optim.lr_scheduler.StepLR(optimizer, 10)\n`), [
    "optimizer = optim.Adam(model.parameters(), lr=0.0006)",
  ]);
});
