/** Whether a number that a name stands for goes into one call and nowhere else. */

import type { Span } from "../../model.ts";
import { isWithin } from "../../spans.ts";
import type { ClassDefinition, Expression, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Placed } from "../codeIndex.ts";
import { calleeName } from "./call.ts";

/** Calls that tell of a number and don't compute with it. */
const TELLS = /^(?:print|log\w*|format|info|debug|warning|write|add_scalar|add_argument|append_row|title)$/;

/** Calls that keep what they are given under the same names. */
const KEEPS = /^(?:dict|\w*Namespace|\w*config\w*|EasyDict|set_defaults)$/i;

/**
 * @param literal a number in the text
 * @param into the calls that may use it
 */
export function feedsOnly(literal: Span, into: readonly Span[], unit: Unit, index: CodeIndex): boolean {
  if (into.some((call) => isWithin(literal, call))) return true;
  const words = new Set(namesOf(literal, index));
  if (words.size === 0) return false;
  // Names that take the value over join in while the set is walked.
  for (const word of words) {
    for (const use of usesOf(word, index)) {
      if (into.some((call) => isWithin(use.node, call)) || use.role === "target") continue;
      const taken = takenOverBy(use, unit, index);
      if (!taken) return false;
      for (const name of taken) words.add(name);
    }
  }
  return true;
}

const usesOf = (word: string, { places }: CodeIndex): readonly Placed[] =>
  places.filter(
    ({ node }) =>
      ((node.type === "name" || node.type === "attribute") && node.name === word) ||
      (node.type === "string" && wordOf(node.value) === word),
  );

/** `--learning-rate` is `learning_rate`. */
const wordOf = (text: string | undefined): string | undefined =>
  text?.replace(/^--?/, "").replaceAll("-", "_");

/** Names that a number is bound to where it stands: a variable, a key, an option, a parameter. */
export function namesOf(literal: Span, index: CodeIndex): readonly string[] {
  const call = index.calls.findLast(({ node }) => isWithin(literal, node.argumentsSpan))?.node;
  const argument = call?.arguments.find((one) => isWithin(literal, one));
  if (call && argument) {
    const option = call.arguments.find(
      ({ value }) => value.type === "string" && /^--/.test(value.value ?? ""),
    );
    if (calleeName(call) === "add_argument" && option?.value.type === "string")
      return [wordOf(option.value.value) ?? ""];
    const isKept =
      KEEPS.test(calleeName(call)) || parametersOf(calleeName(call), index)?.includes(argument.name ?? "");
    if (argument.name !== undefined && isKept) return [argument.name];
    const parameters = parametersOf(calleeName(call), index);
    const parameter = parameters?.[call.arguments.indexOf(argument)];
    if (parameters) return parameter === undefined ? [] : [parameter];
    // `schedule = ExponentialDecay(0.1, 1000, 0.9)`: what it makes of the number has a name.
    const statement = index.statementAt(call);
    return statement?.type === "assignment" && statement.value === call ? targetsOf(statement) : [];
  }
  const entry = index.places.findLast(
    ({ node }) => node.type === "dictionary" && isWithin(literal, node),
  )?.node;
  if (entry?.type === "dictionary") {
    const key = entry.entries.find(({ value }) => isWithin(literal, value))?.key;
    return key?.type === "string" && key.value !== undefined ? [key.value] : [];
  }
  const owner = index.functions
    .flatMap(({ parameters }) => parameters)
    // In JavaScript the span of a parameter is that of its name.
    .find((one) => isWithin(literal, one) || (one.default !== undefined && isWithin(literal, one.default)));
  if (owner) return [owner.name];
  const statement = index.statementAt(literal);
  return statement ? targetsOf(statement) : [];
}

function targetsOf(statement: Statement): readonly string[] {
  if (statement.type !== "assignment") return [];
  const names = statement.targets.map((target) =>
    target.type === "name" || target.type === "attribute" ? target.name : undefined,
  );
  return names.includes(undefined) ? [] : (names as string[]);
}

/** Parameters of the only function or class of that name, without `self`; of a data class its fields. */
function parametersOf(name: string, { functions, classes }: CodeIndex): readonly string[] | undefined {
  const named = classes.filter((one) => one.name === name);
  const [made, ...more] = named;
  const fields = made && more.length === 0 ? fieldsOf(made) : [];
  if (fields.length > 0) return fields;
  const inits = named.flatMap(({ body }) =>
    body.filter((one) => one.type === "function" && one.name === "__init__"),
  );
  const [only, ...others] = [...functions.filter((one) => one.name === name), ...inits];
  if (only?.type !== "function" || others.length > 0) return undefined;
  return only.parameters.map((one) => one.name).filter((one) => one !== "self" && one !== "cls");
}

/** `lr: float = 0.1` in a class that has no `__init__` of its own. */
const fieldsOf = ({ body }: ClassDefinition): readonly string[] =>
  body.some((one) => one.type === "function" && one.name === "__init__")
    ? []
    : body.flatMap((one) => (one.type === "assignment" && one.annotation ? targetsOf(one) : []));

/** Names that the value is handed on to; undefined where something is computed with it. */
function takenOverBy(
  { node, call, argument, role }: Placed,
  unit: Unit,
  index: CodeIndex,
): readonly string[] | undefined {
  const { text } = unit;
  if (role === "key" && /^\s*:/.test(text.slice(node.to))) return [];
  const around = index.places
    .filter((one) => one.node !== node && isWithin(node, one.node))
    .map((one) => one.node);
  if (around.some((one) => one.type === "string" || (one.type === "call" && TELLS.test(calleeName(one)))))
    return [];
  const whole = around.find((one) => isReading(one, node)) ?? node;
  if (call && argument?.value === node) {
    if (argument.name !== undefined && KEEPS.test(calleeName(call))) return [argument.name];
    const name = argument.name ?? parametersOf(calleeName(call), index)?.[call.arguments.indexOf(argument)];
    return name !== undefined && parametersOf(calleeName(call), index)?.includes(name) ? [name] : undefined;
  }
  const statement = index.statementAt(node);
  const isMoved = statement?.type === "assignment" && statement.operator === "=" && statement.value === whole;
  const targets = isMoved ? targetsOf(statement) : [];
  return targets.length > 0 ? targets : undefined;
}

/** `config["lr"]` around its key. */
const isReading = (outer: Expression, key: Expression): boolean =>
  outer.type === "subscript" && outer.indices.includes(key);
