/** Lezer's Python expression nodes -> tree.ts, out of their converted children. */
import { expressionsOf, type Node, type Part, spanOf } from "./pythonParts.ts";
import type { Argument, Comprehension, Expression, Parameter, Slice, Subscript } from "./tree.ts";

const opaque = (node: Node, parts: readonly Part[]): Expression => ({
  type: "opaque",
  children: expressionsOf(parts),
  from: node.from,
  to: node.to,
});

export function expressionFrom(node: Node, parts: readonly Part[], text: string): Expression {
  const { from, to } = node;
  const operands = parts.filter((part) => part.expression).map((part) => part.expression as Expression);
  const [first, second, third] = operands;
  switch (node.type) {
    case "CallExpression": {
      const list = parts.find((part) => part.type === "ArgList");
      if (!first || !list?.list) break;
      const closed = text.charAt(list.to - 1) === ")" && list.to - list.from >= 2;
      return {
        type: "call",
        callee: first,
        arguments: argumentsFrom(list.list),
        argumentsSpan: { from: list.from, to: list.to },
        closed,
        from,
        to,
      };
    }
    case "MemberExpression": {
      if (!first) break;
      const dot = parts.findIndex((part) => part.type === ".");
      if (dot >= 0) {
        const name = parts.find((part) => part.type === "PropertyName");
        const nameSpan = name ? { from: name.from, to: name.to } : { from: to, to };
        return {
          type: "attribute",
          object: first,
          name: text.slice(nameSpan.from, nameSpan.to),
          nameSpan,
          from,
          to,
        };
      }
      const { slice, axes } = slicesFrom(parts);
      return {
        type: "subscript",
        object: first,
        indices: operands.slice(1),
        ...(slice ? { slice } : {}),
        ...(axes ? { axes } : {}),
        from,
        to,
      };
    }
    case "ParenthesizedExpression":
      // The brackets carry no meaning here; the span stays that of what is inside.
      return operands.length === 1 && first
        ? (comprehensionFrom(node, parts, "generator") ?? first)
        : opaque(node, parts);
    case "TupleExpression":
      return { type: "sequence", form: "tuple", items: argumentsFrom(parts), from, to };
    case "ArrayExpression":
      return { type: "sequence", form: "list", items: argumentsFrom(parts), from, to };
    case "SetExpression":
      return { type: "sequence", form: "set", items: argumentsFrom(parts), from, to };
    case "DictionaryExpression":
      return { type: "dictionary", entries: entriesFrom(parts), from, to };
    case "ArrayComprehensionExpression":
      return comprehensionFrom(node, parts, "list") ?? opaque(node, parts);
    case "SetComprehensionExpression":
      return comprehensionFrom(node, parts, "set") ?? opaque(node, parts);
    case "DictionaryComprehensionExpression":
      return comprehensionFrom(node, parts, "dictionary") ?? opaque(node, parts);
    case "ComprehensionExpression":
      return comprehensionFrom(node, parts, "generator") ?? opaque(node, parts);
    case "LambdaExpression": {
      if (!first) break;
      const list = parts.find((part) => part.type === "ParamList");
      return {
        type: "lambda",
        parameters: parametersFrom(list?.list ?? [], text),
        body: operands.at(-1) ?? first,
        from,
        to,
      };
    }
    case "ConditionalExpression":
      if (!first || !second || !third) break;
      return { type: "conditional", whenTrue: first, test: second, whenFalse: third, from, to };
    case "UnaryExpression": {
      const sign = parts.find((part) => !part.expression);
      if (!first || !sign) break;
      const operator = text.slice(sign.from, sign.to);
      const isBare = !text.slice(sign.to, first.from).includes("(");
      return operator === "not" && isBare
        ? negated(first, from)
        : { type: "unary", operator, operand: first, from, to };
    }
    case "BinaryExpression": {
      if (!first || !second || operands.length !== 2) break;
      const signs = parts.filter((part) => !part.expression);
      const operator = signs.map((sign) => text.slice(sign.from, sign.to)).join(" ");
      return { type: "binary", operator, left: first, right: second, from, to };
    }
    case "FormatString":
    case "ContinuedString":
      return { type: "string", value: undefined, parts: expressionsOf(parts), from, to };
  }
  return opaque(node, parts);
}

/** `start:stop:step` between the brackets, alone or as one of several axes; nothing where all of it are indices. */
function slicesFrom(parts: readonly Part[]): Pick<Subscript, "slice" | "axes"> {
  const inside = parts.slice(parts.findIndex((part) => part.type === "[") + 1);
  if (!inside.some((part) => part.type === ":")) return {};
  if (!inside.some((part) => part.type === ",")) return { slice: sliceOf(inside) };
  const groups: Part[][] = [[]];
  for (const part of inside) {
    if (part.type === ",") groups.push([]);
    else if (part.type !== "]") groups.at(-1)?.push(part);
  }
  const axes = groups
    .filter((group) => group.length > 0)
    .map((group) =>
      group.some((part) => part.type === ":")
        ? { slice: sliceOf(group) }
        : { index: group.find((part) => part.expression)?.expression },
    );
  return { axes };
}

function sliceOf(inside: readonly Part[]): Slice {
  const ends: (Expression | undefined)[] = [undefined];
  for (const part of inside) {
    if (part.type === ":") ends.push(undefined);
    else if (part.expression) ends[ends.length - 1] = part.expression;
  }
  const [start, stop, step] = ends;
  return { ...(start ? { start } : {}), ...(stop ? { stop } : {}), ...(step ? { step } : {}) };
}

/**
 * Lezer lets `not a and b` deny the whole; in Python it denies `a`. What stands in brackets of its own starts later
 * than the expression that it is the left side of.
 */
function negated(operand: Expression, from: number): Expression {
  const isJunction = operand.type === "binary" && (operand.operator === "and" || operand.operator === "or");
  if (!isJunction) return { type: "unary", operator: "not", operand, from, to: operand.to };
  const { left } = operand;
  const first: Expression =
    left.from === operand.from
      ? negated(left, from)
      : { type: "unary", operator: "not", operand: left, from, to: left.to };
  return { ...operand, left: first, from };
}

/** Arguments of a call, items of a list: split at commas, `name=`, `*` and `**` noticed. */
export function argumentsFrom(parts: readonly Part[]): Argument[] {
  const items: Argument[] = [];
  let start = 0;
  for (let index = 0; index <= parts.length; index += 1) {
    const part = parts[index];
    // A bare generator lies flat in the list, with commas of its own between targets.
    const isEnd =
      !part || (part.type === "," && !parts.slice(start, index).some((earlier) => earlier.type === "for"));
    if (!isEnd) continue;
    const item = argumentFrom(parts.slice(start, index).filter((piece) => !/^[([{)\]}]$/.test(piece.type)));
    if (item) items.push(item);
    start = index + 1;
  }
  return items;
}

function argumentFrom(parts: readonly Part[]): Argument | undefined {
  if (parts.length === 0) return undefined;
  const { from, to } = spanOf(parts);
  const [first, equals] = parts;
  if (first?.expression?.type === "name" && equals?.type === "AssignOp") {
    const value = one(parts.slice(2)) ?? { type: "opaque", children: [], from: to, to };
    return { name: first.expression.name, nameSpan: { from: first.from, to: first.to }, value, from, to };
  }
  const spread = first?.type === "*" || first?.type === "**" ? first.type : undefined;
  const value = one(spread ? parts.slice(1) : parts);
  return value && (spread ? { spread, value, from, to } : { value, from, to });
}

/** The single expression of a few parts: a generator, the expression itself, or all there is as opaque. */
function one(parts: readonly Part[]): Expression | undefined {
  if (parts.length === 1 && parts[0]?.expression) return parts[0].expression;
  const node = { type: "", ...spanOf(parts) };
  const generator = comprehensionFrom(node, parts, "generator");
  if (generator) return generator;
  const found = expressionsOf(parts);
  return found.length === 0
    ? undefined
    : found.length === 1
      ? found[0]
      : { ...node, type: "opaque", children: found };
}

function entriesFrom(parts: readonly Part[]): { key?: Expression; value: Expression }[] {
  const entries: { key?: Expression; value: Expression }[] = [];
  let key: Expression | undefined;
  let isValue = false;
  for (const part of parts) {
    if (part.type === ":") isValue = true;
    else if (part.type === ",") {
      if (key) entries.push({ value: key });
      key = undefined;
      isValue = false;
    } else if (part.expression) {
      if (isValue && key) {
        entries.push({ key, value: part.expression });
        key = undefined;
        isValue = false;
      } else {
        if (key) entries.push({ value: key });
        key = part.expression;
      }
    }
  }
  if (key) entries.push({ value: key });
  return entries;
}

function comprehensionFrom(
  node: Node,
  parts: readonly Part[],
  form: Comprehension["form"],
): Comprehension | undefined {
  const start = parts.findIndex((part) => part.type === "for");
  if (start < 0) return undefined;
  const head = expressionsOf(parts.slice(0, start));
  const [element, value] = head;
  if (!element) return undefined;
  const clauses: { target: Expression; iterable: Expression; conditions: Expression[] }[] = [];
  let at = start;
  while (at < parts.length && parts[at]?.type === "for") {
    const inside = parts.findIndex((part, index) => index > at && part.type === "in");
    if (inside < 0) break;
    const next = parts.findIndex(
      (part, index) => index > inside && (part.type === "for" || part.type === "async"),
    );
    const end = next < 0 ? parts.length : next;
    const [iterable, ...conditions] = expressionsOf(parts.slice(inside + 1, end));
    const target = targetFrom(parts.slice(at + 1, inside));
    if (!target || !iterable) break;
    clauses.push({ target, iterable, conditions });
    at = parts[end]?.type === "async" ? end + 1 : end;
  }
  const { from, to } = node;
  return {
    type: "comprehension",
    form,
    element,
    ...(form === "dictionary" && value ? { value } : {}),
    clauses,
    from,
    to,
  };
}

/** Target of `for`, or a side of an assignment: several names with commas are a tuple. */
export function targetFrom(parts: readonly Part[]): Expression | undefined {
  const items = argumentsFrom(parts);
  const hasComma = parts.some((part) => part.type === ",");
  if (items.length === 1 && !hasComma && !items[0]?.spread) return items[0]?.value;
  return items.length === 0 ? undefined : { type: "sequence", form: "tuple", items, ...spanOf(parts) };
}

export function parametersFrom(parts: readonly Part[], text: string): Parameter[] {
  const parameters: Parameter[] = [];
  let piece: Part[] = [];
  for (const part of [...parts, undefined]) {
    if (part && part.type !== ",") {
      if (!/^[()]$/.test(part.type)) piece.push(part);
      continue;
    }
    const name = piece.find((candidate) => candidate.type === "VariableName");
    if (name) {
      const spread = piece[0]?.type === "*" || piece[0]?.type === "**" ? piece[0].type : undefined;
      const annotation = expressionsOf(
        piece.find((candidate) => candidate.type === "TypeDef")?.list ?? [],
      )[0];
      const equals = piece.findIndex((candidate) => candidate.type === "AssignOp");
      const value = equals >= 0 ? one(piece.slice(equals + 1)) : undefined;
      parameters.push({
        name: text.slice(name.from, name.to),
        ...(spread ? { spread } : {}),
        ...(annotation ? { annotation } : {}),
        ...(value ? { default: value } : {}),
        ...spanOf(piece),
      });
    }
    piece = [];
  }
  return parameters;
}
