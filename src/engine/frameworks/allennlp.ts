/** AllenNLP: activations are made by their registered names. https://docs.allennlp.org/main/api/nn/activations/ */
import type { Framework } from "./framework.ts";

export const allennlp: Framework = {
  id: "allennlp",
  roots: ["allennlp"],
  canonical: (symbol) =>
    /^allennlp(?:\.|$)/.test(symbol)
      ? symbol.replace(/^allennlp\.nn\.activations\./, "allennlp.nn.")
      : undefined,
  activationArguments: {
    "allennlp.nn.Activation.by_name": { name: 0 },
  },
  layers: {},
  optimisers: {},
};
