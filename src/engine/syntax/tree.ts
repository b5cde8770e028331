/**
 * The syntax tree that the rest of the engine reads: small, independent of the language and of the parser.
 * A reader of a language (python.ts) makes it; what has no place in it is kept as `opaque`, so that the expressions
 * inside are still found. Every node carries its span in the text.
 */
import type { Span } from "../model.ts";

export interface Name extends Span {
  readonly type: "name";
  readonly name: string;
}

export interface Attribute extends Span {
  readonly type: "attribute";
  readonly object: Expression;
  /** Empty while it is being typed: `nn.`. */
  readonly name: string;
  readonly nameSpan: Span;
}

export interface Argument extends Span {
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly spread?: "*" | "**";
  readonly value: Expression;
}

export interface Call extends Span {
  readonly type: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** From the opening to behind the closing bracket. */
  readonly argumentsSpan: Span;
  /** False while the closing bracket is missing. */
  readonly closed: boolean;
}

/** `start:stop:step` */
export interface Slice {
  readonly start?: Expression;
  readonly stop?: Expression;
  readonly step?: Expression;
}

export interface Subscript extends Span {
  readonly type: "subscript";
  readonly object: Expression;
  readonly indices: readonly Expression[];
  /** `x[start:stop:step]`: a single slice. */
  readonly slice?: Slice;
  /** `x[:, 1]`: what stands between the commas, where some of it are slices. */
  readonly axes?: readonly ({ readonly slice: Slice } | { readonly index: Expression | undefined })[];
}

export interface NumberLiteral extends Span {
  readonly type: "number";
  readonly value: number;
}

export interface StringLiteral extends Span {
  readonly type: "string";
  /** Text between the quotes; undefined for formatted, concatenated, bytes or unclosed strings. */
  readonly value: string | undefined;
  /** Expressions inside a formatted string. */
  readonly parts: readonly Expression[];
}

export interface Constant extends Span {
  readonly type: "constant";
  readonly value: boolean | null;
}

export interface Sequence extends Span {
  readonly type: "sequence";
  readonly form: "list" | "tuple" | "set";
  readonly items: readonly Argument[];
}

export interface Dictionary extends Span {
  readonly type: "dictionary";
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}

export interface Lambda extends Span {
  readonly type: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Conditional extends Span {
  readonly type: "conditional";
  readonly test: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Unary extends Span {
  readonly type: "unary";
  readonly operator: string;
  readonly operand: Expression;
}

export interface Binary extends Span {
  readonly type: "binary";
  /** As written: `+`, `and`, `not in`, `==`. */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Comprehension extends Span {
  readonly type: "comprehension";
  readonly form: "list" | "set" | "dictionary" | "generator";
  readonly element: Expression;
  /** Value of a dictionary comprehension. */
  readonly value?: Expression;
  readonly clauses: readonly {
    readonly target: Expression;
    readonly iterable: Expression;
    readonly conditions: readonly Expression[];
  }[];
}

/** Anything else, or something broken: only what stands inside is known. */
export interface Opaque extends Span {
  readonly type: "opaque";
  readonly children: readonly Expression[];
}

export type Expression =
  | Name
  | Attribute
  | Call
  | Subscript
  | NumberLiteral
  | StringLiteral
  | Constant
  | Sequence
  | Dictionary
  | Lambda
  | Conditional
  | Unary
  | Binary
  | Comprehension
  | Opaque;

export interface Parameter extends Span {
  readonly name: string;
  readonly spread?: "*" | "**";
  readonly annotation?: Expression;
  readonly default?: Expression;
  /**
   * JavaScript's `function f(a, { units, input: { shape } })`: the property that it takes of the argument at that place;
   * no keys: something that has no name there, as `...rest`.
   */
  readonly member?: { readonly place: number; readonly keys?: readonly string[] };
}

/** `import a.b as c` binds c to a.b; `from a import b` binds b to a.b; `from a import *` has no `binds`. */
export interface ImportedName extends Span {
  readonly symbol: string;
  readonly binds?: string;
}

export interface Import extends Span {
  readonly type: "import";
  /** Module of `from module import ...`; undefined for `import module`. */
  readonly module?: string;
  readonly names: readonly ImportedName[];
}

export interface Assignment extends Span {
  readonly type: "assignment";
  readonly targets: readonly Expression[];
  /** `=`, or `+=` and the like. */
  readonly operator: string;
  readonly annotation?: Expression;
  readonly value?: Expression;
}

export interface ExpressionStatement extends Span {
  readonly type: "expression";
  readonly expression: Expression;
}

export interface FunctionDefinition extends Span {
  readonly type: "function";
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  readonly returns?: Expression;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface ClassDefinition extends Span {
  readonly type: "class";
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface Return extends Span {
  readonly type: "return";
  readonly value?: Expression;
}

export interface If extends Span {
  readonly type: "if";
  /** `if`, each `elif`, and `else`, which has no test. */
  readonly branches: readonly { readonly test?: Expression; readonly body: readonly Statement[] }[];
}

export interface For extends Span {
  readonly type: "for";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

/** `while`, `with`, `try`, `match`, `del`, `assert` and so on: expressions and blocks in the order of the text. */
export interface OtherStatement extends Span {
  readonly type: "other";
  readonly keyword: string;
  readonly expressions: readonly Expression[];
  /** Names bound by `with ... as`, `except ... as`. */
  readonly bound: readonly Expression[];
  readonly blocks: readonly (readonly Statement[])[];
}

export type Statement =
  | Import
  | Assignment
  | ExpressionStatement
  | FunctionDefinition
  | ClassDefinition
  | Return
  | If
  | For
  | OtherStatement;

export interface Program extends Span {
  readonly body: readonly Statement[];
}

/** The span of a node alone, for what leaves the engine. */
export const spanOf = ({ from, to }: Span): Span => ({ from, to });

/** A call that nobody wrote, in the place of what it calls. */
export function unwrittenCall(callee: Expression): Call {
  const span = spanOf(callee);
  return { type: "call", callee, arguments: [], argumentsSpan: span, closed: true, ...span };
}

/** `relu` of `relu`, `nn.relu` and `self.relu`; of what has no name, nothing. */
export const lastName = (node: Expression | undefined): string | undefined =>
  node?.type === "name" || node?.type === "attribute" ? node.name : undefined;

/** The argument with that name, or at that position before any spread. */
export function argumentOf(call: Call, name: string, position?: number): Argument | undefined {
  const named = call.arguments.find((argument) => argument.name === name);
  if (named || position === undefined) return named;
  for (let index = 0; index <= position; index += 1) {
    const argument = call.arguments[index];
    if (!argument || argument.spread || argument.name !== undefined) return undefined;
    if (index === position) return argument;
  }
  return undefined;
}
