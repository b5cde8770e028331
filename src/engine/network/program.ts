/** Runs a program as far as it builds and trains networks. */

import type { Gap } from "../model.ts";
import { type FunctionDefinition, type Statement, unwrittenCall } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import type { Reached } from "./graphs.ts";
import { invoke } from "./interpreter/calls.ts";
import { Interpreter, OutOfSteps } from "./interpreter/interpreter.ts";
import type { Library } from "./interpreter/library.ts";
import { Environment } from "./interpreter/memory.ts";
import { hoist } from "./interpreter/scripts.ts";
import type { Draft } from "./interpreter/tensors.ts";
import { type ClassValue, type FunctionValue, NO_ARGUMENTS, type Value } from "./interpreter/values.ts";

/** Steps of a whole program, and of what is tried by itself; a step is the evaluation of an expression. */
export const LIMITS = { program: 60_000, each: 40_000, all: 150_000 } as const;

/** Functions that are tried although those before them built nothing: what a file trains with shows in the first. */
const MOST_IDLE = 24;

/** A run program, and what its functions gave that nobody in the file calls. */
export interface Run extends Interpreter {
  readonly builders: Map<Value, Builder>;
  /** Made only here, with nothing but defaults: nobody in the file makes one. */
  readonly tried: Set<Value>;
  /** Layers applied, and what was not read, in the code around the networks: where functional models are made. */
  written: readonly Draft[];
  doubts: readonly Gap[];
  /** What was found of networks without module objects. */
  readonly graphs: Map<Value, Reached>;
  /** The variables of the program itself. */
  readonly globals: ReadonlyMap<string, Value>;
}

/** What a network is named by, and the code that it is. */
export type Builder = Pick<FunctionDefinition, "name" | "nameSpan" | "to">;

export function runProgram(unit: Unit, library: Library): Run {
  const env = new Environment("module", undefined);
  const run: Run = Object.assign(new Interpreter(unit, library, LIMITS.program), {
    builders: new Map<Value, Builder>(),
    tried: new Set<Value>(),
    written: [] as readonly Draft[],
    doubts: [] as readonly Gap[],
    graphs: new Map<Value, Reached>(),
    globals: env.variables,
  });
  within(run, LIMITS.program, () => {
    if (unit.language === "javascript") hoist(unit.program.body, env, run);
    for (const statement of unit.program.body) top(statement, env, run);
  });
  for (const [name, value] of [...env.variables]) if (value.type === "partial") variant(name, value, run);
  const values = [...env.variables.values()];
  // Functions first, and of classes the last: these may use what stands above them.
  let idle = 0;
  for (const value of values) {
    if (value.type !== "function" || idle >= MOST_IDLE) continue;
    const before = run.work;
    uncalled(value, run);
    if (run.work === before) idle += 1;
  }
  for (const value of values.reverse()) if (value.type === "class") uncalled(value, run);
  for (const made of [...run.made]) if (made.type === "instance") methods(made.of, made, run);
  run.written = run.trace;
  run.doubts = run.gaps;
  return run;
}

/** A statement that ends the program, as a `raise` on the way, does not keep the rest from being read. */
function top(statement: Statement, env: Environment, run: Run): void {
  run.execute([statement], env);
}

/** Does something within a number of steps; what is done until they are used up stays. */
export function within<T>(run: Interpreter, steps: number, work: () => T): T | undefined {
  run.limit = Math.min(run.steps + steps, LIMITS.all);
  const { length } = run.frames;
  const made = run.made.length;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    run.isOutOfSteps = true;
    // What was not finished is no network.
    if (length === 0 && !run.isTracing) run.unfinished.push(...run.made.slice(made));
    return undefined;
  } finally {
    run.frames.length = length;
  }
}

/** Functions and classes that nothing in the file uses are for others: they are tried with their defaults. */
function uncalled(value: Value, run: Run): void {
  if (
    value.type === "function" &&
    value.definition.type === "function" &&
    !run.entered.has(value.definition)
  ) {
    const { definition } = value;
    const made = within(run, LIMITS.each, () => invoke(value, NO_ARGUMENTS, undefined, run));
    if (made?.type === "instance" || made?.type === "module") run.builders.set(made, definition);
  } else if (value.type === "class" && !run.entered.has(value.definition)) {
    const { name, nameSpan } = value.definition;
    const made = within(run, LIMITS.each, () =>
      run.call(value, NO_ARGUMENTS, unwrittenCall({ type: "name", name, ...nameSpan })),
    );
    if (made) run.tried.add(made);
  }
}

/** `ResNet18 = partial(ResNet, stage_sizes=[2, 2, 2, 2])`: a network of its own, named by the variable. */
function variant(name: string, value: Value, run: Run): void {
  const [binding] = run.unit.module.bindings.get(name) ?? [];
  if (value.type !== "partial" || value.callee.type !== "class" || binding?.kind !== "value") return;
  const span = { from: binding.value.from, to: binding.value.to };
  const made = within(run, LIMITS.each, () =>
    run.call(value, NO_ARGUMENTS, unwrittenCall({ type: "name", name, ...span })),
  );
  if (made?.type !== "instance") return;
  run.tried.add(made);
  run.builders.set(made, { name, nameSpan: span, to: span.to });
}

/** Methods in which networks are trained or initialised, when nothing in the file calls them. */
const TELLING = /optim|clip_grad|\.compile\(|\.apply\(|init\./;

function methods(of: ClassValue, self: Value, run: Run): void {
  for (const member of of.namespace.variables.values()) {
    if (member.type !== "function" || run.entered.has(member.definition)) continue;
    const { from, to } = member.definition;
    if (TELLING.test(run.unit.text.slice(from, to)))
      within(run, LIMITS.each, () => invoke(member as FunctionValue, NO_ARGUMENTS, self, run));
  }
}
