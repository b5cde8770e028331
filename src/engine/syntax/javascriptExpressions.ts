/** Lezer's JavaScript expression nodes -> tree.ts, out of their converted children. */

import { stringValue } from "./javascriptLiterals.ts";
import { argumentsFrom, dictionaryFrom, itemsFrom } from "./javascriptObjects.ts";
import { expressionsOf, type Node, opaque, type Part } from "./javascriptParts.ts";
import type { Assignment, Expression } from "./tree.ts";

/** Operators in the words that readers of the tree know from Python. */
const OPERATORS: Readonly<Record<string, string>> = {
  "===": "==",
  "!==": "!=",
  "&&": "and",
  "||": "or",
  "??": "or",
  "!": "not",
  instanceof: "is",
};

const operatorOf = (written: string): string =>
  Object.hasOwn(OPERATORS, written) ? (OPERATORS[written] ?? written) : written;

export function expressionFrom(node: Node, parts: readonly Part[], text: string): Expression {
  const { from, to } = node;
  const operands = parts.flatMap((part) => part.expression ?? []);
  const [first, second, third] = operands;
  switch (node.type) {
    case "CallExpression":
    case "NewExpression": {
      const list = parts.findLast((part) => part.type === "ArgList");
      if (!first || !list) break;
      return callFrom(node, first, list.list ?? [], list, text);
    }
    case "DynamicImport": {
      const [keyword] = parts;
      const bracket = parts.find((part) => part.type === "(");
      if (!keyword || !bracket) break;
      const callee: Expression = { type: "name", name: "import", from: keyword.from, to: keyword.to };
      return callFrom(node, callee, parts.slice(1), { from: bracket.from, to }, text);
    }
    case "MemberExpression": {
      if (!first) break;
      if (parts.some((part) => part.type === "["))
        return { type: "subscript", object: first, indices: operands.slice(1), from, to };
      const name = parts.find((part) => /^(?:Private)?PropertyName$/.test(part.type));
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
    // Brackets, `await`, and what only TypeScript sees: `f<T>`, `<T>x`, `x!`, `x as T`. The span stays that of x.
    case "ParenthesizedExpression":
    case "AwaitExpression":
    case "InstantiationExpression":
    case "PrefixCast":
      return operands.length === 1 && first ? first : opaque(node, operands);
    case "PostfixExpression":
      return first && parts.at(-1)?.type === "LogicOp" ? first : opaque(node, operands);
    case "ArrayExpression":
      return { type: "sequence", form: "list", items: itemsFrom(parts), from, to };
    case "ObjectExpression":
      return dictionaryFrom(node, parts, text);
    case "ConditionalExpression":
      if (!first || !second || !third) break;
      return { type: "conditional", test: first, whenTrue: second, whenFalse: third, from, to };
    case "UnaryExpression": {
      const [sign] = parts;
      if (!first || !sign || sign.expression) break;
      const operator = operatorOf(text.slice(sign.from, sign.to));
      return { type: "unary", operator, operand: first, from, to };
    }
    case "BinaryExpression": {
      const sign = parts.find((part) => !part.expression);
      if (!first || !sign) break;
      if (sign.type === "as" || sign.type === "satisfies") return first;
      if (!second) break;
      const operator = operatorOf(text.slice(sign.from, sign.to));
      return { type: "binary", operator, left: first, right: second, from, to };
    }
    case "TemplateString": {
      const inside = expressionsOf(parts);
      const value = inside.length > 0 ? undefined : stringValue(text.slice(from, to));
      return { type: "string", value, parts: inside, from, to };
    }
  }
  return opaque(node, expressionsOf(parts));
}

function callFrom(
  { from, to }: Node,
  callee: Expression,
  list: readonly Part[],
  brackets: { readonly from: number; readonly to: number },
  text: string,
): Expression {
  const closed = text.charAt(brackets.to - 1) === ")" && brackets.to - brackets.from >= 2;
  const argumentsSpan = { from: brackets.from, to: brackets.to };
  return { type: "call", callee, arguments: argumentsFrom(list), argumentsSpan, closed, from, to };
}

/** `a = b`, `a += b`, `a = b = c`; undefined for a pattern on the left, which javascriptStatements.ts takes apart. */
export function assignmentFrom(node: Node, parts: readonly Part[], text: string): Assignment | undefined {
  const { from, to } = node;
  const at = parts.findIndex((part) => part.type === "Equals" || part.type === "UpdateOp");
  const sign = parts[at];
  const target = parts[at - 1]?.expression;
  const value = parts[at + 1];
  if (!sign || !target) return undefined;
  const inner = value?.assignment;
  const given = inner ? inner.value : value?.expression;
  return {
    type: "assignment",
    targets: [target, ...(inner?.targets ?? [])],
    operator: text.slice(sign.from, sign.to),
    ...(given ? { value: given } : {}),
    from,
    to,
  };
}
