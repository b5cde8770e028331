/** Programs in scikit-learn: perceptrons whose layers follow from their arguments and their data. */
import type { Focus } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, named, numeral, quoted, shuffled, style } from "./style.ts";
import { drawnTable, loaded } from "./tables.ts";

/** Data sets that come with the package: https://scikit-learn.org/stable/datasets/toy_dataset.html */
const CLASSES = ["load_iris", "load_wine", "load_breast_cancer", "load_digits"] as const;
const NUMBERS = ["load_diabetes"] as const;

export function sklearnProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const table = focus === "input" ? drawnTable(random) : undefined;
  const isRegression = table ? table.classes === 0 : random.chance(0.3);
  const data = isRegression ? random.of(NUMBERS) : random.of(CLASSES);
  const kind = isRegression ? "MLPRegressor" : "MLPClassifier";
  const widths = Array.from({ length: random.between(1, 3) }, () => random.between(8, 40));
  const sizes = widths.length === 1 ? `(${widths[0]},)` : `(${widths.join(", ")})`;
  const solver = random.of(["", "adam", "sgd"] as const);
  const rate = random.chance(0.6)
    ? [named(given, "learning_rate_init", numeral(given, random.of([0.1, 0.01, 0.001, 0.05])))]
    : [];
  const more = shuffled(given, [
    named(given, "hidden_layer_sizes", sizes),
    ...(random.chance(0.4) ? [named(given, "activation", quoted(given, "relu"))] : []),
    ...(solver ? [named(given, "solver", quoted(given, solver))] : []),
    ...rate,
    named(given, "max_iter", 20),
    named(given, "random_state", 1),
    ...(random.chance(0.2) ? [named(given, "alpha", "1e-4")] : []),
  ]);
  const form = random.of(["import", "import", "module"] as const);
  const made = `${form === "module" ? "sklearn.neural_network." : ""}${kind}${bracketed(given, more)}`;
  const name = random.of(["clf", "mlp", "model"]);
  const scaled = table ? "" : random.of(["", "", "scaler", "pipeline"] as const);
  const isPipeline = scaled === "pipeline";
  const usual = {
    lines: [
      `X, y = ${data}(return_X_y=True)`,
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
    ],
    train: ["X_train", "y_train"],
    test: ["X_test", "y_test"],
  } as const;
  const { lines, train, test = train } = table ? loaded("X", "y", table) : usual;
  return file(given, [
    ...(form === "module"
      ? ["import sklearn.neural_network"]
      : [`from sklearn.neural_network import ${kind}`]),
    ...(table
      ? []
      : [`from sklearn.datasets import ${data}`, "from sklearn.model_selection import train_test_split"]),
    ...(scaled === "" ? [] : ["from sklearn.preprocessing import StandardScaler"]),
    ...(isPipeline ? ["from sklearn.pipeline import make_pipeline"] : []),
    "",
    ...lines,
    ...(scaled === "scaler"
      ? [
          "scaler = StandardScaler()",
          "X_train = scaler.fit_transform(X_train)",
          "X_test = scaler.transform(X_test)",
        ]
      : []),
    `${name} = ${isPipeline ? `make_pipeline(StandardScaler(), ${made})` : made}`,
    `${name}.fit(${train.join(", ")})`,
    ...(table && table.form % 3 === 0
      ? [`predicted = ${name}.predict(${test[0]})`]
      : [`print(${name}.score(${test.join(", ")}))`]),
  ]);
}
