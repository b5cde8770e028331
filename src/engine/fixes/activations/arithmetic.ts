/**
 * ReLU as arithmetic: margins of losses, halves of CReLU, thresholds, and what has to stay above 0 for a root, a logarithm
 * or a division. A slope there is no other activation but another formula.
 */
import type { FoundSite } from "../../detect.ts";
import type { Span } from "../../model.ts";
import { isWithin, sameSpan } from "../../spans.ts";
import { type Expression, lastName } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { innermost } from "./initMethod.ts";

export function isArithmetic({ site, call, node }: FoundSite, unit: Unit, index: CodeIndex): boolean {
  if (!call || (site.kind !== "func_call" && site.kind !== "method_call")) return false;
  const input = inputOf(call);
  if (!input) return false;
  return isMargin(input) || isNegated(input) || hasNegative(input, unit, index) || isOperand(node, index);
}

/** `f(x)` or `x.f()`. */
function inputOf(call: Expression & { readonly type: "call" }): Expression | undefined {
  const [first] = call.arguments;
  if (first) return first.spread ? undefined : first.value;
  return call.callee.type === "attribute" ? call.callee.object : undefined;
}

/** What is named or called. */
const nameOf = (node: Expression): string => lastName(node.type === "call" ? node.callee : node) ?? "";

/** `-x`, `x.neg()`, `tf.neg(x)`. */
const isNegated = (node: Expression): boolean =>
  (node.type === "unary" && node.operator === "-") ||
  (node.type === "call" && /^neg(?:ative)?$/.test(nameOf(node)));

/** `1 - y * p`, `a - b + margin`, `abs(x) - t`: layers give no such sums. */
function isMargin(node: Expression): boolean {
  const terms = termsOf(node);
  const [first] = terms;
  if (terms.length < 2 || !terms.some(({ sign }) => sign < 0)) return false;
  return (
    first?.node.type === "number" ||
    terms.some(({ node: one }) => /^(?:margin|threshold|thresh|abs|absolute)$/i.test(nameOf(one)))
  );
}

interface Term {
  readonly node: Expression;
  readonly sign: 1 | -1;
}

/** What is added and subtracted, by operators or by TensorFlow.js' `sub` and `add`. */
function termsOf(node: Expression, sign: 1 | -1 = 1): readonly Term[] {
  const both = (left: Expression, right: Expression, isMinus: boolean): readonly Term[] => [
    ...termsOf(left, sign),
    ...termsOf(right, isMinus ? (-sign as 1 | -1) : sign),
  ];
  if (node.type === "binary" && (node.operator === "-" || node.operator === "+"))
    return both(node.left, node.right, node.operator === "-");
  if (node.type !== "call" || !/^(?:sub|add)$/.test(nameOf(node))) {
    const [only] = node.type === "call" && nameOf(node) === "scalar" ? node.arguments : [];
    return [{ node: only?.value ?? node, sign }];
  }
  const [first, second] = node.arguments.map(({ value }) => value);
  const isMinus = nameOf(node) === "sub";
  if (first && second) return both(first, second, isMinus);
  return first && node.callee.type === "attribute"
    ? both(node.callee.object, first, isMinus)
    : [{ node, sign }];
}

/** In the same function stand `relu(x)` and `relu(-x)`. */
function hasNegative(input: Expression, { text }: Unit, index: CodeIndex): boolean {
  const written = text.slice(input.from, input.to);
  const own = innermost(index, input);
  return index.calls.some(({ node }) => {
    if (!/^relu_?$/i.test(nameOf(node)) || innermost(index, node) !== own) return false;
    const other = inputOf(node);
    if (!other || !isNegated(other)) return false;
    const inner = other.type === "unary" ? other.operand : other.type === "call" ? inputOf(other) : undefined;
    return inner !== undefined && text.slice(inner.from, inner.to) === written;
  });
}

/** What is given numbers above 0 only, and squares, which a slope would give another branch. */
const POSITIVE = /^(?:log(?:1p|2|10)?|r?sqrt|square|pow)$/;

/** Sizes below this are added to keep a number away from 0. */
const TINY = 0.01;

/** `log(relu(x) + eps)`, `sqrt(relu(x))`, `relu(x) ** 2`, `relu(x) + 1e-6`. */
function isOperand(node: Span, { places }: CodeIndex): boolean {
  const around = places
    .map((one) => one.node)
    .filter((one) => isWithin(node, one) && !sameSpan(node, one))
    .toReversed();
  let inner: Span = node;
  for (const one of around) {
    if (one.type === "binary" && one.operator === "**")
      return one.left === inner || isWithin(inner, one.left);
    if (one.type === "binary" && one.operator === "+" && [one.left, one.right].some(isTiny)) return true;
    if (one.type === "binary" && one.operator === "+") {
      inner = one;
      continue;
    }
    // `relu(x).sqrt()` is a call of an attribute that has it.
    if (one.type === "attribute") return isWithin(inner, one.object) && POSITIVE.test(one.name);
    return one.type === "call" && POSITIVE.test(nameOf(one)) && inputHas(one, inner);
  }
  return false;
}

const isTiny = (node: Expression): boolean =>
  (node.type === "number" && node.value > 0 && node.value < TINY) || /^eps(?:ilon)?$/i.test(nameOf(node));

function inputHas(call: Expression & { readonly type: "call" }, inner: Span): boolean {
  const input = inputOf(call);
  return input !== undefined && isWithin(inner, input);
}
