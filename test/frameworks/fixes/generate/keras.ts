/** Programs in Keras 3, and in tf.keras. */
import { type Focus, type Plan, plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, indented, named, numeral, quoted, type Style, shuffled, style } from "./style.ts";
import { loaded, type Table } from "./tables.ts";

interface Names {
  layer(name: string): string;
  readonly keras: string;
  readonly activations: string;
  imports(): readonly string[];
}

function names(given: Style, isTensorflow: boolean): Names {
  const { random } = given;
  const used = new Set<string>();
  const root = isTensorflow ? "tensorflow.keras" : "keras";
  const form = random.of(["layers", "layers", "alias", "from", "full", "star"] as const);
  const keras = isTensorflow && random.chance(0.4) ? "tf.keras" : "keras";
  const prefix = { layers: "layers.", alias: "L.", from: "", full: `${keras}.layers.`, star: "" }[form];
  const hasOwnActivations = random.chance(0.5);
  return {
    layer(name) {
      used.add(name);
      return prefix + name;
    },
    keras,
    activations: hasOwnActivations ? "activations" : `${keras}.activations`,
    imports() {
      const lines = ["import numpy as np"];
      if (isTensorflow) lines.push("import tensorflow as tf");
      if (keras === "keras") lines.push(isTensorflow ? "from tensorflow import keras" : "import keras");
      if (form === "layers") lines.push(`from ${root} import layers`);
      if (form === "alias")
        lines.push(isTensorflow ? "import tensorflow.keras.layers as L" : "from keras import layers as L");
      if (form === "star") lines.push(`from ${root}.layers import *`);
      if (form === "from")
        lines.push(
          `from ${root}.layers import ${random.chance(0.3) ? bracketed({ ...given, broken: 1 }, [...used]) : [...used].join(", ")}`,
        );
      if (hasOwnActivations) lines.push(`from ${root} import activations`);
      return lines;
    },
  };
}

type Part = readonly [name: string, call: string];

/** How a ReLU is written behind a layer. */
const FORMS = ["string", "string", "object", "activation", "layer"] as const;

function initialisers(given: Style, about: Plan, { keras }: Names): readonly string[] {
  const { random } = given;
  const drawn = {
    default: [],
    he: [
      random.of([quoted(given, random.of(["he_normal", "he_uniform"])), `${keras}.initializers.HeNormal()`]),
    ],
    glorot: [quoted(given, random.of(["glorot_uniform", "glorot_normal"]))],
    normal: [random.of([quoted(given, "random_normal"), `${keras}.initializers.RandomNormal(stddev=0.05)`])],
  }[about.drawn];
  const biases =
    about.bias === null
      ? []
      : [
          `Constant(${about.bias})`,
          `Constant(value=${about.bias})`,
          `RandomUniform(minval=${2 * about.bias}, maxval=0.0)`,
          `RandomNormal(mean=${about.bias}, stddev=0.01)`,
        ];
  const bias = biases
    .slice(about.biasForm % 4, (about.biasForm % 4) + 1)
    .map((call) => named(given, "bias_initializer", `${keras}.initializers.${call}`));
  return [...drawn.map((value) => named(given, "kernel_initializer", value)), ...bias];
}

/** Layers in order; activations that are not layers of their own are named in the argument. */
function layersOf(given: Style, about: Plan, how: Names): readonly Part[] {
  const { random } = given;
  const form = random.of(FORMS);
  const parts: Part[] = [];
  const argument = (id: string): string =>
    named(given, "activation", form === "object" ? `${how.activations}.${id}` : quoted(given, id));
  const apart = (): string =>
    form === "layer" ? `${how.layer("ReLU")}()` : `${how.layer("Activation")}(${quoted(given, "relu")})`;
  const hidden = (name: string, sizes: readonly string[], index: number): void => {
    const isApart = form === "activation" || form === "layer" || about.norm;
    const more = shuffled(given, [
      ...(isApart ? [] : [argument("relu")]),
      ...initialisers(given, about, how),
    ]);
    parts.push([`${name.toLowerCase()}${index}`, how.layer(name) + bracketed(given, [...sizes, ...more])]);
    if (about.norm) parts.push([`norm${name}${index}`, `${how.layer("BatchNormalization")}()`]);
    if (isApart) parts.push([`act${name}${index}`, apart()]);
  };
  for (const [index, filters] of about.filters.entries())
    hidden("Conv2D", [String(filters), random.of(["3", "(3, 3)", "kernel_size=3"])], index);
  if (about.kind === "cnn") parts.push(["flatten", `${how.layer("Flatten")}()`]);
  for (const [index, width] of about.widths.entries()) {
    hidden("Dense", [random.chance(0.2) ? named(given, "units", width) : String(width)], index);
    if (about.dropout > 0) parts.push([`drop${index}`, `${how.layer("Dropout")}(${about.dropout})`]);
  }
  const head = {
    logits: [],
    linear: [],
    softmax: [argument("softmax")],
    sigmoid: [argument("sigmoid")],
    relu: [argument("relu")],
    // Drawn only where they are asked for, so that the other programs stay what they were.
    tanh: about.head === "tanh" ? [argument("tanh")] : [],
    softplus: about.head === "softplus" ? [argument("softplus")] : [],
  }[about.head];
  parts.push(["out", how.layer("Dense") + bracketed(given, [String(about.outputs), ...head])]);
  return parts;
}

function network(given: Style, about: Plan, how: Names): readonly string[] {
  const { random } = given;
  const parts = layersOf(given, about, how);
  const shape =
    about.kind === "cnn" ? `(${about.side}, ${about.side}, ${about.channels})` : `(${about.features},)`;
  const input = `${how.keras}.Input${bracketed({ ...given, broken: 0 }, [random.chance(0.6) ? named(given, "shape", shape) : shape])}`;
  const calls = parts.map(([, call]) => call);
  const { keras } = how;
  switch (random.of(["list", "add", "functional", "function", "subclass", "loop"] as const)) {
    case "list":
      return [
        `model = ${keras}.Sequential(${bracketed({ ...given, broken: 0.8 }, [input, ...calls], "[]")})`,
      ];
    case "add":
      return [
        `model = ${keras}.Sequential()`,
        `model.add(${input})`,
        ...calls.map((call) => `model.add(${call})`),
      ];
    case "functional":
      return [
        `inputs = ${input}`,
        ...calls.map((call, index) => `x = ${call}(${index === 0 ? "inputs" : "x"})`),
        `model = ${keras}.Model(${random.of(["inputs, x", "inputs=inputs, outputs=x"])})`,
      ];
    case "function":
      return [
        "def build_model():",
        ...indented(given, [
          `inp = ${input}`,
          ...calls.map((call, index) => `h = ${call}(${index === 0 ? "inp" : "h"})`),
          `return ${keras}.Model(inp, h)`,
        ]),
        "",
        "model = build_model()",
      ];
    case "loop":
      return [
        "def build_model():",
        ...indented(given, [
          `net = ${keras}.Sequential()`,
          `net.add(${input})`,
          `for layer in ${bracketed({ ...given, broken: 0.8 }, calls, "[]")}:`,
          ...indented(given, ["net.add(layer)"]),
          "return net",
        ]),
        "",
        "model = build_model()",
      ];
    case "subclass": {
      const forward = parts.map(([name]) => `x = self.${name}(x)`);
      return [
        `class Net(${keras}.Model):`,
        ...indented(given, [
          "def __init__(self):",
          ...indented(given, [
            "super().__init__()",
            ...parts.map(([name, call]) => `self.${name} = ${call}`),
          ]),
          "",
          "def call(self, x):",
          ...indented(given, [...forward, "return x"]),
        ]),
        "",
        "model = Net()",
      ];
    }
  }
}

function training(given: Style, about: Plan, { keras }: Names): readonly string[] {
  const { random } = given;
  const { isClasses } = about;
  const kind = { sgd: "SGD", momentum: "SGD", adam: "Adam", rmsprop: "RMSprop" }[about.optimiser];
  const rate =
    about.rate === null
      ? []
      : [
          random.chance(0.7)
            ? named(given, "learning_rate", numeral(given, about.rate))
            : numeral(given, about.rate),
        ];
  const more = about.optimiser === "momentum" ? [named(given, "momentum", "0.9")] : [];
  const optimiser =
    about.rate === null && more.length === 0 && random.chance(0.7)
      ? quoted(given, kind.toLowerCase())
      : `${keras}.optimizers.${kind}${bracketed({ ...given, broken: given.broken / 2 }, [...rate, ...more])}`;
  const loss = isClasses
    ? about.head === "softmax"
      ? random.of([
          quoted(given, "sparse_categorical_crossentropy"),
          `${keras}.losses.SparseCategoricalCrossentropy()`,
        ])
      : `${keras}.losses.SparseCategoricalCrossentropy(from_logits=True)`
    : quoted(
        given,
        about.head === "sigmoid" ? "binary_crossentropy" : random.of(["mse", "mean_squared_error"]),
      );
  const shape =
    about.kind === "cnn"
      ? [about.batch, about.side, about.side, about.channels]
      : [about.batch, about.features];
  const data = about.raw
    ? `np.random.rand(${shape.join(", ")}) * 255.0`
    : `np.random.randn(${shape.join(", ")})`;
  const targets = isClasses
    ? `np.random.randint(0, ${about.outputs}, ${about.batch})`
    : about.head === "sigmoid"
      ? `np.random.randint(0, 2, (${about.batch}, 1))`
      : `np.random.rand(${about.batch}, 1)`;
  const isNamed = random.chance(0.4);
  const opt = isNamed ? [`opt = ${optimiser}`] : [];
  const arguments_ = [
    named(given, "optimizer", isNamed ? "opt" : optimiser),
    named(given, "loss", loss),
    ...(isClasses && random.chance(0.5) ? [named(given, "metrics", '["accuracy"]')] : []),
  ];
  const shown = about.table ? tableOf(about.table) : undefined;
  return [
    ...(shown?.lines ?? [
      random.chance(0.5) ? `x_train = ${data}` : `x_train = (${data}).astype("float32")`,
      `y_train = ${targets}`,
    ]),
    ...opt,
    `model.compile${bracketed(given, random.chance(0.8) ? arguments_ : shuffled(given, arguments_))}`,
    `${random.of(["", "history = "])}model.fit${bracketed({ ...given, broken: given.broken / 2 }, [...(shown?.train ?? ["x_train", "y_train"]), named(given, "epochs", 1), ...shuffled(given, [named(given, "batch_size", about.batch), named(given, "verbose", 0)]), ...(shown?.more ?? [])])}`,
    ...(shown?.tested ?? []),
  ];
}

/** A table as Keras' users load it, train on it, and test with it. */
function tableOf(table: Table) {
  const isOld = table.form === 0;
  const { lines, train, test, validation } = loaded(isOld || table.form % 2 ? "x" : "X", "y", table);
  const tested = test && [
    `model.evaluate(${test[0]}, ${test[1]}, verbose=0)`,
    `y_pred = model.predict(${test[0]}, verbose=0)`,
  ];
  return {
    lines,
    train,
    more: validation ? [`validation_data=(${validation.join(", ")})`] : [],
    tested: tested && [tested[table.form % 3 === 1 ? 1 : 0] ?? ""],
  };
}

function program(random: Random, isTensorflow: boolean, focus?: Focus): string {
  const given = style(random);
  const about = plan(random, focus);
  const how = names(given, isTensorflow);
  const made = network(given, about, how);
  const trained = training(given, about, how);
  const head = random.of<readonly string[]>([
    [],
    [],
    ['"""Fits a small model."""'],
    ["# coding: utf-8"],
    ["from __future__ import annotations"],
  ]);
  return file(given, [...head, ...how.imports(), "", ...made, "", ...trained]);
}

export const kerasProgram = (random: Random, focus?: Focus): string => program(random, false, focus);
export const tfKerasProgram = (random: Random, focus?: Focus): string => program(random, true, focus);
