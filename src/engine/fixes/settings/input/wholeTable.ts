/** A table of scikit-learn that is trained on as a whole, scaled where it is loaded. */
import type { Expression, Statement } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex, Indexed } from "../../codeIndex.ts";
import { joined } from "../../edits.ts";
import { referStandard } from "../../names/refer.ts";
import { type Edits, lineAfter, symbolOf } from "../call.ts";
import { isCut, namesIn, PARTED } from "./parts.ts";
import { areTables, type How, isRepeated, nameOf, scaling } from "./scaling.ts";

/** `X, y = load_wine(return_X_y=True)`, `X = wine.data`, `jnp.asarray(wine.data)`. */
export function wholeTable(how: How, unit: Unit, index: CodeIndex): Edits {
  const [load, ...others] = index.calls.filter(({ node, scope }) =>
    /^sklearn\.datasets\.(?:load|fetch)_\w+$/.test(symbolOf(node, scope, unit)),
  );
  if (!load || others.length > 0 || PARTED.test(unit.text)) return undefined;
  const loading = index.statementAt(load.node);
  if (loading?.type !== "assignment" || loading.value !== load.node || loading.targets.length !== 1)
    return undefined;
  const [target] = loading.targets;
  if (target?.type === "sequence") return behind(loading, target.items[0]?.value, how, load, unit, index);
  const bunch = target && nameOf(target);
  const inputs = index.places.filter(
    ({ node }) => node.type === "attribute" && node.name === "data" && nameOf(node.object) === bunch,
  );
  const [use] = inputs;
  const statement = use && index.statementAt(use.node);
  if (bunch === undefined || inputs.length !== 1 || !use || !statement || use.scope !== load.scope)
    return undefined;
  const name = givenTo(statement, use.node);
  return name
    ? behind(statement, name, how, load, unit, index)
    : inItsPlace(statement, use, how, unit, index);
}

/** The target that takes exactly this value. */
function givenTo(statement: Statement, value: Expression): Expression | undefined {
  if (statement.type !== "assignment" || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  if (statement.value === value) return target;
  if (statement.value?.type !== "sequence" || target?.type !== "sequence") return undefined;
  const at = statement.value.items.findIndex((item) => item.value === value);
  return at < 0 ? undefined : target.items[at]?.value;
}

function behind(
  statement: Statement,
  target: Expression | undefined,
  how: How,
  { scope }: Indexed,
  unit: Unit,
  index: CodeIndex,
): Edits {
  const name = target && nameOf(target);
  if (name === undefined || isCut([name], unit, index) || areTables([name], statement.to, index))
    return undefined;
  const scaled = scaling([name], how, scope, unit);
  const edit = scaled && lineAfter(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

/** `jnp.asarray(StandardScaler().fit_transform(wine.data))` */
function inItsPlace(
  statement: Statement,
  { node, scope }: Indexed,
  how: How,
  unit: Unit,
  index: CodeIndex,
): Edits {
  const names = statement.type === "assignment" ? statement.targets.flatMap(namesIn) : [];
  if (how !== "columns" || names.length === 0 || isRepeated(statement, index) || isCut(names, unit, index))
    return undefined;
  const made = referStandard("sklearn.preprocessing", "StandardScaler", scope, unit);
  return (
    made && [
      ...joined(made.imports),
      { span: { from: node.from, to: node.from }, text: `${made.text}().fit_transform(` },
      { span: { from: node.to, to: node.to }, text: ")" },
    ]
  );
}
