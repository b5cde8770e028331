/** What the readers of Python's nodes share: a child of a syntax node, already converted. */
import type { Span } from "../model.ts";
import type { Expression, Statement } from "./tree.ts";

export interface Node extends Span {
  readonly type: string;
}

/** A child of a syntax node: most have an expression or, for blocks, statements; keywords and signs have neither. */
export interface Part extends Node {
  readonly expression?: Expression;
  readonly block?: readonly Statement[];
  readonly statement?: Statement;
  /** Children of a bracketed list, an annotation or a decorator. */
  readonly list?: readonly Part[];
}

/** Lezer names keywords and signs by their text; everything else starts with a capital. */
export const isSign = (part: Part): boolean => /^[^A-Z⚠]/.test(part.type);

export const expressionsOf = (parts: readonly Part[]): Expression[] =>
  parts.flatMap((part) => (part.expression ? [part.expression] : part.list ? expressionsOf(part.list) : []));

export const spanOf = (parts: readonly Span[]): Span => ({
  from: parts[0]?.from ?? 0,
  to: parts.at(-1)?.to ?? 0,
});

/** The statements that a part of a block stands for; a stray expression becomes a statement of its own. */
export function statementsOf(part: Part): readonly Statement[] {
  if (part.statement) return [part.statement];
  if (part.block) return part.block;
  if (part.expression)
    return [{ type: "expression", expression: part.expression, from: part.from, to: part.to }];
  return [];
}
