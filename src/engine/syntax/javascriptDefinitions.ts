/** Functions, methods and classes -> tree.ts. */
import { type Definition, expressionsOf, find, type Node, type Part } from "./javascriptParts.ts";
import { assignmentsTo, parametersFrom } from "./javascriptPatterns.ts";
import type { Expression, Lambda, Statement } from "./tree.ts";

/**
 * @param beside functions that stand in the defaults of parameters, or in the expression that an arrow function is
 */
export function functionFrom(
  node: Node,
  parts: readonly Part[],
  beside: readonly Statement[],
  text: string,
): Definition {
  const { from, to } = node;
  const list = parts.findIndex((part) => part.type === "ParamList");
  const name = parts.slice(0, Math.max(list, 0)).find((part) => /Definition$/.test(part.type));
  const nameSpan = name ? { from: name.from, to: name.to } : { from, to: from };
  return {
    type: "function",
    name: text.slice(nameSpan.from, nameSpan.to),
    nameSpan,
    parameters: parametersFrom(parts[list]?.list ?? [], text),
    decorators: parts
      .filter(({ type }) => type === "Decorator")
      .flatMap(({ list: inner }) => expressionsOf(inner ?? [])),
    body: [...beside, ...bodyFrom(parts)],
    from,
    to,
  };
}

function bodyFrom(parts: readonly Part[]): readonly Statement[] {
  const block = find(parts, "Block")?.statements;
  if (block) return block;
  const arrow = parts.findIndex((part) => part.type === "Arrow");
  const last = arrow < 0 ? undefined : parts.slice(arrow + 1).find((part) => part.expression);
  if (!last?.expression) return [];
  const { from, to } = last;
  // `x => (this.y = x)` is there for what it assigns.
  return last.assignment ? [last.assignment] : [{ type: "return", value: last.expression, from, to }];
}

export function classFrom(node: Node, parts: readonly Part[], text: string): Definition {
  const { from, to } = node;
  const name = find(parts, "VariableDefinition");
  const nameSpan = name ? { from: name.from, to: name.to } : { from, to: from };
  const extend = parts.findIndex((part) => part.type === "extends");
  const base = extend < 0 ? undefined : parts.slice(extend + 1).find((part) => part.expression)?.expression;
  return {
    type: "class",
    name: text.slice(nameSpan.from, nameSpan.to),
    nameSpan,
    bases: base ? [{ value: base, from: base.from, to: base.to }] : [],
    decorators: parts
      .filter(({ type }) => type === "Decorator")
      .flatMap(({ list }) => expressionsOf(list ?? [])),
    body: find(parts, "ClassBody")?.statements ?? [],
    from,
    to,
  };
}

/** `x = 1;` in the body of a class; a function as the value is a method. */
export function propertyFrom(parts: readonly Part[], text: string): readonly Statement[] {
  const equals = parts.findIndex((part) => part.type === "Equals");
  const value = parts[equals + 1];
  const name = parts.find((part) => /PropertyDefinition$/.test(part.type));
  if (equals < 0 || !name || !value?.expression) return [];
  const { from, to } = name;
  const written = text.slice(from, to);
  if (value.definition) return [{ ...value.definition, name: written, nameSpan: { from, to } }];
  const expression: Expression = { type: "name", name: written, from, to };
  return assignmentsTo({ type: name.type, from, to, expression }, value.expression, text);
}

/** The name of a function as an expression is known inside it alone, that of a method only through its object. */
export const anonymous = (definition: Definition): Definition => ({
  ...definition,
  name: "",
  nameSpan: { from: definition.from, to: definition.from },
});

/** What stands in an expression for a function or class, whose definition is among the statements. */
export const placeHolder = ({ from, to }: Node): Lambda => ({
  type: "lambda",
  parameters: [],
  body: { type: "opaque", children: [], from, to },
  from,
  to,
});
