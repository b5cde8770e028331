/** Patterns on the left of `=` and in parameters: what they bind, and to which part of the value. */
import type { Span } from "../model.ts";
import { expressionsOf, find, type Part } from "./javascriptParts.ts";
import type { Assignment, Attribute, Expression, Parameter } from "./tree.ts";

/** `a`, `[a, b = 1]`, `{ a, b: { c } }`. */
export const isPattern = ({ type, expression }: Part): boolean =>
  type === "ObjectPattern" || type === "ArrayPattern" || (expression !== undefined && isTarget(expression));

const isTarget = ({ type }: Expression): boolean =>
  type === "name" || type === "attribute" || type === "subscript";

/** One name or inner pattern of a pattern. */
export interface Bound {
  readonly pattern: Part;
  /** The property that it takes; undefined for a place in a list, a computed key, and `...rest`. */
  readonly key?: string;
  readonly keySpan: Span;
  readonly isRest: boolean;
  readonly default?: Expression;
}

export function boundBy({ type, list = [] }: Part, text: string): Bound[] {
  if (type === "ObjectPattern")
    return list.flatMap((part) => (part.type === "PatternProperty" ? boundByProperty(part, text) : []));
  return pieces(list).flatMap((piece) => {
    const pattern = piece.find(isPattern);
    if (!pattern) return [];
    const value = defaultOf(piece);
    return [{ pattern, keySpan: pattern, isRest: hasSpread(piece), ...(value ? { default: value } : {}) }];
  });
}

function boundByProperty({ list = [] }: Part, text: string): Bound[] {
  const colon = list.findIndex((part) => part.type === ":");
  const pattern = list.find((part, index) => index > colon && isPattern(part));
  if (!pattern) return [];
  const [first] = colon < 0 ? [pattern] : list;
  const isRest = hasSpread(list);
  const isNamed = !isRest && (first?.type === "PropertyName" || first === pattern);
  const value = defaultOf(list.slice(colon + 1));
  return [
    {
      pattern,
      ...(isNamed && first ? { key: text.slice(first.from, first.to) } : {}),
      keySpan: first ?? pattern,
      isRest,
      ...(value ? { default: value } : {}),
    },
  ];
}

/**
 * `const { a, b: { c } } = value` as assignments to each name. Of a value that is a path, such as `tf.layers`, each
 * name gets its own member, written as an attribute whose name stands before its object; of any other value only the
 * names are known.
 */
export function assignmentsTo(pattern: Part, value: Expression | undefined, text: string): Assignment[] {
  const { from, to } = pattern;
  if (pattern.expression) return [assignment(pattern.expression, value, { from, to })];
  if (pattern.type === "ObjectPattern" && value && isPath(value)) {
    return boundBy(pattern, text).flatMap((bound) => [
      ...(bound.pattern.expression && bound.default
        ? [assignment(bound.pattern.expression, bound.default, bound.pattern)]
        : []),
      ...assignmentsTo(bound.pattern, memberOf(value, bound), text),
    ]);
  }
  const target = targetOf(pattern, text);
  return [assignment(target, value, { from, to }), ...defaultsIn(pattern, text)];
}

const assignment = (target: Expression, value: Expression | undefined, { from, to }: Span): Assignment => ({
  type: "assignment",
  targets: [target],
  operator: "=",
  ...(value ? { value } : {}),
  from,
  to,
});

const isPath = (value: Expression): boolean =>
  value.type === "name" || (value.type === "attribute" && isPath(value.object));

function memberOf(object: Expression, { key, keySpan }: Bound): Attribute | undefined {
  const { from, to } = keySpan;
  return key === undefined
    ? undefined
    : { type: "attribute", object, name: key, nameSpan: { from, to }, from, to };
}

/** Whether an attribute was made from a pattern: it takes a member out and binds it, as an import does. */
export const isTakenOut = ({ object, nameSpan }: Attribute): boolean =>
  nameSpan.from < object.from || (object.type === "attribute" && isTakenOut(object));

/** All names of a pattern, in order, as a target. */
export function targetOf(pattern: Part, text: string): Expression {
  if (pattern.expression) return pattern.expression;
  const items = boundBy(pattern, text).map(({ pattern: inner, isRest }) => ({
    ...(isRest ? { spread: "*" as const } : {}),
    value: targetOf(inner, text),
    from: inner.from,
    to: inner.to,
  }));
  return { type: "sequence", form: "list", items, from: pattern.from, to: pattern.to };
}

function defaultsIn(pattern: Part, text: string): Assignment[] {
  if (pattern.expression) return [];
  return boundBy(pattern, text).flatMap(({ pattern: inner, default: value }) => [
    ...(value ? [assignment(targetOf(inner, text), value, inner)] : []),
    ...defaultsIn(inner, text),
  ]);
}

/** Names of a pattern in a list of parameters are parameters of their own. */
export function parametersFrom(list: readonly Part[], text: string): Parameter[] {
  return pieces(list).flatMap((piece, place) => {
    const pattern = piece.find(isPattern);
    if (!pattern) return [];
    const annotation = find(piece, "TypeAnnotation")?.annotation;
    const bound = { pattern, keySpan: pattern, isRest: hasSpread(piece), ...defaulted(defaultOf(piece)) };
    return pattern.expression
      ? parameterOf(bound, annotation)
      : membersOf(pattern, { place, keys: [] }, text);
  });
}

const defaulted = (value: Expression | undefined): { default?: Expression } =>
  value ? { default: value } : {};

type Member = NonNullable<Parameter["member"]>;

function membersOf(pattern: Part, { place, keys }: Member, text: string): Parameter[] {
  return boundBy(pattern, text).flatMap((bound) => {
    const member = { place, ...(keys && bound.key !== undefined ? { keys: [...keys, bound.key] } : {}) };
    return bound.pattern.expression
      ? parameterOf(bound).map((one) => ({ ...one, member }))
      : membersOf(bound.pattern, member, text);
  });
}

function parameterOf({ pattern, isRest, ...bound }: Bound, annotation?: Expression): Parameter[] {
  const { from, to, expression } = pattern;
  if (expression?.type !== "name") return [];
  return [
    {
      name: expression.name,
      ...(isRest ? { spread: "*" } : {}),
      ...(annotation ? { annotation } : {}),
      ...defaulted(bound.default),
      from,
      to,
    },
  ];
}

/** Parts of a list in brackets, split at its commas. */
export function pieces(list: readonly Part[]): Part[][] {
  const found: Part[][] = [[]];
  for (const part of list) {
    if (part.type === ",") found.push([]);
    else if (!/^[()[\]{}]$/.test(part.type)) found.at(-1)?.push(part);
  }
  return found.filter((piece) => piece.length > 0);
}

const hasSpread = (piece: readonly Part[]): boolean => piece.some(({ type }) => type === "Spread");

function defaultOf(piece: readonly Part[]): Expression | undefined {
  const equals = piece.findIndex(({ type }) => type === "Equals");
  return equals < 0 ? undefined : expressionsOf(piece.slice(equals + 1))[0];
}
