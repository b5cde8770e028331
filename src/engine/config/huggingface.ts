/** Configurations of Hugging Face's libraries: `hidden_act` and its relatives. */
import type { Target } from "../fixes/activations/target.ts";
import { builtIn, type Meaning, meaningOf, torchWord } from "./meaning.ts";
import { beside, type Named, namesIn, type Place } from "./place.ts";
import { type ConfigSite, cant, replaced, type Switch, siteOf, TRAIN_AGAIN } from "./sites.ts";

/** Keys that only these libraries write. */
const OWN_MARKS = [
  "model_type",
  "architectures",
  "transformers_version",
  "_diffusers_version",
  "_class_name",
];

/** Keys that are written when weights are saved. */
const SAVED_MARKS = [
  "architectures",
  "transformers_version",
  "_name_or_path",
  "torch_dtype",
  "_diffusers_version",
];

/** The sizes of a transformer, as BERT's configuration calls them and most after it. */
const SIZES =
  /^(?:(?:num_)?hidden_(?:size|layers|dropout_prob|dim)|num_(?:attention_heads|hidden_layers|layers|heads)|intermediate_size|vocab_size|max_position_embeddings|type_vocab_size|layer_norm_eps|initializer_range|d_model|d_ff|n_embd|n_head|n_layer)$/;

/** Names of `ACT2FN` in transformers and of diffusers' feed-forward layers that mean something of their own. */
const WORDS: readonly Meaning[] = [
  builtIn("gelu_new", "gelu_tanh"),
  builtIn("gelu_fast", "gelu_tanh"),
  builtIn("gelu_accurate", "gelu_tanh"),
  builtIn("gelu_pytorch_tanh", "gelu_tanh"),
  builtIn("gelu_python_tanh", "gelu_tanh"),
  builtIn("gelu_tanh", "gelu_tanh"),
  builtIn("gelu-approximate", "gelu_tanh"),
  // T5 takes this name for the tanh form.
  builtIn("gated-gelu", "gelu_tanh"),
  builtIn("gelu_python", "gelu"),
  builtIn("geglu", "gelu"),
  builtIn("swiglu", "silu"),
  builtIn("quick_gelu", "quick_gelu", { alpha: 1.702 }),
  builtIn("geglu-approximate", "quick_gelu", { alpha: 1.702 }),
];
const byWord = new Map(WORDS.map((meaning) => [meaning.symbol, meaning]));

export function huggingFaceSites(place: Place): readonly ConfigSite[] | undefined {
  if (!place.namesActivation || place.list) return undefined;
  const isOwn = OWN_MARKS.some((mark) => place.file.fileKeys.has(mark)) && place.file.language === "json";
  const entries = beside(place);
  const sizes = entries.filter((entry) => SIZES.test(entry.key.value)).length;
  const isLikeBert = sizes > 0 && entries.some((entry) => entry.key.value === "hidden_act");
  if (!isOwn && !isLikeBert) return undefined;
  return namesIn(place.value).flatMap((named) => {
    const meaning = meaningIn(named.word.value);
    if (!meaning) return [];
    const kind = named.map ? "config_dict" : "config_value";
    const certainty = isOwn || sizes > 1 ? "certain" : "likely";
    const facts = { framework: "huggingface", kind, span: named.word, certainty } as const;
    return [siteOf(meaning, facts, (target) => renamed(named, target, place))];
  });
}

function meaningIn(word: string): Meaning | undefined {
  const own = byWord.get(word.toLowerCase());
  if (own) return own;
  const spelling = torchWord(word.replace(/^(?:gated|linear)-/, ""));
  return spelling && { ...meaningOf(spelling), symbol: word };
}

/** Names of `ACT2FN` in transformers. */
const NAMES: Readonly<Partial<Record<Target["id"], string>>> = {
  leaky_relu: "leaky_relu",
  gelu: "gelu",
  silu: "silu",
  sigmoid: "sigmoid",
};

function renamed({ word }: Named, target: Target, { file: { text, fileName, fileKeys } }: Place): Switch {
  if (fileName === "config.json" || SAVED_MARKS.some((mark) => fileKeys.has(mark))) {
    return "The file belongs to pretrained weights: the model would compute something else with them";
  }
  if (fileKeys.has("_class_name")) return cant(target, "diffusers has no name for it");
  const name = NAMES[target.id];
  if (name === undefined) return cant(target, "transformers has no name for it");
  const at = text.slice(word.from, word.to).search(/relu/i);
  if (at < 0) return cant(target, "the name is put together by an escape");
  // `gated-gelu` is the tanh form in T5.
  if (target.id !== "leaky_relu" && word.value.toLowerCase() !== "relu")
    return cant(target, "it is a part of another name");
  const edits = [replaced({ from: word.from + at, to: word.from + at + 4 }, name)];
  if (target.id !== "leaky_relu") return { edits, note: TRAIN_AGAIN };
  const note =
    "The slope can't be written in this file; weights that were trained with ReLU have to be trained again.";
  return { edits, own: { slope: 0.01, owner: "transformers" }, note };
}
