/** The same calls in any formatting mean the same after a switch. Seeded, so that a failure can be repeated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Site } from "../../src/engine/index.ts";
import { random as randomFrom } from "../../src/lab/random.ts";
import { read } from "./support.ts";
import { type Kind, SLOPE, switched } from "./switching.ts";

/** A call to be formatted: a callee and its arguments, each as it is written. */
interface Form {
  readonly name: string;
  /** What stands before and behind the call; `\n` is the line ending. */
  readonly before: string;
  readonly callee: string;
  readonly given: readonly string[];
  /** Of how many of them the order matters. */
  readonly positional: number;
  readonly after: string;
  readonly kinds: readonly Kind[];
  /** Arguments that must still be there. */
  readonly kept: readonly string[];
}

const HIDDEN: readonly Kind[] = ["leaky-relu", "elu", "silu", "gelu", "prelu"];
const NO_PRELU: readonly Kind[] = ["leaky-relu", "elu", "silu", "gelu"];

const FORMS: readonly Form[] = [
  {
    name: "a module",
    before: "from torch import nn\na = ",
    callee: "nn.ReLU",
    given: ["inplace=True"],
    positional: 0,
    after: "",
    kinds: HIDDEN,
    kept: [],
  },
  {
    name: "a function",
    before: "import torch.nn.functional as F\ny = ",
    callee: "F.relu",
    given: ["fc(x, 1)", "inplace=False"],
    positional: 1,
    after: "",
    kinds: NO_PRELU,
    kept: ["fc(x, 1)"],
  },
  {
    name: "a function in a module",
    before:
      "import torch\nfrom torch import nn\nclass A(nn.Module):\n    def __init__(self):\n        super().__init__()\n    def forward(self, x):\n        return ",
    callee: "torch.relu",
    given: ["x + [1, 2][0]"],
    positional: 1,
    after: "",
    kinds: HIDDEN,
    kept: ["x + [1, 2][0]"],
  },
  {
    name: "a Keras layer with an argument",
    before: "import keras\nfrom keras import layers\nm = keras.Sequential([layers.Input((4,)), ",
    callee: "layers.Dense",
    given: ["64", "activation='relu'", "use_bias=False", "name='a, (b'"],
    positional: 1,
    after: ", layers.Dense(2)])",
    kinds: HIDDEN,
    kept: ["64", "use_bias=False", "name='a, (b'"],
  },
  {
    name: "a Keras layer applied",
    before: "import tensorflow as tf\ni = tf.keras.Input((4,))\nx = ",
    callee: "tf.keras.layers.Dense",
    given: ["8", "activation=tf.nn.relu", "use_bias=False"],
    positional: 1,
    after: "(i)\ny = x",
    kinds: HIDDEN,
    kept: ["8", "use_bias=False"],
  },
  {
    name: "a function of TensorFlow",
    before: "import tensorflow as tf\ny = ",
    callee: "tf.nn.relu",
    given: ["features=x", "name='y'"],
    positional: 0,
    after: "",
    kinds: ["leaky-relu", "elu", "gelu"],
    kept: ["features=x", "name='y'"],
  },
  {
    name: "a function of JAX",
    before: "from jax.nn import relu\ny = ",
    callee: "relu",
    given: ["x"],
    positional: 1,
    after: "",
    kinds: NO_PRELU,
    kept: ["x"],
  },
  {
    name: "a function of a number that ends with its dot",
    before: "import jax\ny = ",
    callee: "jax.nn.relu",
    given: ["x / 255."],
    positional: 1,
    after: "",
    kinds: NO_PRELU,
    kept: ["x / 255."],
  },
  {
    name: "an OpenMMLab dictionary",
    before: "from mmcv.cnn import ConvModule\na = ConvModule(3, 8, act_cfg=",
    callee: "dict",
    given: ["type='ReLU'", "inplace=True"],
    positional: 0,
    after: ")",
    kinds: HIDDEN,
    kept: [],
  },
];

interface Formatted {
  readonly text: string;
  /** Where the call begins. */
  readonly from: number;
}

function formatted({ before, callee, given, positional, after }: Form, random: () => number): Formatted {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const end = pick(["\n", "\n", "\r\n"]);
  const isWide = random() < 0.5;
  const gap = (): string =>
    pick(isWide ? ["", " ", "\t", end, `${end}    `, ` # note, with a (${end}  `, ` \\${end}`] : ["", " "]);
  const named = given.slice(positional);
  for (let at = named.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [named[at], named[other]] = [named[other] as string, named[at] as string];
  }
  const items = [...given.slice(0, positional), ...named].map((one) =>
    one.replace(/^(\w+)=/, (_, name: string) => `${name}${pick(["=", " = ", "= "])}`),
  );
  const comma = items.length > 0 && random() < 0.4 ? `,${gap()}` : "";
  const inside = items.map((one, at) => `${at > 0 ? "," : ""}${gap()}${one}${gap()}`).join("");
  const blank = pick(["", " "]);
  const start = before.replaceAll("\n", end);
  const text = `${start}${callee}${blank}(${inside}${comma})${after.replaceAll("\n", end)}${end}`;
  return { text, from: start.length };
}

const ACTIVATION: Readonly<Record<string, string>> = { "leaky-relu": "leaky_relu" };
const words = (text: string): string => text.replace(/\s|\\/g, "");

/** Without comments, spaces and line breaks, and with one kind of quote. */
const bare = (text: string): string => words(text.replace(/#[^\r\n]*/g, ""));

for (const form of FORMS) {
  test(`${form.name} is switched in any formatting`, () => {
    const random = randomFrom(20_251_126).uniform;
    for (let round = 0; round < 40; round += 1) {
      const { text, from } = formatted(form, random);
      for (const kind of form.kinds) {
        const result = switched(text, kind);
        const where = `${kind} of ${JSON.stringify(text)} gives ${JSON.stringify(result.text)}`;
        assert.ok(result.text !== undefined, `no fix: ${where}`);
        for (const { span } of result.fix?.edits ?? []) {
          const line = text.slice(text.lastIndexOf("\n", span.from - 1) + 1);
          const isExpected = span.from >= from || /^(?:from|import)\b/.test(line) || kind === "prelu";
          assert.ok(isExpected, `an edit at ${span.from}: ${where}`);
        }
        const { sites } = read(result.text);
        const id = ACTIVATION[kind] ?? kind;
        assert.ok(
          sites.every(({ activation }) => activation !== "relu"),
          `a ReLU is left: ${where}`,
        );
        const [site, ...others] = sites.filter(({ activation }) => activation === id) as Site[];
        assert.ok(site && others.length === 0, `not read as ${id}: ${where}`);
        if (id === "leaky_relu") assert.equal(site.parameters.negative_slope, SLOPE, where);
        for (const one of form.kept)
          assert.ok(bare(result.text).includes(words(one)), `${one} is lost: ${where}`);
        assert.equal(
          (result.text.match(/# note/g) ?? []).length,
          (text.match(/# note/g) ?? []).length,
          where,
        );
        if (text.includes("\r\n")) assert.ok(!/(?<!\r)\n/.test(result.text), `line endings: ${where}`);
        assert.equal(switched(result.text, kind).fix, undefined, `a second fix: ${where}`);
        assert.equal(switched(result.text, kind, "model.py", id).fix, undefined, `switched twice: ${where}`);
      }
    }
  });
}
