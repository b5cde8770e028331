/** Caffe's `.prototxt`: layers whose type is an activation, in the three forms the format has had. */
import type { Target } from "../fixes/activations/target.ts";
import {
  type Data,
  type DataMap,
  entryOf,
  mapIn,
  numberIn,
  type Scalar,
  walkData,
  wordIn,
} from "../syntax/data.ts";
import { readPrototxt } from "../syntax/dataPrototxt.ts";
import type { ConfigUnit } from "../units.ts";
import { builtIn, type Meaning } from "./meaning.ts";
import {
  type ConfigSite,
  cant,
  endOfLine,
  lineEnding,
  replaced,
  requoted,
  type Switch,
  siteOf,
  TRAIN_AGAIN,
} from "./sites.ts";

/** A number of a layer: the activation's name for it, and where the layer keeps it. */
interface Number {
  readonly name: string;
  readonly field: readonly string[];
  readonly default: number;
}

interface LayerType {
  readonly activation: string;
  readonly numbers?: readonly Number[];
}

const slope: Number = { name: "negative_slope", field: ["relu_param", "negative_slope"], default: 0 };

/**
 * By type without case and underscores: `ReLU`, the old `RELU` and the oldest `relu` are one. ReLU6, Swish, Mish and
 * the hard ones are of forks. Defaults are caffe.proto's.
 */
const TYPES: Readonly<Record<string, LayerType>> = {
  relu: { activation: "relu", numbers: [slope] },
  prelu: {
    activation: "prelu",
    numbers: [{ name: "negative_slope", field: ["prelu_param", "filler", "value"], default: 0.25 }],
  },
  elu: { activation: "elu", numbers: [{ name: "alpha", field: ["elu_param", "alpha"], default: 1 }] },
  sigmoid: { activation: "sigmoid" },
  tanh: { activation: "tanh" },
  softmax: { activation: "softmax" },
  bnll: { activation: "softplus" },
  swish: { activation: "silu", numbers: [{ name: "beta", field: ["swish_param", "beta"], default: 1 }] },
  relu6: { activation: "relu6" },
  selu: { activation: "selu" },
  mish: { activation: "mish" },
  hswish: { activation: "hardswish" },
  hardswish: { activation: "hardswish" },
  hardsigmoid: { activation: "hardsigmoid" },
};

export function readCaffe({ text }: ConfigUnit): readonly ConfigSite[] {
  const root = readPrototxt(text);
  const sites: ConfigSite[] = [];
  const deployed = isDeployed(root);
  walkData(root, (data, _path, keys) => {
    if (data.type !== "map" || !/^layers?$/.test(keys.at(-1) ?? "")) return;
    const word = wordIn(data, "type");
    const type = word && TYPES[word.value.toLowerCase().replaceAll("_", "")];
    if (!word || !type) return;
    const isOldest = keys.length > 1 && keys.at(-2) === "layers";
    // Quoted in today's form, a bare name in the old one: the span is the name in both.
    const quotes = word.quoted ? 1 : 0;
    const span = { from: word.from + quotes, to: word.to - quotes };
    const facts = { framework: "caffe", kind: "config_value", span, certainty: "certain" } as const;
    sites.push(
      siteOf(meaningOf(word, type, data), facts, (target) =>
        isOldest
          ? cant(target, "this form of Caffe's layers has no slope")
          : deployed
            ? "The file describes a trained network: its weights belong to ReLU"
            : target.id === "leaky_relu"
              ? toLeaky(data, target.slope, text)
              : renamed(word, data, target, text),
      ),
    );
  });
  return sites;
}

function meaningOf(word: Scalar, type: LayerType, layer: DataMap): Meaning {
  const parameters: Record<string, number> = {};
  const defaulted: string[] = [];
  for (const { name, field, default: usual } of type.numbers ?? []) {
    const written = valueAt(layer, field);
    const value = written ? numberIn(written) : usual;
    if (value === undefined) continue;
    parameters[name] = value;
    if (!written) defaulted.push(name);
  }
  // Caffe has no type of its own for Leaky ReLU.
  const negative = parameters.negative_slope ?? 0;
  if (type.activation === "relu" && negative === 0) return builtIn(word.value, "relu");
  const activation = type.activation === "relu" ? "leaky_relu" : type.activation;
  return { activation, parameters, defaulted, symbol: word.value };
}

function valueAt(layer: DataMap, field: readonly string[]): Data | undefined {
  let data: Data | undefined = layer;
  for (const name of field) data = data?.type === "map" ? entryOf(data, name)?.value : undefined;
  return data;
}

/** Input of a given shape and no loss: what a trained network is used with. */
function isDeployed(root: DataMap): boolean {
  const types = root.entries.map(({ value }) => (value?.type === "map" ? wordIn(value, "type")?.value : ""));
  const hasInput =
    entryOf(root, "input", "input_dim", "input_shape") !== undefined || types.includes("Input");
  return hasInput && !types.some((type) => /loss|data$/i.test(type ?? ""));
}

/** Types of today's form, which is written in quotes. */
const NAMES: Readonly<Partial<Record<Target["id"], string>>> = {
  prelu: "PReLU",
  elu: "ELU",
  sigmoid: "Sigmoid",
  softmax: "Softmax",
};

function renamed(word: Scalar, layer: DataMap, target: Target, text: string): Switch {
  const name = NAMES[target.id];
  if (name === undefined) return cant(target, "Caffe has no layer of it");
  if (!word.quoted) return cant(target, "the old form of Caffe's layers has no type of it");
  if (mapIn(layer, "relu_param")) return cant(target, "its numbers are given, as relu_param");
  return { edits: [requoted(word, name, text)], note: TRAIN_AGAIN };
}

function toLeaky(layer: DataMap, negativeSlope: number, text: string): Switch {
  const written = valueAt(layer, slope.field);
  if (written) return { edits: [replaced(written, `${negativeSlope}`)] };
  const existing = mapIn(layer, "relu_param");
  if (existing) return { edits: [appended(existing, `negative_slope: ${negativeSlope}`, text)] };
  return { edits: [appended(layer, `relu_param { negative_slope: ${negativeSlope} }`, text)] };
}

/** A field behind the last one of a message: on a line of its own where the closing bracket has one. */
function appended(
  message: DataMap,
  field: string,
  text: string,
): { span: { from: number; to: number }; text: string } {
  const last = message.entries.at(-1);
  if (!last) return replaced({ from: message.from + 1, to: message.from + 1 }, ` ${field}`);
  const end = last.value?.to ?? last.key.to;
  const lineEnd = endOfLine(text, end);
  if (lineEnd >= message.to) return replaced({ from: end, to: end }, ` ${field}`);
  const line = text.lastIndexOf("\n", last.key.from - 1) + 1;
  const before = text.slice(line, last.key.from);
  const indent = /^\s*$/.test(before) ? before : `${/^\s*/.exec(before)?.[0] ?? ""}  `;
  return replaced({ from: lineEnd, to: lineEnd }, `${lineEnding(text)}${indent}${field}`);
}
