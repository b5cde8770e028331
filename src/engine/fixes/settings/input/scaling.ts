/** What all ways to scale arrays share: the lines that are written, and what speaks against them. */
import type { Edit } from "../../../model.ts";
import type { Expression, Statement } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex, Indexed } from "../../codeIndex.ts";
import { referStandard } from "../../names/refer.ts";

/** Each column by its own statistics, pixels by their largest value, or all numbers by one mean and deviation. */
export type How = "columns" | "largest" | "whole";

/** scikit-learn's digits, whose pixels go up to 16; all others are bytes. */
export const areDigits = ({ text }: Unit): boolean => /\bload_digits\b/.test(text);

/** Lines that scale arrays in their place, with the statistics of the first of them. */
export function scaling(
  names: readonly string[],
  how: How,
  scope: Indexed["scope"],
  unit: Unit,
): { readonly lines: readonly string[]; readonly imports: readonly Edit[] } | undefined {
  const [train, ...rest] = names;
  if (how === "largest") {
    const largest = areDigits(unit) ? "16.0" : "255.0";
    return { lines: names.map((name) => `${name} = ${name}.astype("float32") / ${largest}`), imports: [] };
  }
  if (how === "whole") {
    // The training part last: the others need its numbers as they were.
    const order = [...rest, train];
    return {
      lines: order.map((name) => `${name} = (${name} - ${train}.mean()) / ${train}.std()`),
      imports: [],
    };
  }
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

/** What arrays and tables have in common: a scaled table is an array. */
const COMMON = /^(?:shape|astype|reshape|ndim|size|dtype|copy|mean|std|min|max)$/;

/** Whether code behind a place asks one of them for something that a scaled table no longer has. */
export const areTables = (names: readonly string[], from: number, { places }: CodeIndex): boolean =>
  places.some(
    ({ node }) =>
      node.type === "attribute" &&
      node.from > from &&
      node.object.type === "name" &&
      names.includes(node.object.name) &&
      !COMMON.test(node.name),
  );

export const nameOf = (node: Expression): string | undefined =>
  node.type === "name" ? node.name : undefined;

/** `x` of `(x, y)`. */
export const firstName = (node: Expression): string | undefined => {
  const first = node.type === "sequence" ? node.items[0]?.value : undefined;
  return first?.type === "name" ? first.name : undefined;
};

/** Whether a name is spoken of in front of a place. */
export const isMadeBefore = (name: string, at: number, { text }: Unit): boolean =>
  new RegExp(`\\b${name}\\b`).test(text.slice(0, at));

/** Whether a statement is inside of a loop. */
export const isRepeated = (statement: Statement, { statements }: CodeIndex): boolean =>
  statements.some(
    (one) =>
      one.from < statement.from &&
      statement.to <= one.to &&
      (one.type === "for" || (one.type === "other" && one.keyword === "while")),
  );
