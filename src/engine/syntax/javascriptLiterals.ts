/** Names and literals: nodes without children. */
import type { Node } from "./javascriptParts.ts";
import type { Expression } from "./tree.ts";

/** NaN for a BigInt: it is a value, but none that a model is configured with. */
export const numberValue = (literal: string): number => Number(literal.replaceAll("_", ""));

const QUOTED = /^(["'`])([\s\S]*)\1$/;

/** Text between the quotes; undefined for unclosed strings and those with an escape (none names anything). */
export function stringValue(literal: string): string | undefined {
  const body = QUOTED.exec(literal)?.[2];
  return body === undefined || body.includes("\\") ? undefined : body;
}

export function leafFrom({ type, from, to }: Node, text: string): Expression | undefined {
  switch (type) {
    case "VariableName":
    case "VariableDefinition":
      return { type: "name", name: text.slice(from, to), from, to };
    // What readers of the tree know as the object that a method belongs to.
    case "this":
      return { type: "name", name: "self", from, to };
    case "super":
      return { type: "name", name: "super", from, to };
    case "Number":
      return { type: "number", value: numberValue(text.slice(from, to)), from, to };
    case "String":
      return { type: "string", value: stringValue(text.slice(from, to)), parts: [], from, to };
    case "BooleanLiteral":
      return { type: "constant", value: text.charCodeAt(from) === 116, from, to };
    case "null":
      return { type: "constant", value: null, from, to };
    default:
      return undefined;
  }
}
