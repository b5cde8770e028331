/** Arrays scaled in front of the call that trains on them. */
import { type Argument, argumentOf, type Call, type Expression } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import { type Edits, lineBefore, textOf } from "../call.ts";
import { areTables, firstName, type How, isMadeBefore, scaling } from "./scaling.ts";

/** `model.fit(x, y)`: a scaler in front of it, for everything that the model is shown in this block. */
export function beforeFit(how: How, unit: Unit, index: CodeIndex): Edits {
  const [fit, ...others] = index.calls.filter(
    ({ node }) => node.callee.type === "attribute" && node.callee.name === "fit" && node.arguments.length > 1,
  );
  if (!fit || others.length > 0 || fit.node.callee.type !== "attribute") return undefined;
  const statement = index.statementAt(fit.node);
  const model = dotted(fit.node.callee.object, unit);
  const data = inputOf(fit.node.arguments);
  const validation = validationOf(fit.node);
  if (!statement || model === undefined || data?.type !== "name" || validation === "unknown")
    return undefined;
  const uses = index.calls.filter(
    ({ node: { callee } }) =>
      dotted(callee, unit) === model || (callee.type === "attribute" && SHOWS.test(callee.name)),
  );
  // Elsewhere it may have another name, and the data are not scaled there.
  if (uses.some(({ scope }) => scope !== fit.scope)) return undefined;
  const shown = uses.flatMap(({ node }) => {
    const { callee } = node;
    const shownTo = callee.type === "attribute" && SHOWS.test(callee.name) ? callee.object : callee;
    return dotted(shownTo, unit) === model ? [inputOf(node.arguments)] : [];
  });
  // What is shown to it later under no name, or made later, would not be scaled.
  const names = shown.map((one) =>
    one?.type === "name" && isMadeBefore(one.name, statement.from, unit) ? one.name : undefined,
  );
  if (names.includes(undefined)) return undefined;
  const all = [data.name, ...(validation ? [validation] : []), ...(names as string[])];
  if (areTables(all, statement.from, index)) return undefined;
  const scaled = scaling([...new Set(all)], how, fit.scope, unit);
  const edit = scaled && lineBefore(statement, scaled.lines, unit);
  return edit && [...scaled.imports, edit];
}

const SHOWS = /^(?:evaluate|predict|predict_proba|score)$/;

/** `model`, `self.model`. */
const dotted = (node: Expression, unit: Unit): string | undefined =>
  node.type === "name" || (node.type === "attribute" && dotted(node.object, unit) !== undefined)
    ? textOf(node, unit)
    : undefined;

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
