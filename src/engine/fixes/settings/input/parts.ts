/** Parts of the data that are put aside: of all of it, no statistics may be taken then. */
import type { Expression, Statement } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import { textOf } from "../call.ts";
import { isRepeated, nameOf } from "./scaling.ts";

/** Functions that put a part aside. */
export const PARTED = /_split\(|Fold\(|ShuffleSplit\(|Subset\(|permutation\(|cross_val|\.skip\(|\.take\(/;

export const namesIn = (target: Expression): readonly string[] =>
  target.type === "name"
    ? [target.name]
    : target.type === "sequence"
      ? target.items.flatMap(({ value }) => namesIn(value))
      : [];

/**
 * Whether a part is taken of one of these arrays, or of what is made of them: `x_test = x[100:]`. No parts are batches
 * in a loop, and `X[:1]` as an example of a shape.
 */
export function isCut(names: readonly string[], unit: Unit, index: CodeIndex): boolean {
  const { places, statements } = index;
  const known = new Set(names);
  let size = 0;
  while (known.size > size) {
    size = known.size;
    for (const one of statements)
      if (one.type === "assignment" && one.value && places.some(isWithin(one.value, known)))
        for (const name of one.targets.flatMap(namesIn)) known.add(name);
  }
  return places.some(
    ({ node }) =>
      node.type === "subscript" &&
      known.has(nameOf(node.object) ?? "") &&
      !isExample(node) &&
      !isBatch(index.statementAt(node), unit, index),
  );
}

const isWithin =
  ({ from, to }: Expression, names: ReadonlySet<string>) =>
  ({ node }: { readonly node: Expression }): boolean =>
    node.type === "name" && from <= node.from && node.to <= to && names.has(node.name);

function isExample({ indices, slice }: Extract<Expression, { readonly type: "subscript" }>): boolean {
  const first = slice ? slice.stop : indices[0];
  const starts = slice?.start === undefined || (slice.start.type === "number" && slice.start.value === 0);
  return (
    starts && slice?.step === undefined && first?.type === "number" && first.value >= 0 && first.value <= 2
  );
}

const isBatch = (statement: Statement | undefined, unit: Unit, index: CodeIndex): boolean =>
  statement !== undefined &&
  isRepeated(statement, index) &&
  !/test|val|fold|held|hold/i.test(textOf(statement, unit));
