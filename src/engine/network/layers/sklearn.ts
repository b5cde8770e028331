/**
 * scikit-learn's perceptrons: their layers follow from their arguments, their ends from the data that they are fitted
 * to. https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html
 */
import { parseSignature } from "../../activations/signature.ts";
import { type LayerSpelling, layerOf, type Spelling, wordOf } from "../../frameworks/index.ts";
import type { Initialiser } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Trace } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  type Module,
  NO_ARGUMENTS,
  numberIn,
  type ObjectValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { scaledBy } from "./data.ts";
import { makeModule } from "./make.ts";

const CLASSES = /^sklearn\.neural_network\.MLP(?:Classifier|Regressor)$/;

export const isPerceptron = (value: Value | undefined): value is Module & { layer: LayerSpelling } =>
  value?.type === "module" && value.layer !== undefined && CLASSES.test(value.layer.symbol);

const DENSE: LayerSpelling = {
  ...parseSignature("sklearn.neural_network.layer(units)"),
  role: "dense",
  framework: "sklearn",
  isFunction: false,
};

/** Since 1.7 a regressor's first argument is its loss, a word. */
function ownArguments(given: Arguments): Arguments {
  return stringIn(given.positional[0]) === undefined
    ? given
    : { ...given, positional: given.positional.slice(1) };
}

/** A call of one of the classes: hidden layers and activations; the output follows with the data. */
export function perceptron(
  symbol: string,
  written: Arguments,
  node: Call,
  run: Interpreter,
): Module | undefined {
  if (!CLASSES.test(symbol)) return undefined;
  const given = ownArguments(written);
  const made = makeModule({ layer: layerOf(symbol), given, node });
  const word = argumentOf(given, "activation", 1);
  const spelling = wordOf("sklearn", "string", word ? (stringIn(word) ?? "") : "relu");
  const site = word?.type === "constant" && word.node ? word.node : node;
  const widths = widthsIn(argumentOf(given, "hidden_layer_sizes", 0) ?? constant(100), run);
  if (!widths || !spelling || !written.complete) run.memory.assign(made, "complete", false);
  for (const width of widths ?? []) {
    addLayer(made, width, run);
    if (spelling) addActivation(made, spelling, site, run);
  }
  run.work += 1;
  run.memory.push(run.made, made);
  return made;
}

function widthsIn(value: Value, run: Interpreter): readonly Value[] | undefined {
  if (numberIn(value) !== undefined) return [value];
  const items = value.type === "list" && value.complete ? run.library.items(value, run) : undefined;
  return items && [...items];
}

function addLayer(owner: Module, units: Value, run: Interpreter): void {
  const given: Arguments = { ...NO_ARGUMENTS, named: new Map([["units", units]]) };
  const layer = makeModule({ layer: DENSE, given, node: owner.node });
  const value = initialiserOf(owner.given);
  layer.weights = { value };
  layer.bias = { value: { ...value, fans: "weights" } };
  // Every layer so far has an activation behind it.
  run.memory.set(owner.children, `coefs_[${owner.children.size / 2}]`, layer);
}

function addActivation(owner: Module, activation: Spelling, site: Expression, run: Interpreter): void {
  const made = makeModule({ activation, given: NO_ARGUMENTS, node: owner.node, site });
  run.memory.set(owner.children, `activation ${owner.children.size}`, made);
}

/**
 * Weights and biases alike from U(+-sqrt(factor / (fan_in + fan_out))) with a factor of 6, of 2 for the logistic
 * function: `BaseMultilayerPerceptron._init_coef` of scikit-learn.
 */
function initialiserOf(given: Arguments): Initialiser {
  const isLogistic = stringIn(argumentOf(given, "activation", 1)) === "logistic";
  return { scheme: "glorot_uniform", ...(isLogistic ? { gain: 1 / Math.sqrt(3) } : {}) };
}

/** Its output layer, now that the program has run: one unit for a regression or two classes, else one for each class. */
export function addOutput(root: Module, run: Interpreter): void {
  const fitted = run.uses.find(({ network, method }) => network === root && /fit$/.test(method));
  const targets = fitted?.given.positional[1] ?? fitted?.given.named.get("y");
  const facts = targets?.type === "tensor" ? targets.state.data : undefined;
  const isRegression = root.layer?.symbol.endsWith("Regressor") === true;
  const units = isRegression ? facts?.outputs : facts?.classes === 2 ? 1 : facts?.classes;
  addLayer(root, units === undefined ? UNKNOWN : constant(units), run);
}

/** Says what is missing in the words of scikit-learn. */
export function inItsWords(root: Module, { drafts, gaps }: Trace): Trace {
  const isRegression = root.layer?.symbol.endsWith("Regressor") === true;
  const ends = isRegression ? "how many numbers it predicts" : "how many classes it tells apart";
  const said = gaps.map(({ span, what }) => ({
    span,
    what:
      what === "width of the input of layer 1 is not known"
        ? "how many features the data have is not known here"
        : what === `width of layer ${drafts.length} is not known`
          ? `${ends} is not known here`
          : what === "a list of layers is not known"
            ? "its hidden layers or their activation are not known here"
            : what,
  }));
  return { drafts, gaps: said };
}

const FITS = /^(?:fit|partial_fit|fit_transform|fit_predict)$/;
const HOLDERS =
  /^sklearn\.(?:pipeline\.(?:Pipeline|make_pipeline)|model_selection\.(?:GridSearchCV|RandomizedSearchCV|HalvingGridSearchCV)|compose\.TransformedTargetRegressor)$/;
/** Functions that fit what they are given: https://scikit-learn.org/stable/api/sklearn.model_selection.html */
const FITTING =
  /^sklearn\.model_selection\.(?:cross_val_score|cross_validate|cross_val_predict|learning_curve)$/;

/** `clf.fit(X, y)`, `pipeline.fit(X, y)`. */
export function perceptronMethod(
  receiver: Value,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (isPerceptron(receiver) && name === "set_params") {
    run.memory.assign(receiver, "complete", false);
    return receiver;
  }
  const isHolder = receiver.type === "object" && HOLDERS.test(receiver.symbol);
  if (!FITS.test(name) || !(isHolder || isPerceptron(receiver))) return undefined;
  fitTo(receiver, given, node, run);
  return receiver;
}

/** `cross_val_score(clf, X, y)`. */
export function fittedBy(symbol: string, given: Arguments, node: Call, run: Interpreter): void {
  const estimator = argumentOf(given, "estimator", 0);
  if (!FITTING.test(symbol) || !estimator) return;
  const data = [argumentOf(given, "X", 1), argumentOf(given, "y", 2)];
  fitTo(estimator, { ...NO_ARGUMENTS, positional: data.map((value) => value ?? UNKNOWN) }, node, run);
}

function fitTo(receiver: Value, given: Arguments, node: Call, run: Interpreter): void {
  let inputs = argumentOf(given, "X", 0) ?? UNKNOWN;
  const targets = argumentOf(given, "y", 1) ?? UNKNOWN;
  if (isPerceptron(receiver)) {
    run.uses.push({ network: receiver, method: "fit", given: pair(inputs, targets), node });
    return;
  }
  if (receiver.type !== "object") return;
  for (const step of stepsOf(receiver)) {
    if (isPerceptron(step) || (step.type === "object" && HOLDERS.test(step.symbol))) {
      if (/SearchCV$/.test(receiver.symbol)) searched(receiver, step, run);
      const isScaled = receiver.symbol.endsWith("TransformedTargetRegressor");
      const scaler = receiver.given.named.get("transformer");
      const own = isScaled && scaler?.type === "object" ? transformed(scaler, targets, node) : targets;
      fitTo(step, pair(inputs, own), node, run);
    } else inputs = step.type === "object" ? transformed(step, inputs, node) : UNKNOWN;
  }
}

const pair = (inputs: Value, targets: Value): Arguments => ({
  ...NO_ARGUMENTS,
  positional: [inputs, targets],
});

/** Behind a step: scalers keep the features, of others it is not known what they leave. */
function transformed(step: ObjectValue, input: Value, node: Call): Value {
  const scaled = scaledBy(step, "transform", { ...NO_ARGUMENTS, positional: [input] }, node);
  if (scaled?.type !== "tensor" || input.type !== "tensor") return scaled ?? UNKNOWN;
  const { classes, outputs } = input.state.data ?? {};
  const facts = { ...scaled.state.data, ...(classes ? { classes } : {}), ...(outputs ? { outputs } : {}) };
  return { ...scaled, state: { ...scaled.state, data: { kind: undefined, scale: undefined, ...facts } } };
}

/** Steps of a pipeline, with or without names; the one estimator of a search. */
function stepsOf({ symbol, given }: ObjectValue): readonly Value[] {
  const first = argumentOf(given, ["steps", "estimator", "regressor"], 0);
  if (symbol.endsWith("make_pipeline")) return given.positional;
  if (first?.type !== "list") return first ? [first] : [];
  return first.items.flatMap((step) => (step.type === "list" ? (step.items[1] ?? []) : [step]));
}

/** A search tries settings of its own: what it tries is not read. */
function searched({ given }: ObjectValue, step: Value, run: Interpreter): void {
  const grid = argumentOf(given, ["param_grid", "param_distributions"], 1);
  const keys = grid?.type === "dict" ? [...grid.entries.keys()].map(String) : undefined;
  const isOfLayers = !keys || keys.some((key) => /(?:^|__)(?:hidden_layer_sizes|activation)$/.test(key));
  const inner = isPerceptron(step)
    ? step
    : step.type === "object"
      ? stepsOf(step).find(isPerceptron)
      : undefined;
  if (isOfLayers && inner) run.memory.assign(inner, "complete", false);
}
