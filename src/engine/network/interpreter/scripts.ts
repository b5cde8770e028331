/** What JavaScript does otherwise: functions as expressions, counting loops, arrays that call a function. */
import {
  type Expression,
  type FunctionDefinition,
  type OtherStatement,
  type Statement,
  unwrittenCall,
} from "../../syntax/tree.ts";
import { functionOf } from "./functions.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Environment, Environment as Scope } from "./memory.ts";
import { type Completion, execute, LONGEST_IDLE_LOOP } from "./statements.ts";
import {
  type Arguments,
  constant,
  type List,
  LONGEST_LIST,
  list,
  numberIn,
  truth,
  UNKNOWN,
  type Value,
} from "./values.ts";

/** The name under which a function without one is kept: its place, which the expression around it knows as well. */
const nameAt = ({ from }: { readonly from: number }): string => ` function at ${from}`;

/** Functions are there before the first statement of their block runs. */
export function hoist(statements: readonly Statement[], env: Environment, run: Interpreter): void {
  for (const statement of statements)
    if (statement.type === "function")
      run.memory.set(env.variables, keyOf(statement), functionOf(statement, env, run));
}

const keyOf = (definition: FunctionDefinition): string =>
  definition.name === "" ? nameAt(definition) : definition.name;

/** The function that an expression is the place of. */
export const functionAt = (node: Expression, env: Environment): Value | undefined => env.lookup(nameAt(node));

/**
 * `for (let i = 0; i < 3; i++)`: as long as its test is known to hold, within limits. The tree has its parts in the
 * order of the text: what it starts with is a block of its own.
 */
export function count(statement: OtherStatement, outer: Environment, run: Interpreter): Completion {
  const { expressions, blocks } = statement;
  const [start = [], body = []] = blocks;
  const [test, step] = expressions;
  const counter = start[0]?.type === "assignment" ? start[0].targets[0] : undefined;
  const by = step && counter?.type === "name" ? strideOf(step, counter.name, run) : undefined;
  const env = new Scope("function", outer);
  execute(start, env, run);
  if (blocks.length !== 2 || !test || by === undefined || counter?.type !== "name")
    return once(statement, body, env, run);
  for (let turn = 0, idle = 0; turn < LONGEST_LIST && idle <= LONGEST_IDLE_LOOP; turn += 1) {
    run.step();
    const known = truth(run.evaluate(test, env));
    if (known === undefined) return once(statement, body, env, run);
    if (!known) return "normal";
    const before = run.work;
    const ended = execute(body, env, run);
    if (ended === "break") return "normal";
    if (ended !== "normal" && ended !== "continue") return ended;
    idle = run.work === before ? idle + 1 : 0;
    const at = numberIn(env.lookup(counter.name));
    run.memory.set(env.variables, counter.name, at === undefined ? UNKNOWN : constant(at + by));
  }
  return "normal";
}

/** `i++`, `i += 2`: the tree keeps what is written to as opaque. */
function strideOf(step: Expression, counter: string, run: Interpreter): number | undefined {
  const text = run.unit.text.slice(step.from, step.to).replaceAll(/\s+/g, "");
  const found = /^(?:(\w+)(\+\+|--)|(\+\+|--)(\w+)|(\w+)([+-])=(\d+))$/.exec(text);
  if (!found || (found[1] ?? found[4] ?? found[5]) !== counter) return undefined;
  const sign = found[2] ?? found[3] ?? found[6];
  return (sign?.startsWith("-") ? -1 : 1) * Number(found[7] ?? 1);
}

/** A loop that runs nobody knows how often. */
function once(
  statement: OtherStatement,
  body: readonly Statement[],
  env: Environment,
  run: Interpreter,
): Completion {
  repeatedly(() => execute(body, env, run), statement, run);
  return "normal";
}

/** Something that happens once, or never, or often: containers that it adds to are not known to their end. */
function repeatedly(work: () => unknown, node: Expression | Statement, run: Interpreter): void {
  const before = run.work;
  const { changes } = run.memory.attempt(work);
  if (run.work === before) {
    run.memory.replay(changes);
    return;
  }
  // Layers of a functional model were applied; a container says by itself that it may hold more.
  if (changes.has(run.trace)) run.gap(node, "how often a loop runs is not known");
  for (const one of run.made)
    if (one.type === "module" && changes.has(one.children)) run.memory.assign(one, "complete", false);
  for (const target of changes.keys())
    if (typeof target === "object" && target !== null && "items" in target && "complete" in target)
      run.memory.assign(target as List, "complete", false);
}

/** The same of something that the file does not define. */
export function callingSymbol(
  symbol: string,
  given: Arguments,
  node: Expression,
  run: Interpreter,
): Value | undefined {
  const at = symbol.lastIndexOf(".");
  return callingMethod(UNKNOWN, symbol.slice(at + 1), given, node, run);
}

/** `sizes.forEach((size) => ...)`, `sizes.map(...)`; undefined: not one of these. */
export function callingMethod(
  receiver: Value,
  name: string,
  given: Arguments,
  node: Expression,
  run: Interpreter,
): Value | undefined {
  const [callee] = given.positional;
  if (run.unit.language !== "javascript") return undefined;
  if (!/^(?:forEach|map|flatMap|reduce)$/.test(name) || callee?.type !== "function") return undefined;
  const call = (item: Value, index: number): Value =>
    run.call(
      callee,
      { positional: [item, constant(index)], named: new Map(), complete: true, written: [] },
      unwrittenCall(node),
    );
  const items = receiver.type === "list" && receiver.complete ? receiver.items : undefined;
  if (items && (name === "forEach" || name === "map")) return list(items.slice(0, LONGEST_LIST).map(call));
  const [, start] = given.positional;
  if (items && items.length <= LONGEST_LIST && name === "reduce" && start)
    return items.reduce(
      (before, item, index) =>
        run.call(
          callee,
          { positional: [before, item, constant(index)], named: new Map(), complete: true, written: [] },
          unwrittenCall(node),
        ),
      start,
    );
  repeatedly(() => call(UNKNOWN, 0), node, run);
  return list([], "list", false);
}
