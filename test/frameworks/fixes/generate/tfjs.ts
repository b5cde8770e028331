/** Programs in TensorFlow.js: layers take one object each. */
import { type Focus, type Plan, plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, indented, numeral, quoted, type Style, shuffled, style } from "./style.ts";

const COMMENT = "//";

/** `{ units: 8, activation: "relu" }` as the argument of a call, in any layout. */
function options(given: Style, pairs: readonly (readonly [name: string, value: string])[]): string {
  const items = pairs.map(
    ([name, value]) => `${name}${given.random.chance(given.noise) ? " : " : ": "}${value}`,
  );
  const written = bracketed(given, items, "{}", COMMENT);
  return `(${written.startsWith("{ ") || written.includes("\n") ? written : `{ ${written.slice(1, -1)} }`})`;
}

type Pair = readonly [name: string, value: string];

function initialisers(given: Style, about: Plan): readonly Pair[] {
  const { random } = given;
  const drawn = {
    default: [],
    he: [quoted(given, random.of(["heNormal", "heUniform"]))],
    glorot: [quoted(given, random.of(["glorotUniform", "glorotNormal"]))],
    normal: ["tf.initializers.randomNormal({ mean: 0, stddev: 0.05 })"],
  }[about.drawn];
  const biases =
    about.bias === null
      ? []
      : [
          `constant({ value: ${about.bias} })`,
          `constant({value: ${about.bias}})`,
          `randomUniform({ minval: ${2 * about.bias}, maxval: 0 })`,
          `randomNormal({ mean: ${about.bias}, stddev: 0.01 })`,
        ];
  const bias = biases[about.biasForm % 4];
  return [
    ...drawn.map((value): Pair => ["kernelInitializer", value]),
    ...(bias ? [["biasInitializer", `tf.initializers.${bias}`] as const] : []),
  ];
}

/** Calls that make the layers; the first one is told its input where there is no other place for it. */
function layersOf(given: Style, about: Plan, isTold: boolean): readonly string[] {
  const { random } = given;
  const form = random.of(["string", "string", "activation", "layer"] as const);
  const isApart = form !== "string" || about.norm;
  const shape =
    about.kind === "cnn" ? `[${about.side}, ${about.side}, ${about.channels}]` : `[${about.features}]`;
  const calls: string[] = [];
  const hidden = (kind: string, sizes: readonly Pair[]): void => {
    const pairs = shuffled(given, [
      ...sizes,
      ...(isTold && calls.length === 0 ? [["inputShape", shape] as const] : []),
      ...(isApart ? [] : [["activation", quoted(given, "relu")] as const]),
      ...initialisers(given, about),
    ]);
    calls.push(`tf.layers.${kind}${options(given, pairs)}`);
    if (about.norm) calls.push("tf.layers.batchNormalization()");
    if (!isApart) return;
    calls.push(
      form === "layer"
        ? `tf.layers.reLU(${random.of(["", "{}"])})`
        : `tf.layers.activation({ activation: ${quoted(given, "relu")} })`,
    );
  };
  for (const filters of about.filters)
    hidden("conv2d", [
      ["filters", String(filters)],
      ["kernelSize", random.of(["3", "[3, 3]"])],
    ]);
  if (about.kind === "cnn") calls.push("tf.layers.flatten()");
  for (const width of about.widths) {
    hidden("dense", [["units", String(width)]]);
    if (about.dropout > 0) calls.push(`tf.layers.dropout({ rate: ${about.dropout} })`);
  }
  const isNamed = about.head !== "logits" && about.head !== "linear";
  calls.push(
    `tf.layers.dense${options(given, [["units", String(about.outputs)], ...(isNamed ? [["activation", quoted(given, about.head)] as const] : [])])}`,
  );
  return calls;
}

function network(given: Style, about: Plan): readonly string[] {
  const { random } = given;
  const end = random.chance(0.8) ? ";" : "";
  const shape =
    about.kind === "cnn" ? `[${about.side}, ${about.side}, ${about.channels}]` : `[${about.features}]`;
  switch (random.of(["add", "add", "list", "functional", "function"] as const)) {
    case "list":
      return [
        `const model = tf.sequential({ layers: ${bracketed({ ...given, broken: 0.8 }, layersOf(given, about, true), "[]", COMMENT)} });`,
      ];
    case "functional":
      return [
        `const input = tf.input({ shape: ${shape} })${end}`,
        ...layersOf(given, about, false).map(
          (call, index) =>
            `${index === 0 ? "let x" : "x"} = ${call}.apply(${index === 0 ? "input" : "x"})${end}`,
        ),
        `const model = tf.model({ inputs: input, outputs: x })${end}`,
      ];
    case "function":
      return [
        random.of(["function createModel() {", "const createModel = () => {"]),
        ...indented(given, [
          "const net = tf.sequential();",
          ...layersOf(given, about, true).map((call) => `net.add(${call})${end}`),
          `return net${end}`,
        ]),
        "}",
        "const model = createModel();",
      ];
    default:
      return [
        `const model = tf.sequential()${end}`,
        ...layersOf(given, about, true).map((call) => `model.add(${call})${end}`),
      ];
  }
}

function training(given: Style, about: Plan): readonly string[] {
  const { random } = given;
  const { isClasses } = about;
  const kind = about.optimiser;
  const rate = numeral(given, about.rate ?? 0.01);
  const optimiser =
    kind === "adam" && about.rate === null
      ? random.of([quoted(given, "adam"), "tf.train.adam()"])
      : `tf.train.${kind}(${rate}${kind === "momentum" ? ", 0.9" : ""})`;
  // Named losses take probabilities, those of `tf.losses` scores.
  const loss = isClasses
    ? about.head === "softmax"
      ? quoted(given, "categoricalCrossentropy")
      : "tf.losses.softmaxCrossEntropy"
    : quoted(given, about.head === "sigmoid" ? "binaryCrossentropy" : "meanSquaredError");
  const shape =
    about.kind === "cnn"
      ? [about.batch, about.side, about.side, about.channels]
      : [about.batch, about.features];
  const data = about.raw
    ? `tf.randomUniform([${shape.join(", ")}], 0, 255)`
    : `tf.randomNormal([${shape.join(", ")}])`;
  const labels = `Array.from({ length: ${about.batch} }, (_, i) => i % ${isClasses ? about.outputs : 2})`;
  const targets = isClasses
    ? `tf.oneHot(tf.tensor1d(${labels}, "int32"), ${about.outputs}).toFloat()`
    : about.head === "sigmoid"
      ? `tf.tensor2d(${labels}, [${about.batch}, 1])`
      : `tf.randomUniform([${about.batch}, 1])`;
  const isKept = random.chance(0.4);
  const pairs: readonly Pair[] = [
    ["optimizer", isKept ? "optimizer" : optimiser],
    ["loss", loss],
  ];
  return [
    ...(isKept ? [`const optimizer = ${optimiser};`] : []),
    `model.compile${options(given, random.chance(0.8) ? pairs : shuffled(given, pairs))};`,
    `const xs = ${data};`,
    `const ys = ${targets};`,
    ...random.of<readonly string[]>([
      [`await model.fit(xs, ys, { epochs: 1, batchSize: ${about.batch} });`],
      [
        "async function run() {",
        ...indented(given, [
          "const history = await model.fit(xs, ys, { epochs: 2, shuffle: true });",
          "console.log(history.history.loss);",
        ]),
        "}",
        "run();",
      ],
      ["model.fit(xs, ys, { epochs: 1 }).then(() => console.log('done'));"],
    ]),
  ];
}

export function tfjsProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const about = plan(random, focus);
  const head = random.of([
    'import * as tf from "@tensorflow/tfjs";',
    "const tf = require('@tensorflow/tfjs');",
    "import * as tf from '@tensorflow/tfjs-node';",
  ]);
  return file(given, [head, "", ...network(given, about), "", ...training(given, about)], COMMENT);
}
