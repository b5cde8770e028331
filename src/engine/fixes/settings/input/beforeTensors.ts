/** Arrays scaled before tensors of PyTorch, or arrays of JAX, are made of them. */
import type { Scope } from "../../../syntax/scopes.ts";
import type { Call, Expression } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import { calleeName, type Edits, lineBefore, symbolOf } from "../call.ts";
import { isCut } from "./parts.ts";
import { areTables, type How, isMadeBefore, isRepeated, nameOf, scaling } from "./scaling.ts";

/** `TensorDataset(torch.tensor(X), torch.tensor(y))`: arrays are scaled before they become tensors. */
export function beforeTensors(how: How, unit: Unit, index: CodeIndex): Edits {
  const sets = index.calls.filter(
    ({ node, scope }) => symbolOf(node, scope, unit) === "torch.utils.data.TensorDataset",
  );
  const [first] = sets;
  if (!first || sets.some(({ scope }) => scope !== first.scope) || /\.fit\(|_split\(/.test(unit.text))
    return undefined;
  const names = sets.map(({ node, scope }) => arrayIn(node.arguments[0]?.value, scope, unit, index));
  const known = [...new Set(names)].filter((name) => name !== undefined);
  const train = known.length === 1 ? known[0] : known.find((name) => /train/i.test(name));
  if (names.includes(undefined) || train === undefined) return undefined;
  // Other arrays of inputs would come to the network as they are.
  const used = index.calls.flatMap(({ node, scope }) =>
    isTensorOf(node, scope, unit) ? [arrayIn(node, scope, unit, index)] : [],
  );
  if (used.some((name) => name !== undefined && /^x/i.test(name) && !known.includes(name))) return undefined;
  const uses = index.places.filter(({ node }) => node.type === "name" && node.name === train);
  const use = uses.find(({ call, scope }) => call && isTensorOf(call, scope, unit));
  const statement = use && index.statementAt(use.node);
  if (!statement || use.scope !== first.scope) return undefined;
  const scaled = scaling([train, ...known.filter((name) => name !== train)], how, first.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** `x = torch.tensor(x)`: arrays of inputs, those for training and those for tests. */
export function beforeTensor(how: How, unit: Unit, index: CodeIndex): Edits {
  const made = index.calls.flatMap(({ node, scope }) => {
    const name =
      isTensorOf(node, scope, unit) && !isOfClasses(node, unit)
        ? arrayIn(node, scope, unit, index)
        : undefined;
    return name === undefined || isTargets(name, index) ? [] : [{ node, scope, name }];
  });
  const [first] = made;
  const statement = first && index.statementAt(first.node);
  const names = [...new Set(made.map(({ name }) => name))];
  if (!first || !statement || isRepeated(statement, index) || /\.fit\(|_split\(/.test(unit.text))
    return undefined;
  const train = names.length === 1 ? names[0] : trained(names);
  // All of them are there before the first becomes a tensor, and are no parts of each other.
  const areThere = names.every((name) => isMadeBefore(name, statement.from, unit));
  if (train === undefined || !areThere || made.some(({ scope }) => scope !== first.scope)) return undefined;
  // A part that is put aside for tests must have no part in the statistics.
  const ordered = [train, ...names.filter((name) => name !== train)];
  if (isCut(names, unit, index) || areTables(names, statement.to, index)) return undefined;
  const scaled = scaling(ordered, how, first.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** What is learnt, by its name or as a part of a set of scikit-learn: `body = linnerud.target`. */
const isTargets = (name: string, { statements }: CodeIndex): boolean =>
  /^(?:y|t|labels?|targets?)(?:_|\b)/i.test(name) ||
  statements.some(
    (one) =>
      one.type === "assignment" &&
      one.targets.some((target) => nameOf(target) === name) &&
      one.value?.type === "attribute" &&
      one.value.name === "target",
  );

/** The only one for training, where all others are for tests. */
function trained(names: readonly string[]): string | undefined {
  const [train, ...others] = names.filter((name) => /tr(?:ai)?n/i.test(name));
  const areTests = names.every((name) => name === train || /test|val|dev|eval/i.test(name));
  return others.length === 0 && areTests ? train : undefined;
}

/** Numbers of classes, not of columns. */
const isOfClasses = (call: Call, { text }: Unit): boolean =>
  /\b(?:long|int\d*)\b/.test(text.slice(call.argumentsSpan.from, call.argumentsSpan.to));

const isTensorOf = (call: Call, scope: Scope, unit: Unit): boolean =>
  /^(?:tensor|from_numpy|as_tensor|FloatTensor|Tensor)$/.test(calleeName(call)) ||
  /^jax\.numpy\.(?:array|asarray)$/.test(symbolOf(call, scope, unit));

/** The name of the array that a tensor is made of; a name of that tensor leads to it. */
function arrayIn(
  node: Expression | undefined,
  scope: Scope,
  unit: Unit,
  index: CodeIndex,
): string | undefined {
  if (node?.type === "name") {
    const [only, ...others] = index.statements.filter(
      (one) => one.type === "assignment" && one.targets.some((target) => nameOf(target) === node.name),
    );
    const made = only?.type === "assignment" && others.length === 0 ? only.value : undefined;
    return made?.type === "call" ? arrayIn(made, scope, unit, index) : undefined;
  }
  if (node?.type !== "call") return undefined;
  if (isTensorOf(node, scope, unit)) {
    const given = node.arguments[0]?.value;
    const inner = given?.type === "call" && given.callee.type === "attribute" ? given.callee.object : given;
    return inner && nameOf(inner);
  }
  return node.callee.type === "attribute" ? arrayIn(node.callee.object, scope, unit, index) : undefined;
}
