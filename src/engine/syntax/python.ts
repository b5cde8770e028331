/**
 * Python text -> Program, by way of @lezer/python. Lezer recovers from errors, so half-typed files still give a
 * tree; this reader keeps every expression it meets, also in places where none should be.
 */
import type { TreeCursor } from "@lezer/common";
import type { Span } from "../model.ts";
import { unlessTooDeep } from "./depth.ts";
import { expressionFrom } from "./pythonExpressions.ts";
import { numberValue, stringValue } from "./pythonLiterals.ts";
import { type Part, statementsOf } from "./pythonParts.ts";
import { statementFrom } from "./pythonStatements.ts";
import { type KnownTrees, pythonTrees } from "./pythonTrees.ts";
import type { Program } from "./tree.ts";

/** Nesting beyond this is not read: real code stays below 50, and a call stack has an end. */
const DEEPEST = 400;

/**
 * Replaces, at the same length, what @lezer/python reads differently from CPython: `1.` and `1.e-3` (the dot is taken for
 * an attribute; as `01` and `01e-3` the number reaches as far), a form feed at the end of a line, and a byte order mark.
 */
export function mask(text: string): string {
  const masked = text
    .replace(/(?<![\w.])(\d[\d_]*)\.(?=[eE][+-]?\d|[jJ](?!\w)|(?![\w.]))/g, "0$1")
    .replace(/\f(?=[\r\n])/g, " ");
  return masked.startsWith("\ufeff") ? `\n${masked.slice(1)}` : masked;
}

/**
 * @param span the part of the text to read: a cell of a notebook; spans of the tree are offsets in the whole text
 * @param known of a text before, of which little has changed
 */
export function readPython(
  text: string,
  span: Span = { from: 0, to: text.length },
  known?: KnownTrees,
): Program {
  const body = pythonTrees(mask(text.slice(span.from, span.to)), known).flatMap(({ tree, from }) => {
    const reader = new Reader(text, span.from + from);
    return unlessTooDeep(() => reader.parts(tree.cursor(), 0), []).flatMap(statementsOf);
  });
  return { from: span.from, to: span.to, body };
}

const LISTS = new Set([
  "ArgList",
  "ParamList",
  "TypeDef",
  "Decorator",
  "FormatReplacement",
  "PatternArgList",
]);

class Reader {
  /** @param base offset in the text at which the parsed part begins */
  constructor(
    private readonly text: string,
    private readonly base: number,
  ) {}

  /** The children of the node under the cursor. */
  parts(cursor: TreeCursor, depth: number): Part[] {
    const parts: Part[] = [];
    if (depth > DEEPEST || !cursor.firstChild()) return parts;
    do {
      const part = this.part(cursor, depth);
      if (part) parts.push(part);
    } while (cursor.nextSibling());
    cursor.parent();
    return parts;
  }

  private part(cursor: TreeCursor, depth: number): Part | undefined {
    const type = cursor.name;
    const from = cursor.from + this.base;
    const to = cursor.to + this.base;
    switch (type) {
      case "Comment":
        return undefined;
      case "VariableName":
        return { type, from, to, expression: { type: "name", name: this.text.slice(from, to), from, to } };
      case "Number":
        return {
          type,
          from,
          to,
          expression: { type: "number", value: numberValue(this.text.slice(from, to)), from, to },
        };
      case "String":
        return {
          type,
          from,
          to,
          expression: { type: "string", value: stringValue(this.text.slice(from, to)), parts: [], from, to },
        };
      case "Boolean":
        return {
          type,
          from,
          to,
          expression: { type: "constant", value: this.text.charCodeAt(from) === 84, from, to },
        };
      case "None":
        return { type, from, to, expression: { type: "constant", value: null, from, to } };
      case "Body":
      case "MatchBody":
      case "StatementGroup":
        return { type, from, to, block: this.parts(cursor, depth + 1).flatMap(statementsOf) };
    }
    if (LISTS.has(type)) return { type, from, to, list: this.parts(cursor, depth + 1) };
    if (type.endsWith("Statement") || type.endsWith("Definition") || type === "MatchClause") {
      const statement = statementFrom({ type, from, to }, this.parts(cursor, depth + 1), this.text);
      return { type, from, to, statement };
    }
    if (isExpression(type)) {
      const expression = expressionFrom({ type, from, to }, this.parts(cursor, depth + 1), this.text);
      return { type, from, to, expression };
    }
    return { type, from, to };
  }
}

/** Composite expressions, patterns (read as opaque) and errors, in which expressions may have been recovered. */
function isExpression(type: string): boolean {
  return (
    type.endsWith("Expression") ||
    type.endsWith("String") ||
    type.endsWith("Pattern") ||
    type === "Guard" ||
    type === "FormatSpec" ||
    type === "⚠"
  );
}
