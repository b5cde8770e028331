/** Programs in PyTorch. */
import { type Focus, flattened, type Plan, plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, indented, named, numeral, type Style, shuffled, style } from "./style.ts";
import { tensorsOf } from "./torchTables.ts";

/** How names of `torch.nn` are reached, and the imports for it. */
interface Names {
  nn(name: string): string;
  readonly functional: string;
  readonly optim: string;
  imports(): readonly string[];
}

function names(given: Style): Names {
  const { random } = given;
  const used = new Set<string>();
  const functional = random.of(["F", "F", "nn.functional", "torch.nn.functional", "func"]);
  const optim = random.of(["torch.optim.", "optim.", ""]);
  const form = random.of(["nn", "nn", "module", "from", "star", "torch", "alias"]);
  const prefix =
    { nn: "nn.", module: "nn.", from: "", star: "", torch: "torch.nn.", alias: "tnn." }[form] ?? "nn.";
  return {
    nn(name) {
      used.add(name);
      return prefix + name;
    },
    functional,
    optim,
    imports() {
      const lines = ["import torch"];
      if (form === "nn" || (functional === "nn.functional" && form !== "module"))
        lines.push("import torch.nn as nn");
      if (form === "module") lines.push("from torch import nn");
      if (form === "star") lines.push("from torch.nn import *");
      if (form === "alias") lines.push("import torch.nn as tnn");
      if (form === "from") {
        const list = [...used];
        lines.push(
          list.length > 3 && random.chance(0.5)
            ? `from torch.nn import ${bracketed({ ...given, broken: 1 }, list)}`
            : `from torch.nn import ${list.join(", ")}`,
        );
      }
      if (functional === "F" || functional === "func")
        lines.push(`import torch.nn.functional as ${functional}`);
      if (optim === "optim.")
        lines.push(random.of(["import torch.optim as optim", "from torch import optim"]));
      if (optim === "") lines.push("from torch.optim import Adam, SGD, RMSprop");
      return lines;
    },
  };
}

interface Made {
  readonly lines: readonly string[];
  /** The expression that makes the network. */
  readonly model: string;
}

const FORMS = [
  "sequential",
  "named",
  "built",
  "functional",
  "shared",
  "loop",
  "inner",
  "methods",
  "factory",
] as const;

/** Every module of the network in order, as calls. */
function modules(
  given: Style,
  about: Plan,
  { nn }: Names,
): readonly (readonly [name: string, call: string])[] {
  const { random } = given;
  const act = () =>
    nn("ReLU") +
    bracketed({ ...given, broken: 0 }, random.chance(0.3) ? [random.of(["inplace=True", "True"])] : []);
  const result: (readonly [string, string])[] = [];
  let [from, channels] = [about.features, about.channels];
  for (const [index, filters] of about.filters.entries()) {
    const size = random.of(["3", "kernel_size=3", "kernel_size=(3, 3)"]);
    result.push([`conv${index}`, nn("Conv2d") + bracketed(given, [String(channels), String(filters), size])]);
    if (about.norm) result.push([`norm${index}`, `${nn("BatchNorm2d")}(${filters})`]);
    result.push([`act${index}`, act()]);
    channels = filters;
  }
  if (about.kind === "cnn") {
    result.push(["flatten", `${nn("Flatten")}()`]);
    from = flattened(about);
  }
  for (const [index, width] of about.widths.entries()) {
    const sizes = random.chance(0.2)
      ? shuffled(given, [named(given, "in_features", from), named(given, "out_features", width)])
      : [String(from), String(width)];
    result.push([`fc${index}`, nn("Linear") + bracketed(given, sizes)]);
    if (about.norm) result.push([`bn${index}`, `${nn("BatchNorm1d")}(${width})`]);
    result.push([`relu${index}`, act()]);
    if (about.dropout > 0) result.push([`drop${index}`, `${nn("Dropout")}(${about.dropout})`]);
    from = width;
  }
  result.push(["out", nn("Linear") + bracketed(given, [String(from), String(about.outputs)])]);
  if (about.head === "softmax") result.push(["head", `${nn("Softmax")}(dim=1)`]);
  if (about.head === "sigmoid") result.push(["head", `${nn("Sigmoid")}()`]);
  if (about.head === "tanh") result.push(["head", `${nn("Tanh")}()`]);
  if (about.head === "softplus") result.push(["head", `${nn("Softplus")}()`]);
  if (about.head === "relu") result.push(["head", act()]);
  return result;
}

const isActivation = (name: string): boolean => /^(?:act|relu|head)/.test(name);

function network(given: Style, about: Plan, how: Names): Made {
  const { random } = given;
  const form = random.of(FORMS);
  const parts = modules(given, about, how);
  const calls = parts.map(([, call]) => call);
  const title = random.of(["Net", "Model", "Classifier", "MyNetwork"]);
  const inClass = (init: readonly string[], forward: readonly string[]): Made => ({
    lines: [
      `class ${title}(${how.nn("Module")}):`,
      ...indented(given, [
        "def __init__(self):",
        ...indented(given, [random.of(["super().__init__()", `super(${title}, self).__init__()`]), ...init]),
        "",
        "def forward(self, x):",
        ...indented(given, forward),
      ]),
    ],
    model: `${title}()`,
  });
  const relu = (x: string): string => {
    if (form === "methods") return random.of([`${x}.relu()`, `torch.relu(${x})`]);
    return `${how.functional}.relu${bracketed({ ...given, broken: 0 }, random.chance(0.2) ? [x, "inplace=True"] : [x])}`;
  };
  switch (form) {
    case "sequential":
      return { lines: [], model: how.nn("Sequential") + bracketed({ ...given, broken: 0.7 }, calls) };
    case "named":
      return {
        lines: ["from collections import OrderedDict"],
        model: `${how.nn("Sequential")}(OrderedDict([\n${parts.map(([name, call]) => `${given.indent}("${name}", ${call}),`).join("\n")}\n]))`,
      };
    case "built":
      return {
        lines: [
          "def build():",
          ...indented(given, [
            "layers = []",
            ...calls.map((call) => `layers.append(${call})`),
            `return ${how.nn("Sequential")}(*layers)`,
          ]),
        ],
        model: "build()",
      };
    case "factory": {
      // The activation is a default of an argument, and the layers a list that grows.
      const act = how.nn("ReLU");
      const own = parts.map(([name, call]) => (/^(?:act|relu)/.test(name) ? "act()" : call));
      return {
        lines: [
          `def make_net(act=${act}):`,
          ...indented(given, [
            `layers = [${own[0]}]`,
            ...own.slice(1).map((call) => `layers += [${call}]`),
            `return ${how.nn("Sequential")}(*layers)`,
          ]),
        ],
        model: "make_net()",
      };
    }
    case "inner":
      return inClass(
        [`self.net = ${how.nn("Sequential")}${bracketed({ ...given, broken: 0.8 }, calls)}`],
        ["return self.net(x)"],
      );
    case "loop":
      return inClass(
        [`self.layers = ${how.nn("ModuleList")}(${bracketed({ ...given, broken: 0.8 }, calls, "[]")})`],
        ["for layer in self.layers:", ...indented(given, ["x = layer(x)"]), "return x"],
      );
    case "shared": {
      const own = parts.filter(([name]) => !/^(?:act|relu)/.test(name));
      const forward = parts.map(([name]) =>
        /^(?:act|relu)/.test(name) ? "x = self.relu(x)" : `x = self.${name}(x)`,
      );
      return inClass(
        [...own.map(([name, call]) => `self.${name} = ${call}`), `self.relu = ${how.nn("ReLU")}()`],
        [...forward, "return x"],
      );
    }
    default: {
      const own = parts.filter(([name]) => !isActivation(name) || (name === "head" && about.head !== "relu"));
      const forward: string[] = [];
      for (const [name] of parts) {
        const previous = forward.at(-1);
        if (isActivation(name) && (name !== "head" || about.head === "relu")) {
          if (previous?.startsWith("x = ") && random.chance(0.6))
            forward.splice(-1, 1, `x = ${relu(previous.slice(4))}`);
          else forward.push(`x = ${relu("x")}`);
        } else forward.push(`x = self.${name}(x)`);
      }
      return inClass(
        own.map(([name, call]) => `self.${name} = ${call}`),
        [...forward, "return x"],
      );
    }
  }
}

function initialisation(given: Style, about: Plan, how: Names): readonly string[] {
  const { random } = given;
  const init = random.chance(0.5) ? how.nn("init") : "torch.nn.init";
  const weight = random.chance(0.2) ? "m.weight.data" : "m.weight";
  const lines: string[] = [];
  if (about.drawn === "he") {
    const told = random.of([
      "",
      `, ${named(given, "nonlinearity", "'relu'")}`,
      ", mode='fan_in', nonlinearity='relu'",
    ]);
    lines.push(`${init}.${random.of(["kaiming_normal_", "kaiming_uniform_"])}(${weight}${told})`);
  }
  if (about.drawn === "glorot")
    lines.push(`${init}.${random.of(["xavier_uniform_", "xavier_normal_"])}(${weight})`);
  if (about.drawn === "normal")
    lines.push(`${init}.normal_(${weight}, ${random.of(["0, 0.01", "mean=0.0, std=0.02", "std=0.5"])})`);
  if (about.bias !== null) {
    const usual = random.of([`${init}.constant_(m.bias, ${about.bias})`, `m.bias.data.fill_(${about.bias})`]);
    const others = [
      `${init}.constant_(m.bias, val=${about.bias})`,
      `${init}.uniform_(m.bias, ${2 * about.bias}, 0)`,
      `${init}.normal_(m.bias, ${about.bias}, 0.01)`,
    ];
    lines.push(others[(about.biasForm % 6) - 1] ?? usual);
  }
  if (lines.length === 0) return [];
  const test = `isinstance(m, (${how.nn("Linear")}, ${how.nn("Conv2d")}))`;
  const body = [`if ${test}:`, ...indented(given, lines)];
  return random.chance(0.5)
    ? ["for m in model.modules():", ...indented(given, body)]
    : ["def init_weights(m):", ...indented(given, body), "", "model.apply(init_weights)"];
}

function training(given: Style, about: Plan, how: Names): readonly string[] {
  const { random } = given;
  const rate = about.rate ?? (about.optimiser === "adam" || random.chance(0.5) ? null : 0.01);
  const isAdam = about.optimiser === "adam";
  const kind = isAdam ? "Adam" : about.optimiser === "rmsprop" ? "RMSprop" : "SGD";
  const more = [
    ...(rate === null ? [] : [named(given, "lr", numeral(given, rate))]),
    ...(about.optimiser === "momentum" ? [named(given, "momentum", "0.9")] : []),
    ...(random.chance(0.15) ? [named(given, "weight_decay", "1e-4")] : []),
  ];
  const shape =
    about.kind === "cnn"
      ? [about.batch, about.channels, about.side, about.side]
      : [about.batch, about.features];
  const data = about.raw ? `torch.rand(${shape.join(", ")}) * 255` : `torch.randn(${shape.join(", ")})`;
  const { isClasses } = about;
  const targets = isClasses
    ? `torch.randint(0, ${about.outputs}, (${about.batch},))`
    : about.head === "sigmoid"
      ? `torch.randint(0, 2, (${about.batch}, 1)).float()`
      : `torch.rand(${about.batch}, 1)`;
  const loss = isClasses ? "CrossEntropyLoss" : about.head === "sigmoid" ? "BCELoss" : "MSELoss";
  const step = random.chance(0.7)
    ? ["optimizer.zero_grad()", "loss = criterion(model(x), y)", "loss.backward()", "optimizer.step()"]
    : [
        "pred = model(x)",
        "loss = criterion(pred, y)",
        "optimizer.zero_grad(set_to_none=True)",
        "loss.backward()",
        "optimizer.step()",
      ];
  const shown = about.table && tensorsOf(given, about, about.table);
  const loop = random.of<readonly string[]>([
    ["for epoch in range(2):", ...indented(given, step)],
    [
      "def train(model, optimizer, x, y):",
      ...indented(given, ["model.train()", "for _ in range(2):", ...indented(given, step)]),
      "",
      "train(model, optimizer, x, y)",
    ],
    [
      "for epoch in range(1):",
      ...indented(given, ["for i in range(2):", ...indented(given, step), "print(epoch, loss.item())"]),
    ],
  ]);
  return [
    ...(shown?.lines ?? [`x = ${data}`, `y = ${targets}`]),
    `criterion = ${how.nn(loss)}()`,
    `optimizer = ${how.optim}${kind}${bracketed(given, ["model.parameters()", ...shuffled(given, more)])}`,
    "",
    ...(shown?.isBatched ? ["for x, y in loader:", ...indented(given, step)] : loop),
    ...(shown?.tested ?? []),
  ];
}

export function torchProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const about = plan(random, focus);
  const how = names(given);
  const made = network(given, about, how);
  const rest = [
    `model = ${made.model}`,
    ...initialisation(given, about, how),
    "",
    ...training(given, about, how),
  ];
  const head = random.of<readonly string[]>([
    [],
    [],
    ['"""Trains a small network."""'],
    ["#!/usr/bin/env python", "# -*- coding: utf-8 -*-"],
    ["from __future__ import annotations", ""],
  ]);
  return file(given, [...head, ...how.imports(), "", "torch.manual_seed(0)", "", ...made.lines, "", ...rest]);
}
