/** AllenNLP's experiments, in JSON or Jsonnet: `"activations": ["relu", "linear"]`. */

import type { Target } from "../fixes/activations/target.ts";
import type { Scalar } from "../syntax/data.ts";
import { meaningOf, torchWord } from "./meaning.ts";
import { namesIn, type Place } from "./place.ts";
import { type ConfigSite, cant, requoted, type Switch, siteOf } from "./sites.ts";

export function allenNlpSites(place: Place): readonly ConfigSite[] | undefined {
  if (!place.namesActivation || place.list) return undefined;
  const { fileKeys, language, text } = place.file;
  const isExperiment = fileKeys.has("dataset_reader") && (fileKeys.has("model") || fileKeys.has("trainer"));
  if (!isExperiment && language !== "jsonnet") return undefined;
  return namesIn(place.value).flatMap(({ word, map }) => {
    // Registered names are lower case: what is not, is something of the user's own.
    const spelling = /^[a-z][a-z\d_]*$/.test(word.value) ? torchWord(word.value) : undefined;
    if (!spelling) return [];
    const kind = map ? "config_dict" : "config_value";
    const certainty = isExperiment ? "certain" : "likely";
    const facts = { framework: "allennlp", kind, span: word, certainty } as const;
    const meaning = { ...meaningOf(spelling, map), symbol: word.value };
    return [siteOf(meaning, facts, (target) => renamed(word, target, text))];
  });
}

/** Registered names, each with PyTorch's defaults: `Activation` of allennlp.nn.activations. */
const NAMES: Readonly<Partial<Record<Target["id"], string>>> = {
  leaky_relu: "leaky_relu",
  prelu: "prelu",
  elu: "elu",
  silu: "swish",
  sigmoid: "sigmoid",
  softplus: "softplus",
  linear: "linear",
};

function renamed(word: Scalar, target: Target, text: string): Switch {
  const name = NAMES[target.id];
  if (name === undefined) return cant(target, "AllenNLP has no name for it");
  const edits = [requoted(word, name, text)];
  if (target.id !== "leaky_relu") return { edits };
  const note = "AllenNLP makes Leaky ReLU with PyTorch's default slope when it is chosen by name.";
  return { edits, own: { slope: 0.01, owner: "PyTorch" }, note };
}
