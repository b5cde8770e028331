/**
 * Places where code looks an activation up by its name: `{"relu": nn.ReLU, "tanh": nn.Tanh}`, `if act == "relu"`,
 * `def relu(x)`. What is called "relu" there must stay one.
 */

import type { FoundSite } from "../../detect.ts";
import type { Span } from "../../model.ts";
import { isWithin } from "../../spans.ts";
import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";

const OWN_NAME = /^(?:nn\.)?relu$/i;
/** Not `relu1` or `conv_relu`, as layers are called. */
const OTHER_NAME =
  /^(?:nn\.)?(?:tanh|sigmoid|linear|identity|none|softplus|mish|swish|silu|[gsc]?elu|gelu_\w+|(?:leaky|[lprc])_?relu|relu_?6)$/i;

export function isChosenByName({ node }: FoundSite, unit: Unit, index: CodeIndex): boolean {
  const expressions = index.places.filter((one) => isWithin(node, one.node)).map((one) => one.node);
  if (expressions.some((one) => isInTable(one, node, unit))) return true;
  return index.statements
    .filter((one) => isWithin(node, one))
    .some((one) => isAskedFor(one, node, unit, index));
}

const isOther = (name: string | undefined): boolean => OTHER_NAME.test(name ?? "");

/** A name and what it is the name of. */
type Named = readonly [name: string | undefined, value: Span];

/** A table of activations has others in it; what else has the name may be a layer that is called so. */
function isInTable(one: Expression, node: Span, unit: Unit): boolean {
  if (one.type === "conditional") return isWithin(node, one.whenTrue) && asksForRelu(one.test);
  const entries = entriesOf(one, unit);
  return (
    entries.some(([name, value]) => OWN_NAME.test(name ?? "") && isWithin(node, value)) &&
    entries.some(([name]) => isOther(name))
  );
}

/** `{"relu": a}`, `dict(relu=a)`, in JavaScript the object that any call is given, `[("relu", a), ...]`. */
function entriesOf(one: Expression, { language }: Unit): readonly Named[] {
  switch (one.type) {
    case "dictionary":
      return one.entries.map(({ key, value }) => [textOf(key), value]);
    case "call": {
      const isObject =
        language === "javascript" || (one.callee.type === "name" && one.callee.name === "dict");
      return isObject ? one.arguments.map(({ name, value }) => [name, value]) : [];
    }
    case "sequence": {
      const pairs = one.items.flatMap(({ value }): Named[] =>
        value.type === "sequence" && value.items.length === 2
          ? [[textOf(value.items[0]?.value), value.items[1] ?? value]]
          : [],
      );
      // With other names between them these are layers: `[("fc", nn.Linear(8, 1)), ("relu", nn.ReLU())]`.
      const isAll = pairs.every(([name]) => OWN_NAME.test(name ?? "") || isOther(name));
      return isAll ? pairs : [];
    }
    default:
      return [];
  }
}

const textOf = (key: Expression | undefined): string | undefined =>
  key?.type === "string" ? key.value : undefined;

/** `if act == "relu":`, `case "relu":`, `table["relu"] = ...`, `@register("relu")`, `def relu(x):`. */
function isAskedFor(statement: Statement, node: Span, { text }: Unit, index: CodeIndex): boolean {
  switch (statement.type) {
    case "if": {
      const branch = statement.branches.find(({ body }) => body.some((one) => isWithin(node, one)));
      return branch?.test !== undefined && asksForRelu(branch.test);
    }
    case "assignment": {
      const [target] = statement.targets;
      if (target?.type === "name") return OWN_NAME.test(target.name) && statement.value?.type === "lambda";
      return (
        target?.type === "subscript" && OWN_NAME.test(keyOf(target) ?? "") && isFilled(target, text, index)
      );
    }
    case "function":
    case "class": {
      const named = statement.decorators.some(
        (one) => one.type === "call" && one.arguments.some(({ value }) => OWN_NAME.test(textOf(value) ?? "")),
      );
      return named || OWN_NAME.test(statement.name);
    }
    case "other": {
      if (!/^(?:switch|match)\b/.test(text.slice(statement.from, statement.from + 8))) return false;
      const last = [
        ...text.slice(statement.from, node.from).matchAll(/\b(?:case\b[^:\r\n]*|default\s*):/g),
      ].at(-1);
      return last !== undefined && /\bcase\b.*["'](?:nn\.)?relu["']/i.test(last[0]);
    }
    default:
      return false;
  }
}

const keyOf = (target: Expression): string | undefined =>
  target.type === "subscript" && target.indices.length === 1 ? textOf(target.indices[0]) : undefined;

/** Whether other activations are put into the same table. */
function isFilled(target: Expression, text: string, { statements }: CodeIndex): boolean {
  const tableOf = (one: Expression): string =>
    one.type === "subscript" ? text.slice(one.object.from, one.object.to) : "";
  return statements.some(
    (one) =>
      one.type === "assignment" &&
      one.targets.some((other) => isOther(keyOf(other)) && tableOf(other) === tableOf(target)),
  );
}

/** `act == "relu"`, `name.lower() in ("relu", "ReLU")`, and these with others by `and` and `or`. */
function asksForRelu(test: Expression): boolean {
  if (test.type !== "binary") return false;
  if (test.operator === "and" || test.operator === "or")
    return asksForRelu(test.left) || asksForRelu(test.right);
  if (test.operator !== "==" && test.operator !== "in") return false;
  const sides = [test.left, test.right].flatMap((side) =>
    side.type === "sequence" ? side.items.map(({ value }) => value) : [side],
  );
  return sides.some((side) => OWN_NAME.test(textOf(side) ?? ""));
}
