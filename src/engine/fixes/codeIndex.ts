/** Looks nodes up by their span: what a network remembers of the code is spans, edits need the syntax. */
import type { Span } from "../model.ts";
import type { Scope } from "../syntax/scopes.ts";
import type {
  Argument,
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../syntax/tree.ts";
import { type Place, walk } from "../syntax/walk.ts";
import type { Unit } from "../units.ts";

export interface Indexed {
  readonly node: Expression;
  readonly scope: Scope;
}

/** The list that an expression is an item of: the arguments of a call, or a sequence. */
export interface Items {
  readonly items: readonly Argument[];
  readonly index: number;
  readonly call?: Call;
}

export interface CodeIndex {
  at(span: Span): Indexed | undefined;
  argumentAt(span: Span): { readonly argument: Argument; readonly scope: Scope } | undefined;
  itemsOf(node: Expression): Items | undefined;
  /** The call that an expression is the callee of. */
  calledBy(node: Expression): Call | undefined;
  readonly calls: readonly (Indexed & { readonly node: Call })[];
  /** The innermost simple statement around a span, with the functions and classes that it stands in. */
  statementAt(span: Span): Statement | undefined;
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  /** All simple and compound statements, what is around first. */
  readonly statements: readonly Statement[];
  /** Every expression with its place, in the order of the text. */
  readonly places: readonly Placed[];
}

/** An expression, and what it is there for. */
export interface Placed extends Place {
  readonly node: Expression;
}

const key = ({ from, to }: Span): string => `${from} ${to}`;

export function codeIndex(unit: Unit): CodeIndex {
  const nodes = new Map<string, Indexed>();
  const given = new Map<string, { readonly argument: Argument; readonly scope: Scope }>();
  const items = new Map<Expression, Items>();
  const callers = new Map<Expression, Call>();
  const calls: (Indexed & { readonly node: Call })[] = [];
  const places: Placed[] = [];
  walk(unit.program, unit.scopes, (node, place) => {
    const { scope } = place;
    places.push({ node, ...place });
    // The outermost of those that cover the same text comes first.
    if (!nodes.has(key(node))) nodes.set(key(node), { node, scope });
    if (node.type === "call") {
      calls.push({ node, scope });
      callers.set(node.callee, node);
      node.arguments.forEach((argument, index) => {
        given.set(key(argument), { argument, scope });
        items.set(argument.value, { items: node.arguments, index, call: node });
      });
    } else if (node.type === "sequence")
      node.items.forEach((item, index) => {
        items.set(item.value, { items: node.items, index });
      });
  });
  const functions: FunctionDefinition[] = [];
  const classes: ClassDefinition[] = [];
  const statements: Statement[] = [];
  const visit = (list: readonly Statement[]): void => {
    for (const statement of list) {
      statements.push(statement);
      if (statement.type === "function") functions.push(statement);
      if (statement.type === "class") classes.push(statement);
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(unit.program.body);
  return {
    at: (span) => nodes.get(key(span)),
    argumentAt: (span) => given.get(key(span)),
    itemsOf: (node) => items.get(node),
    calledBy: (node) => callers.get(node),
    calls,
    functions,
    classes,
    statements,
    places,
    statementAt: (span) =>
      statements.findLast(
        (one) => one.from <= span.from && span.to <= endOf(one) && blocksOf(one).length === 0,
      ),
  };
}

/** A declaration of JavaScript ends where its value does. */
export const endOf = (statement: Statement): number =>
  statement.type === "assignment" ? Math.max(statement.to, statement.value?.to ?? 0) : statement.to;

/** The blocks of a compound statement. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.type) {
    case "function":
    case "class":
      return [statement.body];
    case "if":
      return statement.branches.map(({ body }) => body);
    case "for":
      return [statement.body, statement.otherwise];
    case "other":
      return statement.blocks;
    default:
      return [];
  }
}

/** White space before a statement on its line; undefined where something else stands there. */
export function indentOf(statement: Span, text: string): string | undefined {
  const start = text.lastIndexOf("\n", statement.from - 1) + 1;
  const before = text.slice(start, statement.from);
  return /^[ \t]*$/.test(before) ? before : undefined;
}
