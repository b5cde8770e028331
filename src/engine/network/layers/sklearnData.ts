/** scikit-learn's own data, loaded or made: how many features they have, and what is to be learnt of them. */
import type { InputScale } from "../../model.ts";
import type { DataFacts } from "../interpreter/tensors.ts";
import { type Arguments, numberIn } from "../interpreter/values.ts";

/** What is to be learnt of data: classes, or numbers for each example. */
export type Learnt = Pick<DataFacts, "classes" | "outputs">;

type KnownSet = readonly [features: number, kind: "image" | "table", learnt: Learnt];

/** Number of features of scikit-learn's own tables; its diabetes comes scaled unless told otherwise. */
const SKLEARN: Readonly<Record<string, KnownSet>> = {
  load_iris: [4, "table", { classes: 3 }],
  load_wine: [13, "table", { classes: 3 }],
  load_breast_cancer: [30, "table", { classes: 2 }],
  load_diabetes: [10, "table", { outputs: 1 }],
  load_digits: [64, "image", { classes: 10 }],
  load_linnerud: [3, "table", { outputs: 3 }],
  fetch_california_housing: [8, "table", { outputs: 1 }],
  fetch_openml: [0, "table", {}],
  fetch_olivetti_faces: [4096, "image", { classes: 40 }],
};

/** Sets of OpenML that many begin with: https://www.openml.org */
const OPENML: typeof SKLEARN = {
  mnist_784: [784, "image", { classes: 10 }],
  "Fashion-MNIST": [784, "image", { classes: 10 }],
};

/** A set by the function that loads it; of OpenML by its own name. */
export function sklearnSetNamed(loader: string, named?: string): KnownSet | undefined {
  if (named !== undefined && Object.hasOwn(OPENML, named)) return OPENML[named];
  return Object.hasOwn(SKLEARN, loader) ? SKLEARN[loader] : undefined;
}

/** Defaults of the functions that make data: https://scikit-learn.org/stable/api/sklearn.datasets.html */
export function generatedFeatures(symbol: string, given: Arguments): number | undefined {
  if (/moons|circles|blobs|gaussian_quantiles/.test(symbol) && !given.named.has("n_features")) return 2;
  const usual = /make_(classification|regression|friedman1)$/.exec(symbol)?.[1];
  if (usual === undefined || given.named.has("n_features") || given.positional.length > 1) return undefined;
  return usual === "classification" ? 20 : usual === "regression" ? 100 : 10;
}

/** Drawn with a spread of about 1, or between 0 and 1; of blobs and others the spread is what the caller says. */
export function generatedScale(symbol: string, { named, positional }: Arguments): InputScale {
  if (/friedman1$/.test(symbol)) return "unit";
  const isUsual =
    positional.length <= 1 && !named.has("scale") && !named.has("shift") && !named.has("class_sep");
  return isUsual && /make_(?:regression|classification|moons|circles)$/.test(symbol) ? "standardised" : "raw";
}

export function generatedTargets(symbol: string, { named, positional }: Arguments): Learnt {
  const numeric = (name: string, usual: number): number | undefined =>
    named.has(name) ? numberIn(named.get(name)) : usual;
  const isShort = positional.length <= 1;
  const classes = /moons|circles/.test(symbol)
    ? 2
    : /make_classification$/.test(symbol) && isShort
      ? numeric("n_classes", 2)
      : /make_blobs$/.test(symbol) && isShort
        ? numeric("centers", 3)
        : undefined;
  if (classes !== undefined) return { classes };
  const outputs =
    /make_regression$/.test(symbol) && isShort
      ? numeric("n_targets", 1)
      : /make_friedman/.test(symbol)
        ? 1
        : undefined;
  return outputs === undefined ? {} : { outputs };
}
