/**
 * Runs the part of a program that builds networks, on abstract values: numbers, strings, lists, functions and classes
 * of the file, and what a library knows of its symbols. Nothing of the user's is executed or imported; what is not
 * known stays unknown. Steps and depth are limited, so that any program ends.
 */
import type { Span } from "../../model.ts";
import type { Call, Expression, Statement } from "../../syntax/tree.ts";
import { spanOf } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { callValue } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import type { Library } from "./library.ts";
import { type Environment, Memory } from "./memory.ts";
import { type Completion, execute } from "./statements.ts";
import type { Draft } from "./tensors.ts";
import type { Arguments, ClassValue, FunctionValue, Instance, Module, ObjectValue, Value } from "./values.ts";

/** A call of a function of the file. */
export interface Frame {
  readonly function: FunctionValue;
  readonly self: Value | undefined;
  readonly owner: ClassValue | undefined;
  /** What a branch returned that may have been taken. */
  early: Value | undefined;
}

/** A method of a network that says how it is trained, or on what. */
export interface Use {
  readonly network: Value;
  /** `compile`, `fit`, `()`. */
  readonly method: string;
  readonly given: Arguments;
  readonly node: Expression;
  /** Layers applied so far, where it is the use that tells which of them are a network. */
  readonly applied?: readonly Draft[];
}

/** Deepest calls of functions in functions; recursion ends there. */
const DEEPEST_CALL = 40;

/** Thrown when a program has had its steps; only index.ts catches it. */
export class OutOfSteps extends Error {}

export class Interpreter {
  readonly memory = new Memory();
  readonly frames: Frame[] = [];
  /** Functions and classes that were entered: the rest is tried by itself at the end. */
  readonly entered = new Set<unknown>();
  /** What could not be read, where somebody listens. */
  gaps: { readonly span: Span; readonly what: string }[] = [];
  /** What an argument parser declares: the first one's, for functions that are given it from elsewhere. */
  namespace: ObjectValue | undefined;
  /** What absl's flags are unless told otherwise. */
  readonly flags = new Map<string, Value>();
  /** Applications of layers, in the order of execution. */
  trace: Draft[] = [];
  /** Instances and containers that were made: networks and their parts. */
  readonly made: (Instance | Module)[] = [];
  /** Everything else that was made of a library: optimisers, losses, loaders. Never taken back. */
  readonly objects: ObjectValue[] = [];
  /** `model.compile(...)`, `model.fit(...)`, and a network's calls with data. */
  readonly uses: Use[] = [];
  /** Networks whose weights come from somewhere else than their initialiser. */
  readonly loaded = new Map<Value, Value>();
  /** The outermost function that gave a container or a network to its caller. */
  readonly returned = new Map<Value, FunctionValue>();
  /** The instance in whose methods a container was made. */
  readonly makers = new Map<Value, Value>();
  isOutOfSteps = false;
  /** What was being made when the steps were used up. */
  readonly unfinished: Value[] = [];
  /** Whether a network is being run, and not the code around it. */
  isTracing = false;
  steps = 0;
  /** Counts what is built: a loop that does not add to it need not run to its end. */
  work = 0;

  constructor(
    readonly unit: Unit,
    readonly library: Library,
    /** Steps that may be used until more are given. */
    public limit: number,
  ) {}

  evaluate(node: Expression, env: Environment): Value {
    this.step();
    return evaluate(node, env, this);
  }

  execute(statements: readonly Statement[], env: Environment): Completion {
    return execute(statements, env, this);
  }

  call(callee: Value, given: Arguments, node: Call): Value {
    this.step();
    return callValue(callee, given, node, this);
  }

  step(): void {
    this.steps += 1;
    if (this.steps > this.limit) throw new OutOfSteps();
  }

  get isTooDeep(): boolean {
    return this.frames.length >= DEEPEST_CALL;
  }

  gap(node: Expression | Statement, what: string): void {
    this.memory.push(this.gaps, { span: spanOf(node), what });
  }

  /** The code of an expression, for messages. */
  words(node: Expression): string {
    const line = this.unit.text.slice(node.from, node.to).replace(/\s+/g, " ");
    return line.length > 40 ? `${line.slice(0, 37)}...` : line;
  }

  /** The variable or member that the value of an expression is given to. */
  nameOf(node: Expression): string | undefined {
    this.names ??= namesOf(this.unit);
    return this.names.get(node);
  }

  private names: Map<Expression, string> | undefined;
}

function namesOf({ scopes }: Unit): Map<Expression, string> {
  const names = new Map<Expression, string>();
  for (const [node, scope] of scopes) {
    const owner = "name" in node ? `${node.name}.` : "";
    for (const [prefix, bindings] of [["", scope.bindings] as const, [owner, scope.members] as const])
      for (const [short, all] of bindings)
        for (const binding of all)
          if (binding.kind === "value") names.set(binding.value, `${prefix}${short}`);
  }
  return names;
}
