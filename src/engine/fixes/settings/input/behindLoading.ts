/** Arrays scaled where they come from: behind the statement that loads them, or cuts them into parts. */
import { isWithin } from "../../../spans.ts";
import type { Statement } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex, Indexed } from "../../codeIndex.ts";
import { calleeName, type Edits, lineAfter, symbolOf } from "../call.ts";
import { areTables, firstName, type How, scaling } from "./scaling.ts";

/** `(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()` */
export function behindLoading(how: How, unit: Unit, index: CodeIndex): Edits {
  const [load, ...others] = index.calls.filter(({ node, scope }) =>
    /^keras\.datasets\.\w+\.load_data$/.test(symbolOf(node, scope, unit)),
  );
  const statement = load && index.statementAt(load.node);
  if (!load || others.length > 0 || statement?.type !== "assignment" || statement.value !== load.node)
    return undefined;
  const [target] = statement.targets;
  const names = target?.type === "sequence" ? target.items.map(({ value }) => firstName(value)) : [];
  return scaledAfter(names, how, statement, load, unit, index);
}

/** `X_train, X_test, y_train, y_test = train_test_split(X, y)`, and a second one that takes a part of it away. */
export function behindSplit(how: How, unit: Unit, index: CodeIndex): Edits {
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
  return last && scaledAfter(parts, how, last, first, unit, index);
}

/** @param names the training part first */
function scaledAfter(
  names: readonly (string | undefined)[],
  how: How,
  statement: Statement,
  { scope }: Indexed,
  unit: Unit,
  index: CodeIndex,
): Edits {
  // A scaler gives arrays: what was a tensor before would be none.
  if (how === "columns" && givenTensors(statement, unit, index)) return undefined;
  const known = names.filter((name) => name !== undefined);
  if (known.length !== names.length || known.length === 0) return undefined;
  const scaled = scaling(known, how, scope, unit);
  if (!scaled) return undefined;
  if (areTables(known, statement.to, index)) return undefined;
  const edit = lineAfter(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** Whether what is cut into parts was made a tensor before. */
function givenTensors(statement: Statement, { text }: Unit, { calls }: CodeIndex): boolean {
  const [split] = calls.filter(({ node }) => isWithin(node, statement));
  const inputs = split?.node.arguments[0]?.value;
  const made = inputs?.type === "name" ? (split?.scope.lookup(inputs.name) ?? []) : [];
  return made.some(
    (binding) =>
      binding.kind === "value" &&
      // What the same block makes of it later is another matter.
      !(binding.scope === split?.scope && binding.value.from > statement.to) &&
      /\b(?:torch|tf|jnp|jax)\.|\.float\(\)/.test(text.slice(binding.value.from, binding.value.to)),
  );
}
