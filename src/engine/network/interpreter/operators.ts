/** Operators on what is known; the rest is the library's. */
import type { Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "./interpreter.ts";
import {
  BATCH,
  bounded,
  constant,
  isNone,
  keyOf,
  LONGEST_LIST,
  list,
  numberIn,
  stringIn,
  textual,
  UNKNOWN,
  type Value,
  written,
} from "./values.ts";

/** `==`, `is`, `<`, `in` and their likes; undefined: no comparison, or not known. */
export function compare(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case "==":
    case "is":
      return equal(left, right);
    case "!=":
    case "is not":
      return negated(equal(left, right));
    case "in":
      return contains(right, left);
    case "not in":
      return negated(contains(right, left));
  }
  const a = numberIn(left);
  const b = numberIn(right);
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case "<":
      return a < b;
    case ">":
      return a > b;
    case "<=":
      return a <= b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

const negated = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

/** Items that a comparison of nested lists may look at. */
const MOST_COMPARED = 2000;

function equal(left: Value, right: Value, budget = { items: MOST_COMPARED }): boolean | undefined {
  budget.items -= 1;
  if (budget.items < 0) return undefined;
  if (left === BATCH && right === BATCH) return true;
  if (left.type === "unknown" || right.type === "unknown") return undefined;
  if (left.type === "constant" && right.type === "constant") return left.value === right.value;
  if (left.type === "symbol" && right.type === "symbol") return left.symbol === right.symbol;
  if (left.type === "list" && right.type === "list") {
    if (!left.complete || !right.complete) return undefined;
    if (left.items.length !== right.items.length) return false;
    const each = left.items.map((item, index) => equal(item, right.items[index] ?? UNKNOWN, budget));
    return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
  }
  if (left === right) return true;
  const definite = new Set([
    "constant",
    "list",
    "dict",
    "class",
    "function",
    "instance",
    "module",
    "symbol",
    "bound",
  ]);
  // A tensor, an object of a library or a method's result may be equal to anything but None.
  if (isNone(left) || isNone(right)) {
    const other = isNone(left) ? right : left;
    return other.type === "method" || other.type === "object" ? undefined : false;
  }
  return definite.has(left.type) && definite.has(right.type) ? false : undefined;
}

function contains(container: Value, item: Value): boolean | undefined {
  if (container.type === "list") {
    const each = container.items.map((candidate) => equal(candidate, item));
    if (each.includes(true)) return true;
    return each.includes(undefined) || !container.complete ? undefined : false;
  }
  const text = stringIn(container);
  const part = stringIn(item);
  if (text !== undefined && part !== undefined) return text.includes(part);
  const key = keyOf(item);
  if (container.type === "dict" && key !== undefined)
    return container.entries.has(key) ? true : container.complete ? false : undefined;
  return undefined;
}

export function operate(
  operator: string,
  left: Value,
  right: Value,
  node: Expression,
  run: Interpreter,
): Value {
  const a = numberIn(left);
  const b = numberIn(right);
  if (a !== undefined && b !== undefined) {
    const result = arithmetic(operator, a, b);
    return result === undefined ? UNKNOWN : constant(result);
  }
  if (left.type === "list" && right.type === "list" && operator === "+")
    return bounded([...left.items, ...right.items], left.form, left.complete && right.complete);
  if (operator === "*" && (left.type === "list" || right.type === "list")) {
    const items = left.type === "list" ? left : right.type === "list" ? right : undefined;
    const count = a ?? b;
    if (!items || count === undefined || count * items.items.length > LONGEST_LIST)
      return list([], "list", false);
    const repeated = Array.from({ length: Math.max(0, count) }, () => items.items).flat();
    return list(repeated, items.form, items.complete);
  }
  const text = stringIn(left);
  const other = stringIn(right);
  if (text !== undefined) {
    if (operator === "+" && other !== undefined) return textual(text + other);
    if (operator === "+" && run.unit.language === "javascript" && b !== undefined) return textual(text + b);
    if (operator === "%") return percent(text, right);
  }
  return run.library.operate(operator, left, right, node, run);
}

/** `"conv%d" % i`. */
function percent(text: string, right: Value): Value {
  const values = right.type === "list" ? [...right.items] : [right];
  if (values.some(({ type }) => type !== "constant")) return UNKNOWN;
  return textual(text.replace(/%(?:s|d|i|r)/g, () => written(values.shift() ?? UNKNOWN)));
}

export function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : a / b;
    case "//":
      return b === 0 ? undefined : Math.floor(a / b);
    case "%":
      // Python's remainder has the sign of the divisor.
      return b === 0 ? undefined : a - b * Math.floor(a / b);
    case "**":
      return a ** b;
    case "<<":
      return a * 2 ** b;
    case ">>":
      return Math.floor(a / 2 ** b);
    default:
      return undefined;
  }
}
