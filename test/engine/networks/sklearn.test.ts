import assert from "node:assert/strict";
import { test } from "node:test";
import { biasMoments, weightMoments } from "../../../src/engine/risk/initialisers.ts";
import { gapsOf, inWords, layersOf, networkOf, networksOf, trainingOf } from "./named.ts";

const SKLEARN = `from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.datasets import *
from sklearn.datasets import load_iris, load_digits, load_breast_cancer, make_moons, fetch_california_housing
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
`;

test("defaults: one hidden layer of 100 with ReLU, whose site is the name of the class", () => {
  const text = `${SKLEARN}X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
clf = MLPClassifier()
clf.fit(X_train, y_train)
`;
  const network = networkOf(text);
  assert.deepEqual([network.name, network.framework], ["clf", "sklearn"]);
  assert.deepEqual(layersOf(network), ["coefs_[0] 4>100 relu", "coefs_[1] 100>3"]);
  assert.deepEqual(trainingOf(network), ["adam", 0.001, 0, null, "cross-entropy"]);
  assert.deepEqual(network.input.value, { data: "table", scale: "raw" });
  const site = network.layers[0]?.site;
  assert.equal(site?.isDefault, true);
  assert.equal(text.slice(site?.span.from, site?.span.to), "MLPClassifier");
  assert.ok(network.risk);
});

// BaseMultilayerPerceptron._init_coef of scikit-learn 1.9: U(+-sqrt(6 / (in + out))), 2 in the place of 6 for logistic.
test("weights and biases come from one interval", () => {
  const drawn = (activation: string) => {
    const network = networkOf(
      `${SKLEARN}clf = MLPClassifier((50,), activation="${activation}").fit(*load_iris(return_X_y=True))\n`,
    );
    const [layer] = network.layers;
    assert.ok(layer?.bias);
    return {
      words: [inWords(layer.weights.value), inWords(layer.bias.value)],
      std: [weightMoments(layer.weights.value, 4, 50).std, biasMoments(layer.bias.value, 4, 50).std],
    };
  };
  const relu = drawn("relu");
  assert.deepEqual(relu.words, ["glorot_uniform", "glorot_uniform fans weights"]);
  for (const std of relu.std) assert.ok(Math.abs(std - Math.sqrt(6 / 54) / Math.sqrt(3)) < 1e-12);
  const logistic = drawn("logistic");
  for (const std of logistic.std) assert.ok(Math.abs(std - Math.sqrt(2 / 54) / Math.sqrt(3)) < 1e-12);
});

test("solvers and their rates", () => {
  const trained = (options: string) => networkOf(`${SKLEARN}clf = MLPClassifier((8, 4), ${options})\n`);
  assert.deepEqual(trainingOf(trained("solver='sgd', learning_rate_init=0.1")).slice(0, 3), [
    "momentum",
    0.1,
    0.9,
  ]);
  assert.deepEqual(trainingOf(trained("solver='sgd', momentum=0")).slice(0, 3), ["sgd", 0.001, 0]);
  const lbfgs = trained("solver='lbfgs'");
  assert.match(lbfgs.optimiser.assumption ?? "", /lbfgs takes no steps/);
  assert.match(trained("").learningRate.assumption ?? "", /default 0\.001/);
});

test("pipelines scale, searches and cross-validation fit", () => {
  const piped = networkOf(`${SKLEARN}housing = fetch_california_housing()
model = make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=[32, 16], activation="tanh"))
model.fit(housing.data, housing.target)
`);
  assert.deepEqual(layersOf(piped), ["coefs_[0] 8>32 tanh", "coefs_[1] 32>16 tanh", "coefs_[2] 16>1"]);
  assert.deepEqual(
    [piped.input.value.scale, piped.targets.value, piped.loss.value],
    ["standardised", "raw", "squared-error"],
  );
  const searched = networkOf(`${SKLEARN}digits = load_digits()
pipe = Pipeline([("scale", StandardScaler()), ("mlp", MLPClassifier(64))])
GridSearchCV(pipe, {"mlp__alpha": [0.1, 1]}).fit(digits.data, digits.target)
`);
  assert.deepEqual(layersOf(searched), ["coefs_[0] 64>64 relu", "coefs_[1] 64>10"]);
  const crossed = networkOf(`${SKLEARN}X, y = load_breast_cancer(return_X_y=True)
score = cross_val_score(MLPClassifier((5,)), X, y)
`);
  assert.deepEqual(layersOf(crossed), ["coefs_[0] 30>5 relu", "coefs_[1] 5>1"]);
});

test("what follows from data that nobody sees is a gap, in words that say so", () => {
  const network = networkOf(`${SKLEARN}import pandas as pd
table = pd.read_csv("table.csv")
clf = MLPClassifier()
clf.fit(table[["a", "b"]], table["c"])
`);
  assert.deepEqual(layersOf(network), ["coefs_[0] ?>100 relu", "coefs_[1] 100>?"]);
  assert.deepEqual(gapsOf(network), [
    "how many features the data have is not known here",
    "how many classes it tells apart is not known here",
  ]);
  assert.equal(network.risk, null);
  const searched = networkOf(`${SKLEARN}X, y = load_iris(return_X_y=True)
GridSearchCV(MLPClassifier(), {"hidden_layer_sizes": [(8,), (16, 8)]}).fit(X, y)
`);
  assert.ok(gapsOf(searched).includes("its hidden layers or their activation are not known here"));
});

test("no network of what is none", () => {
  assert.deepEqual(
    networksOf(
      `${SKLEARN}from sklearn.linear_model import LogisticRegression\nclf = LogisticRegression().fit(*make_moons())\n`,
    ),
    [],
  );
  assert.deepEqual(
    networksOf("from mine import MLPClassifier\nclf = MLPClassifier((8,), activation='relu')\n"),
    [],
  );
});
