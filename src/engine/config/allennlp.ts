/** AllenNLP's experiments, in JSON or Jsonnet: `"activations": ["relu", "linear"]`. */
import type { Site } from "../model.ts";
import { meaningOf, torchWord } from "./meaning.ts";
import { namesIn, type Place } from "./place.ts";
import { requoted, siteOf, withOwnSlope } from "./sites.ts";

export function allenNlpSites(place: Place): readonly Site[] | undefined {
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
    const note = "AllenNLP makes Leaky ReLU with PyTorch's default slope when it is chosen by name.";
    return [
      siteOf(meaning, facts, () => withOwnSlope(requoted(word, "leaky_relu", text), 0.01, "PyTorch", note)),
    ];
  });
}
