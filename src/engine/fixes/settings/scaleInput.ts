/** Inputs brought to about 1: pixels divided by 255, columns standardised with the statistics of the training part. */
import type { Edit, Network } from "../../model.ts";
import { type Argument, argumentOf, type Call, type Expression, type Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { referStandard } from "../names/refer.ts";
import { calleeName, type Edits, lineAfter, lineBefore, symbolOf } from "./call.ts";
import { normalisedTransforms, unitTransforms } from "./transforms.ts";

/** Pixels that are no bytes: scikit-learn's digits go up to 16. */
const NO_BYTES = /\bload_digits\b|\bfetch_olivetti_faces\b/;

export function scaleInput(network: Network, unit: Unit, index: CodeIndex): Edits {
  if (unit.language !== "python") return undefined;
  const { scale, data } = network.input.value;
  if (scale === "unit") return normalisedTransforms(unit, index);
  if (scale !== "raw") return undefined;
  const transforms = unitTransforms(unit, index);
  if (transforms) return transforms;
  const isPixels = data === "image" && !NO_BYTES.test(unit.text);
  // A scaler takes tables: what a convolution reads has more axes.
  if (!isPixels && network.layers[0]?.kind === "conv") return undefined;
  return (
    inPipeline(network, unit, index) ??
    behindLoading(isPixels, unit, index) ??
    behindSplit(isPixels, unit, index) ??
    beforeTensors(isPixels, unit, index) ??
    beforeTensor(isPixels, unit, index) ??
    beforeFit(isPixels, unit, index)
  );
}

/** `make_pipeline(StandardScaler(), MLPClassifier(...))`: whatever it is shown is scaled in the same way. */
function inPipeline(network: Network, unit: Unit, index: CodeIndex): Edits {
  const found = index.at(network.span);
  if (network.framework !== "sklearn" || found?.node.type !== "call") return undefined;
  const { node, scope } = found;
  const statement = index.statementAt(node);
  const [target] = statement?.type === "assignment" && statement.value === node ? statement.targets : [];
  if (target?.type !== "name") return undefined;
  // Other members are those of the perceptron alone: `loss_curve_`, `coefs_`, `partial_fit`.
  const uses = index.places.filter(({ node: one }) => one.type === "name" && one.name === target.name);
  const isPlain = uses.every(({ node: one, role }) => {
    if (role === "target") return true;
    const member = /^\s*\.\s*(\w+)/.exec(unit.text.slice(one.to))?.[1];
    return member !== undefined && /^(?:fit|predict|predict_proba|score)$/.test(member);
  });
  if (!isPlain || /GridSearchCV|RandomizedSearchCV|warm_start/.test(unit.text)) return undefined;
  const pipeline = referStandard("sklearn.pipeline", "make_pipeline", scope, unit);
  const scaler = referStandard("sklearn.preprocessing", "StandardScaler", scope, unit);
  if (!pipeline || !scaler) return undefined;
  return [
    ...inOrder(pipeline.imports, scaler.imports),
    { span: { from: node.from, to: node.from }, text: `${pipeline.text}(${scaler.text}(), ` },
    { span: { from: node.to, to: node.to }, text: ")" },
  ];
}

/** Two lines at one place as one edit. */
function inOrder(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const [a, b] = [first[0], second[0]];
  if (!a || !b || a.span.from !== b.span.from) return [...first, ...second];
  return [{ span: a.span, text: a.text + b.text }];
}

/** `(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()` */
function behindLoading(isPixels: boolean, unit: Unit, index: CodeIndex): Edits {
  const [load, ...others] = index.calls.filter(({ node, scope }) =>
    /^keras\.datasets\.\w+\.load_data$/.test(symbolOf(node, scope, unit)),
  );
  const statement = load && index.statementAt(load.node);
  if (!load || others.length > 0 || statement?.type !== "assignment" || statement.value !== load.node)
    return undefined;
  const [target] = statement.targets;
  const names = target?.type === "sequence" ? target.items.map(({ value }) => firstName(value)) : [];
  return scaledAfter(names, isPixels, statement, load, unit, index);
}

const firstName = (node: Expression): string | undefined => {
  const first = node.type === "sequence" ? node.items[0]?.value : undefined;
  return first?.type === "name" ? first.name : undefined;
};

/** `X_train, X_test, y_train, y_test = train_test_split(X, y)`, and a second one that takes a part of it away. */
function behindSplit(isPixels: boolean, unit: Unit, index: CodeIndex): Edits {
  const splits = index.calls.filter(({ node }) => calleeName(node) === "train_test_split");
  const [first] = splits;
  if (!first || splits.length > 2) return undefined;
  const parts: string[] = [];
  let last: Statement | undefined;
  for (const split of splits) {
    const statement = index.statementAt(split.node);
    const [target] =
      statement?.type === "assignment" && statement.value === split.node ? statement.targets : [];
    const [train, test] = target?.type === "sequence" ? target.items.map(({ value }) => value) : [];
    if (!statement || train?.type !== "name" || test?.type !== "name" || split.scope !== first.scope)
      return undefined;
    const from = split.node.arguments[0]?.value;
    if (last && !(from?.type === "name" && parts.includes(from.name))) return undefined;
    if (last && parts[0] !== train.name) {
      // The training part has another name now; the one before is shown to nobody.
      if (from?.type === "name" && from.name === parts[0]) parts.shift();
      parts.unshift(train.name, test.name);
    } else parts.push(...(parts.includes(train.name) ? [] : [train.name]), test.name);
    last = statement;
  }
  return last && scaledAfter(parts, isPixels, last, first, unit, index);
}

/** What arrays and tables have in common: a scaled table is an array. */
const COMMON = /^(?:shape|astype|reshape|ndim|size|dtype|copy|mean|std|min|max)$/;

/** Whether code behind a place asks one of them for something that a scaled table no longer has. */
const areTables = (names: readonly string[], from: number, { places }: CodeIndex): boolean =>
  places.some(
    ({ node }) =>
      node.type === "attribute" &&
      node.from > from &&
      node.object.type === "name" &&
      names.includes(node.object.name) &&
      !COMMON.test(node.name),
  );

/** @param names the training part first */
function scaledAfter(
  names: readonly (string | undefined)[],
  isPixels: boolean,
  statement: Statement,
  { scope }: Indexed,
  unit: Unit,
  index: CodeIndex,
): Edits {
  // A scaler gives arrays: what was a tensor before would be none.
  if (!isPixels && givenTensors(statement, unit, index)) return undefined;
  const known = names.filter((name) => name !== undefined);
  if (known.length !== names.length || known.length === 0) return undefined;
  const scaled = scaling(known, isPixels, scope, unit);
  if (!scaled) return undefined;
  if (areTables(known, statement.to, index)) return undefined;
  const edit = lineAfter(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** Whether what a call is given was made a tensor before. */
function givenTensors(statement: Statement, { text }: Unit, { calls }: CodeIndex): boolean {
  const given = calls
    .filter(({ node }) => statement.from <= node.from && node.to <= statement.to)
    .flatMap(({ node, scope }) =>
      node.arguments.flatMap(({ value }) => (value.type === "name" ? (scope.lookup(value.name) ?? []) : [])),
    );
  return given.some(
    (binding) =>
      binding.kind === "value" &&
      /\b(?:torch|tf|jnp|jax)\.|\.float\(\)/.test(text.slice(binding.value.from, binding.value.to)),
  );
}

/** Lines that scale arrays in their place, with the statistics of the first of them. */
function scaling(
  names: readonly string[],
  isPixels: boolean,
  scope: Indexed["scope"],
  unit: Unit,
): { readonly lines: readonly string[]; readonly imports: readonly Edit[] } | undefined {
  if (isPixels)
    return { lines: names.map((name) => `${name} = ${name}.astype("float32") / 255.0`), imports: [] };
  const [train, ...rest] = names;
  const own = scope.lookup("scaler") ? "input_scaler" : "scaler";
  const made = referStandard("sklearn.preprocessing", "StandardScaler", scope, unit);
  if (!made || scope.lookup(own)) return undefined;
  return {
    lines: [
      `${own} = ${made.text}()`,
      `${train} = ${own}.fit_transform(${train})`,
      ...rest.map((name) => `${name} = ${own}.transform(${name})`),
    ],
    imports: made.imports,
  };
}

/** `TensorDataset(torch.tensor(X), torch.tensor(y))`: arrays are scaled before they become tensors. */
function beforeTensors(isPixels: boolean, unit: Unit, index: CodeIndex): Edits {
  const sets = index.calls.filter(
    ({ node, scope }) => symbolOf(node, scope, unit) === "torch.utils.data.TensorDataset",
  );
  const [first] = sets;
  if (!first || sets.some(({ scope }) => scope !== first.scope) || /\.fit\(|_split\(/.test(unit.text))
    return undefined;
  const names = sets.map(({ node }) => arrayIn(node.arguments[0]?.value, index));
  const known = [...new Set(names)].filter((name) => name !== undefined);
  const train = known.length === 1 ? known[0] : known.find((name) => /train/i.test(name));
  if (names.includes(undefined) || train === undefined) return undefined;
  // Other arrays of inputs would come to the network as they are.
  const used = index.calls.flatMap(({ node }) => (isTensorOf(node) ? [arrayIn(node, index)] : []));
  if (used.some((name) => name !== undefined && /^x/i.test(name) && !known.includes(name))) return undefined;
  const uses = index.places.filter(({ node }) => node.type === "name" && node.name === train);
  const use = uses.find(({ call }) => call && isTensorOf(call));
  const statement = use && index.statementAt(use.node);
  if (!statement || use.scope !== first.scope) return undefined;
  const scaled = scaling([train, ...known.filter((name) => name !== train)], isPixels, first.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** `x = torch.tensor(x)` of one array, all of which is trained on. */
function beforeTensor(isPixels: boolean, unit: Unit, index: CodeIndex): Edits {
  const made = index.calls.flatMap(({ node, scope }) => {
    const name = isTensorOf(node) && !isOfClasses(node, unit) ? arrayIn(node, index) : undefined;
    return name === undefined || /^(?:y|t|labels?|targets?)(?:_|\b)/i.test(name)
      ? []
      : [{ node, scope, name }];
  });
  const [only, ...others] = made;
  const statement = only && index.statementAt(only.node);
  if (!only || !statement || others.length > 0 || /\.fit\(|_split\(/.test(unit.text)) return undefined;
  // A part that is put aside for tests must have no part in the statistics.
  const isCut = new RegExp(`\\b${only.name}\\s*\\[[^\\]]*:`).test(unit.text);
  const scaled = isCut ? undefined : scaling([only.name], isPixels, only.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** Numbers of classes, not of columns. */
const isOfClasses = (call: Call, { text }: Unit): boolean =>
  /\b(?:long|int\d*)\b/.test(text.slice(call.argumentsSpan.from, call.argumentsSpan.to));

const isTensorOf = (call: Call): boolean =>
  /^(?:tensor|from_numpy|as_tensor|FloatTensor|Tensor)$/.test(calleeName(call));

/** The name of the array that a tensor is made of; a name of that tensor leads to it. */
function arrayIn(node: Expression | undefined, index: CodeIndex): string | undefined {
  if (node?.type === "name") {
    const [only, ...others] = index.statements.filter(
      (one) => one.type === "assignment" && one.targets.some((target) => nameOf(target) === node.name),
    );
    const made = only?.type === "assignment" && others.length === 0 ? only.value : undefined;
    return made?.type === "call" ? arrayIn(made, index) : undefined;
  }
  if (node?.type !== "call") return undefined;
  if (isTensorOf(node)) {
    const given = node.arguments[0]?.value;
    const inner = given?.type === "call" && given.callee.type === "attribute" ? given.callee.object : given;
    return inner && nameOf(inner);
  }
  return node.callee.type === "attribute" ? arrayIn(node.callee.object, index) : undefined;
}

/** `model.fit(x, y)`: a scaler in front of it, for everything that the model is shown in this block. */
function beforeFit(isPixels: boolean, unit: Unit, index: CodeIndex): Edits {
  const [fit, ...others] = index.calls.filter(
    ({ node }) => node.callee.type === "attribute" && node.callee.name === "fit" && node.arguments.length > 1,
  );
  if (!fit || others.length > 0 || fit.node.callee.type !== "attribute") return undefined;
  const statement = index.statementAt(fit.node);
  const model = nameOf(fit.node.callee.object);
  const data = inputOf(fit.node.arguments);
  const validation = validationOf(fit.node);
  if (!statement || model === undefined || data?.type !== "name" || validation === "unknown")
    return undefined;
  const shown = index.calls.flatMap(({ node, scope }) => {
    const { callee } = node;
    if (callee.type !== "attribute" || !/^(?:evaluate|predict|predict_proba|score)$/.test(callee.name))
      return [];
    return nameOf(callee.object) === model && scope === fit.scope ? [inputOf(node.arguments)] : [];
  });
  // What is shown to it later under no name, or made later, would not be scaled.
  const names = shown.map((one) =>
    one?.type === "name" && isMadeBefore(one.name, statement.from, unit) ? one.name : undefined,
  );
  if (names.includes(undefined)) return undefined;
  const all = [data.name, ...(validation ? [validation] : []), ...(names as string[])];
  if (areTables(all, statement.from, index)) return undefined;
  const scaled = scaling([...new Set(all)], isPixels, fit.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

const nameOf = (node: Expression): string | undefined => (node.type === "name" ? node.name : undefined);

function inputOf(given: readonly Argument[]): Expression | undefined {
  const named = given.find(({ name }) => name === "x" || name === "X");
  const [first] = given;
  return named?.value ?? (first?.name === undefined && !first?.spread ? first?.value : undefined);
}

/** The inputs of `validation_data=(x, y)`. */
function validationOf(fit: Call): string | undefined {
  const given = argumentOf(fit, "validation_data")?.value;
  if (!given) return undefined;
  return firstName(given) ?? "unknown";
}

const isMadeBefore = (name: string, at: number, { text }: Unit): boolean =>
  new RegExp(`\\b${name}\\b`).test(text.slice(0, at));
