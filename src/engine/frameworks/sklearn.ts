/** scikit-learn's perceptrons: https://scikit-learn.org/stable/modules/neural_networks_supervised.html */
import type { Framework } from "./framework.ts";

export const sklearn: Framework = {
  id: "sklearn",
  roots: ["sklearn"],
  canonical(symbol) {
    if (symbol !== "sklearn" && !symbol.startsWith("sklearn.")) return undefined;
    return symbol.replace(/^sklearn\.neural_network\._?multilayer_perceptron\./, "sklearn.neural_network.");
  },
  activationArguments: {
    "sklearn.neural_network.MLPClassifier": { activation: 1 },
    "sklearn.neural_network.MLPRegressor": { activation: 1 },
  },
  unwritten: {
    "sklearn.neural_network.MLPClassifier": { activation: "relu" },
    "sklearn.neural_network.MLPRegressor": { activation: "relu" },
  },
  // Their layers follow from their arguments: network/layers/sklearn.ts.
  layers: {
    sequential: ["Classifier", "Regressor"].map(
      (kind) => `sklearn.neural_network.MLP${kind}(hidden_layer_sizes, activation)`,
    ),
  },
  optimisers: {},
};
