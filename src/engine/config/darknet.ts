/** Darknet's `.cfg`: `activation=` in the sections of layers, and the sections that are an activation themselves. */
import type { Target } from "../fixes/activations/target.ts";
import type { Span } from "../model.ts";
import { wordIn } from "../syntax/data.ts";
import { readDarknet } from "../syntax/dataDarknet.ts";
import type { ConfigUnit } from "../units.ts";
import { builtIn, type Meaning } from "./meaning.ts";
import { type ConfigSite, cant, replaced, type Switch, siteOf, TRAIN_AGAIN } from "./sites.ts";

/** The slope of `leaky`, which no option changes. */
const SLOPE = 0.1;

/**
 * `get_activation` of pjreddie's and AlexeyAB's Darknet, as far as the catalogue has them: `ramp`, `plse`, `lhtan`,
 * `stair`, `hard_mish` and the `normalize_channels` family are Darknet's own. https://github.com/AlexeyAB/darknet
 */
const WORDS: readonly Meaning[] = [
  builtIn("logistic", "sigmoid"),
  builtIn("loggy", "scaled_tanh", { alpha: 1, beta: 0.5 }),
  builtIn("relu", "relu"),
  builtIn("relu6", "relu6"),
  builtIn("relie", "leaky_relu", { negative_slope: 0.01 }),
  builtIn("leaky", "leaky_relu", { negative_slope: SLOPE }),
  builtIn("elu", "elu", { alpha: 1 }),
  builtIn("selu", "selu"),
  builtIn("gelu", "gelu_tanh"),
  builtIn("swish", "silu"),
  builtIn("mish", "mish"),
  builtIn("hardtan", "hardtanh", { min_val: -1, max_val: 1 }),
  builtIn("tanh", "tanh"),
  builtIn("linear", "linear"),
];

const byWord = new Map(WORDS.map((meaning) => [meaning.symbol, meaning]));
const bySection = new Map([
  ["softmax", builtIn("softmax", "softmax")],
  ["logistic", builtIn("logistic", "sigmoid")],
]);

export function readDarknetConfig({ text }: ConfigUnit): readonly ConfigSite[] {
  const { entries } = readDarknet(text);
  const certainty = entries.some(({ key }) => /^net(?:work)?$/.test(key.value)) ? "certain" : "likely";
  const facts = { framework: "darknet", kind: "config_value", certainty } as const;
  const sites: ConfigSite[] = [];
  for (const { key, value } of entries) {
    const own = bySection.get(key.value);
    if (own) sites.push(siteOf(own, { ...facts, span: key }, () => "the section is the layer itself"));
    const word = value?.type === "map" ? wordIn(value, "activation") : undefined;
    const meaning = word && byWord.get(word.value);
    if (meaning) sites.push(siteOf(meaning, { ...facts, span: word }, (target) => renamed(word, target)));
  }
  return sites;
}

/** Names of the targets; `gelu` and what follows are AlexeyAB's. */
const NAMES: Readonly<Partial<Record<Target["id"], string>>> = {
  leaky_relu: "leaky",
  elu: "elu",
  gelu: "gelu",
  silu: "swish",
  sigmoid: "logistic",
  linear: "linear",
};

function renamed(word: Span, target: Target): Switch {
  const name = NAMES[target.id];
  if (name === undefined) return cant(target, "Darknet has no name for it");
  const edits = [replaced(word, name)];
  if (target.id !== "leaky_relu") return { edits, note: TRAIN_AGAIN };
  const note =
    "Darknet's slope can't be written; weights that were trained with ReLU have to be trained again.";
  return { edits, own: { slope: SLOPE, owner: "Darknet" }, note };
}
