/** Statements: assignments, branches, loops, definitions. */

import { canonicalSymbol } from "../../frameworks/index.ts";
import type {
  Assignment,
  ClassDefinition,
  Expression,
  For,
  FunctionDefinition,
  If,
  OtherStatement,
  Statement,
} from "../../syntax/tree.ts";
import { bind } from "./bindings.ts";
import { grow } from "./containers.ts";
import { functionOf } from "./functions.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Changes, Environment } from "./memory.ts";
import { operate } from "./operators.ts";
import { count, hoist } from "./scripts.ts";
import { type ClassValue, truth, UNKNOWN, type Value } from "./values.ts";

/** How a block ended: by itself, by leaving a loop, by an exception, or with a value. */
export type Completion = "normal" | "break" | "continue" | "raise" | { readonly returned: Value };

export function execute(statements: readonly Statement[], env: Environment, run: Interpreter): Completion {
  if (run.unit.language === "javascript") hoist(statements, env, run);
  for (const statement of statements) {
    run.step();
    const ended = one(statement, env, run);
    if (ended !== "normal") return ended;
  }
  return "normal";
}

function one(statement: Statement, env: Environment, run: Interpreter): Completion {
  switch (statement.type) {
    case "import":
      for (const { symbol, binds } of statement.names)
        if (binds !== undefined)
          run.memory.set(env.variables, binds, { type: "symbol", symbol: canonicalSymbol(symbol) });
      return "normal";
    case "assignment":
      assignment(statement, env, run);
      return "normal";
    case "expression":
      run.evaluate(statement.expression, env);
      return "normal";
    case "function":
      define(statement, env, run);
      return "normal";
    case "class":
      run.memory.set(env.variables, statement.name, classOf(statement, env, run));
      return "normal";
    case "return":
      return { returned: statement.value ? run.evaluate(statement.value, env) : UNKNOWN };
    case "for":
      return loop(statement, env, run);
    case "other":
      return other(statement, env, run);
    case "if":
      return branch(statement, env, run);
  }
}

function define(statement: FunctionDefinition, env: Environment, run: Interpreter): void {
  if (statement.name === "") return;
  const defined = run.library.decorated(statement, env, run) ?? functionOf(statement, env, run);
  run.memory.set(env.variables, statement.name, defined);
}

function classOf(definition: ClassDefinition, env: Environment, run: Interpreter): ClassValue {
  const namespace = new Environment("class", env);
  const bases = definition.bases
    .filter(({ name }) => name === undefined)
    .map(({ value }) => run.evaluate(value, env));
  const decorators = definition.decorators.map((decorator) => run.evaluate(decorator, env));
  const takes = run.library.takesFields(definition, bases, decorators);
  const classes = bases.filter((base) => base.type === "class");
  const symbols = bases.flatMap((base) => (base.type === "symbol" ? [base.symbol] : []));
  const foreignBases = [...new Set([...symbols, ...classes.flatMap((base) => base.foreignBases)])];
  const inherited = classes.flatMap(({ fields }) => fields);
  const own = definition.body.flatMap((statement) =>
    statement.type === "assignment" && statement.annotation && statement.targets[0]?.type === "name"
      ? [statement.targets[0].name]
      : [],
  );
  const fields = takes ? [...new Set([...inherited, ...own])] : inherited;
  const made: ClassValue = { type: "class", definition, bases, foreignBases, namespace, fields };
  for (const statement of definition.body) {
    if (statement.type === "function") {
      const member = run.library.decorated(statement, env, run) ?? functionOf(statement, env, run, made);
      run.memory.set(namespace.variables, statement.name, member);
    } else if (statement.type !== "return") execute([statement], namespace, run);
  }
  return made;
}

function assignment(statement: Assignment, env: Environment, run: Interpreter): void {
  const { targets, operator, value } = statement;
  if (!value) return;
  const [target] = targets;
  if (operator !== "=" && operator !== ":=") {
    if (!target) return;
    const before = run.evaluate(target, env);
    const change = run.evaluate(value, env);
    const sign = operator.slice(0, -1);
    // `layers += [...]` changes the list that others hold as well.
    if (sign === "+" && before.type === "list") {
      const items = run.library.items(change, run);
      const isComplete = items !== undefined && (change.type !== "list" || change.complete);
      grow(before, items ?? [], run);
      if (!isComplete) run.memory.assign(before, "complete", false);
      return;
    }
    bind(target, operate(sign, before, change, { ...value, ...spanning(target, value) }, run), env, run);
    return;
  }
  const made = run.evaluate(value, env);
  for (const one of targets) bind(one, made, env, run);
}

const spanning = (first: Expression, last: Expression) => ({ from: first.from, to: last.to });

/**
 * An `if`. Where its test is not known, each branch is tried by itself. One that ends with an exception, or leaves
 * without having done what the others do, is not the usual way; what the others agree on stands.
 */
function branch(statement: If, env: Environment, run: Interpreter): Completion {
  const open: { readonly body: readonly Statement[] }[] = [];
  let hasElse = false;
  for (const { test, body } of statement.branches) {
    const known = test ? truth(run.evaluate(test, env)) : true;
    if (known === false) continue;
    if (known === true) {
      if (open.length === 0) return execute(body, env, run);
      open.push({ body });
      hasElse = true;
      break;
    }
    open.push({ body });
  }
  if (open.length === 0) return "normal";
  if (!hasElse) open.push({ body: [] });
  const tried = open.map(({ body }) => run.memory.attempt(() => execute(body, env, run)));
  const going = tried.filter(({ result }) => result === "normal");
  const left = tried.filter(({ result }) => typeof result === "object");
  if (going.length > 0) {
    merge(
      going.map(({ changes }) => changes),
      statement,
      run,
    );
    const frame = run.frames.at(-1);
    // A value returned early counts only where the function returns no other.
    for (const { result, changes } of left) {
      if (frame && typeof result === "object") frame.early ??= result.returned;
      if ([...changes.keys()].some(Array.isArray)) doubt(statement, run);
    }
    return "normal";
  }
  // Every branch ends the block.
  const [usual] = left.length > 0 ? left : tried;
  if (!usual) return "normal";
  run.memory.replay(usual.changes);
  const values = left.flatMap(({ result }) => (typeof result === "object" ? [result.returned] : []));
  if (values.length > 1 && !values.every((value) => sameOutcome(value, values[0]))) doubt(statement, run);
  return usual.result;
}

function sameOutcome(a: Value, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a.type === "tensor" && b?.type === "tensor") return a.state === b.state;
  if (a.type === "constant" && b?.type === "constant") return a.value === b.value;
  // Without tensors or modules nothing that matters here depends on it.
  const matters = (value: Value | undefined): boolean =>
    value?.type === "tensor" ||
    value?.type === "module" ||
    value?.type === "instance" ||
    value?.type === "list";
  return !matters(a) && !matters(b);
}

function merge(changes: readonly Changes[], statement: If, run: Interpreter): void {
  if (run.memory.join(changes)) doubt(statement, run);
}

const doubt = (statement: If, run: Interpreter): void =>
  run.gap(statement.branches[0]?.test ?? statement, "which branch is taken is not known");

/** Iterations of a loop that builds nothing: it trains, and is looked at only for what it calls. */
export const LONGEST_IDLE_LOOP = 24;

function loop(statement: For, env: Environment, run: Interpreter): Completion {
  const iterable = run.evaluate(statement.iterable, env);
  const items = run.library.items(iterable, run);
  const isKnown = items !== undefined && (iterable.type !== "list" || iterable.complete);
  if (!isKnown) return once(statement, iterable, items ?? [], env, run);
  let idle = 0;
  for (const item of items) {
    run.step();
    const before = run.work;
    bind(statement.target, item, env, run);
    const ended = execute(statement.body, env, run);
    if (ended === "break") return "normal";
    if (ended !== "normal" && ended !== "continue") return ended;
    idle = run.work === before ? idle + 1 : 0;
    if (idle > LONGEST_IDLE_LOOP) break;
  }
  return execute(statement.otherwise, env, run);
}

/** A loop that runs nobody knows how often: it may change things once or not at all. */
function once(
  statement: For,
  iterable: Value,
  items: readonly Value[],
  env: Environment,
  run: Interpreter,
): Completion {
  const element = run.library.element(iterable) ?? items[0] ?? UNKNOWN;
  const before = run.work;
  const { clash, result } = run.memory.maybe(() => {
    bind(statement.target, element, env, run);
    return execute(statement.body, env, run);
  });
  if (clash && run.work !== before) run.gap(statement.iterable, "how often a loop runs is not known");
  return typeof result === "object" || result === "raise" ? "normal" : execute(statement.otherwise, env, run);
}

function other(statement: OtherStatement, env: Environment, run: Interpreter): Completion {
  const { keyword, expressions, bound, blocks } = statement;
  switch (keyword) {
    case "break":
    case "continue":
      return keyword;
    case "raise":
    case "throw":
      return "raise";
    case "for":
      return count(statement, env, run);
    case "while":
      return repeat(statement, env, run);
    case "try": {
      const [body = [], ...handlers] = blocks;
      const tried = run.memory.attempt(() => execute(body, env, run));
      run.memory.replay(tried.changes);
      if (tried.result === "raise" && handlers[0]) return execute(handlers[0], env, run);
      if (tried.result !== "normal") return tried.result;
      // Of handlers, `else` and `finally` only the last can matter: the tree does not tell them apart.
      return "normal";
    }
    case "with":
    case "async": {
      const values = expressions.map((expression) => run.evaluate(expression, env));
      bound.forEach((target, index) => {
        bind(target, values[index] ?? UNKNOWN, env, run);
      });
      break;
    }
    case "assert":
    case "del":
    case "global":
    case "nonlocal":
      return "normal";
    default:
      for (const expression of expressions) run.evaluate(expression, env);
      for (const target of bound) bind(target, UNKNOWN, env, run);
  }
  for (const block of blocks) {
    const ended = execute(block, env, run);
    if (ended !== "normal") return ended;
  }
  return "normal";
}

/** `while`: as long as its test is known to hold, within limits. */
function repeat({ expressions, blocks }: OtherStatement, env: Environment, run: Interpreter): Completion {
  const [test] = expressions;
  const [body = [], otherwise = []] = blocks;
  for (let turn = 0, idle = 0; test && idle <= LONGEST_IDLE_LOOP; turn += 1) {
    run.step();
    const known = truth(run.evaluate(test, env));
    if (known === false) return execute(otherwise, env, run);
    const before = run.work;
    if (known === undefined) {
      if (turn > 0) return "normal";
      const { clash } = run.memory.maybe(() => execute(body, env, run));
      if (clash && run.work !== before) run.gap(test, "how often a loop runs is not known");
      return "normal";
    }
    const ended = execute(body, env, run);
    if (ended === "break") return "normal";
    if (ended !== "normal" && ended !== "continue") return ended;
    idle = run.work === before ? idle + 1 : 0;
  }
  return "normal";
}
