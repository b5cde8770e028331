/** What the readers of JavaScript's nodes share: a child of a syntax node, already converted. */
import type { Span } from "../model.ts";
import type {
  Assignment,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
  StringLiteral,
} from "./tree.ts";

export interface Node extends Span {
  readonly type: string;
}

/** A child of a syntax node; keywords and signs have nothing but their type, which is their text. */
export interface Part extends Node {
  readonly expression?: Expression;
  /** What a statement or a block stands for. */
  readonly statements?: readonly Statement[];
  /** Children of a list in brackets, of a pattern, a property, a specification of a loop. */
  readonly list?: readonly Part[];
  /** `a = b` as an expression, for where it stands as a statement. */
  readonly assignment?: Assignment;
  /** The name of the type behind a colon. */
  readonly annotation?: Expression;
  /** A function or class as an expression: its definition stands beside the statement that it is a part of. */
  readonly definition?: Definition;
}

export type Definition = FunctionDefinition | ClassDefinition;

export const expressionsOf = (parts: readonly Part[]): Expression[] =>
  parts.flatMap((part) => (part.expression ? [part.expression] : part.list ? expressionsOf(part.list) : []));

export const find = (parts: readonly Part[], type: string): Part | undefined =>
  parts.find((part) => part.type === type);

export const opaque = ({ from, to }: Span, children: readonly Expression[]): Expression => ({
  type: "opaque",
  children,
  from,
  to,
});

/** A property's key as a value. */
export const keyOf = ({ from, to }: Span, value: string): StringLiteral => ({
  type: "string",
  value,
  parts: [],
  from,
  to,
});

export function isDefinition(statement: Statement): statement is Definition {
  return statement.type === "function" || statement.type === "class";
}

/** The statements that a part of a block stands for; a stray expression becomes a statement of its own. */
export function statementsOf(part: Part): readonly Statement[] {
  if (part.statements) return part.statements;
  if (part.assignment) return [part.assignment];
  if (part.expression)
    return [{ type: "expression", expression: part.expression, from: part.from, to: part.to }];
  return [];
}
