/** Expressions -> values. */
import type { Argument, Call, Comprehension, Expression, Subscript } from "../../syntax/tree.ts";
import { attributeOf } from "./attributes.ts";
import { alongAxes } from "./axes.ts";
import { bind } from "./bindings.ts";
import { functionOf } from "./functions.ts";
import type { Interpreter } from "./interpreter.ts";
import { Environment, eitherOf } from "./memory.ts";
import { compare, operate } from "./operators.ts";
import { functionAt } from "./scripts.ts";
import {
  type Arguments,
  bounded,
  constant,
  type Dict,
  keyOf,
  type List,
  LONGEST_LIST,
  list,
  numberIn,
  textual,
  truth,
  UNKNOWN,
  type Value,
  written,
} from "./values.ts";

export function evaluate(node: Expression, env: Environment, run: Interpreter): Value {
  switch (node.type) {
    case "number":
      return Number.isNaN(node.value) ? UNKNOWN : constant(node.value, node);
    case "string":
      return node.value === undefined ? formatted(node, env, run) : constant(node.value, node);
    case "constant":
      return constant(node.value, node);
    case "name":
      return nameValue(node, env, run);
    case "attribute":
      return attributeOf(run.evaluate(node.object, env), node.name, node, run);
    case "call":
      return call(node, env, run);
    case "subscript":
      return subscript(node, env, run);
    case "sequence":
      return sequence(node.items, node.form, env, run);
    case "dictionary":
      return dictionary(node.entries, env, run);
    case "lambda":
      return (run.unit.language === "javascript" && functionAt(node, env)) || functionOf(node, env, run);
    case "conditional": {
      const known = truth(run.evaluate(node.test, env));
      if (known !== undefined) return run.evaluate(known ? node.whenTrue : node.whenFalse, env);
      return either([node.whenTrue, node.whenFalse], env, run);
    }
    case "unary":
      return unary(node.operator, run.evaluate(node.operand, env));
    case "binary":
      return binary(node, env, run);
    case "comprehension":
      return comprehension(node, env, run);
    case "opaque":
      for (const child of node.children) run.evaluate(child, env);
      return UNKNOWN;
  }
}

/** Both sides of a choice that can't be made; what they agree on. */
function either(sides: readonly Expression[], env: Environment, run: Interpreter): Value {
  const tried = sides.map((side) => run.memory.attempt(() => run.evaluate(side, env)));
  const values = tried.map(({ result }) => result);
  run.memory.join(tried.map(({ changes }) => changes));
  const [first] = values;
  const isOne = values.every(
    (value) =>
      value === first ||
      (value.type === "constant" && first?.type === "constant" && value.value === first.value) ||
      (value.type === "symbol" && first?.type === "symbol" && value.symbol === first.symbol) ||
      (value.type === "tensor" && first?.type === "tensor" && value.state === first.state),
  );
  if (isOne && first) return first;
  if (values.some(({ type }) => type === "tensor" || type === "module" || type === "instance"))
    run.gap(sides[0] as Expression, "which side of a choice is taken is not known");
  const tensors = values.filter((value) => value.type === "tensor");
  return tensors.length > 0 && tensors.length === values.length ? eitherOf(tensors) : UNKNOWN;
}

function nameValue(node: Expression & { type: "name" }, env: Environment, run: Interpreter): Value {
  const { name } = node;
  const bound = env.lookup(name);
  // Where a class of a framework is named first is its site: `act = ReLU`.
  if (bound) return bound.type === "symbol" && !bound.node ? { ...bound, node } : bound;
  switch (name) {
    case "__name__":
      return constant("__main__");
    case "undefined":
      return constant(null);
    case "super":
      return { type: "symbol", symbol: "super" };
  }
  const resolved = run.unit.names.resolve(node, run.unit.module);
  if (resolved) return { type: "symbol", symbol: resolved.symbol, node };
  return { type: "symbol", symbol: `builtins.${name}`, node };
}

export function argumentsOf(written: readonly Argument[], env: Environment, run: Interpreter): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  let complete = true;
  for (const { name, spread, value: node } of written) {
    const value = run.evaluate(node, env);
    if (spread === "*") {
      const items = run.library.items(value, run);
      for (const item of items ?? []) if (positional.length <= LONGEST_LIST) positional.push(item);
      if (!items || positional.length > LONGEST_LIST || (value.type === "list" && !value.complete))
        complete = false;
    } else if (spread === "**") {
      if (value.type === "dict")
        for (const [key, item] of value.entries) if (!named.has(String(key))) named.set(String(key), item);
      if (value.type !== "dict" || !value.complete) complete = false;
    } else if (name !== undefined) named.set(name, value);
    else positional.push(value);
  }
  return { positional, named, complete, written };
}

function call(node: Call, env: Environment, run: Interpreter): Value {
  const callee = run.evaluate(node.callee, env);
  if (callee.type === "symbol" && callee.symbol === "super") return superOf(node, env, run);
  return run.call(callee, argumentsOf(node.arguments, env, run), node);
}

/** `super()`, `super(Net, self)`. */
function superOf(node: Call, env: Environment, run: Interpreter): Value {
  const frame = run.frames.at(-1);
  const [first] = node.arguments;
  const named = first && run.evaluate(first.value, env);
  const after = named?.type === "class" ? named : frame?.owner;
  return frame?.self?.type === "instance" && after ? { type: "super", instance: frame.self, after } : UNKNOWN;
}

function sequence(
  written: readonly Argument[],
  form: List["form"],
  env: Environment,
  run: Interpreter,
): List {
  const { positional, complete } = argumentsOf(written, env, run);
  return bounded(positional, form, complete);
}

function dictionary(
  written: readonly { readonly key?: Expression; readonly value: Expression }[],
  env: Environment,
  run: Interpreter,
): Dict {
  const entries = new Map<string | number, Value>();
  let complete = true;
  for (const entry of written) {
    const value = run.evaluate(entry.value, env);
    const key = entry.key ? keyOf(run.evaluate(entry.key, env)) : undefined;
    if (key !== undefined) entries.set(key, value);
    else if (!entry.key && value.type === "dict")
      for (const [name, item] of value.entries) entries.set(name, item);
    else complete = false;
  }
  return { type: "dict", entries, complete };
}

function unary(operator: string, value: Value): Value {
  if (operator === "not") {
    const known = truth(value);
    return known === undefined ? UNKNOWN : constant(!known);
  }
  const number = numberIn(value);
  if (number !== undefined) {
    if (operator === "-") return constant(-number);
    if (operator === "+") return value;
  }
  return value.type === "tensor" ? value : UNKNOWN;
}

function binary(node: Expression & { type: "binary" }, env: Environment, run: Interpreter): Value {
  const { operator } = node;
  const left = run.evaluate(node.left, env);
  if (operator === "and" || operator === "or") {
    const known = truth(left);
    if (known === undefined) {
      const { result } = run.memory.attempt(() => run.evaluate(node.right, env));
      const right = truth(result);
      // Whatever the left is, `x and False` is false.
      return right !== undefined && right === (operator === "or") && result.type === "constant"
        ? result
        : UNKNOWN;
    }
    return known === (operator === "or") ? left : run.evaluate(node.right, env);
  }
  // `0 < ratio <= 1` is two comparisons with one operand in common.
  if (node.left.type === "binary" && isOrder(operator) && isOrder(node.left.operator)) {
    const first = truth(left);
    if (first === false) return left;
    const second = compare(operator, run.evaluate(node.left.right, env), run.evaluate(node.right, env));
    return second === false
      ? constant(false)
      : first === undefined || second === undefined
        ? UNKNOWN
        : constant(true);
  }
  const right = run.evaluate(node.right, env);
  const compared = compare(operator, left, right);
  if (compared !== undefined) return constant(compared);
  return operate(operator, left, right, node, run);
}

const isOrder = (operator: string): boolean => /^[<>]=?$/.test(operator);

function subscript(node: Subscript, env: Environment, run: Interpreter): Value {
  const object = run.evaluate(node.object, env);
  const { slice } = node;
  if (slice) {
    const [start, stop, step] = [slice.start, slice.stop, slice.step].map((end) =>
      end ? run.evaluate(end, env) : undefined,
    );
    const isKnown = [start, stop, step].every((end) => !end || numberIn(end) !== undefined);
    const items =
      object.type === "list" || object.type === "module" ? run.library.items(object, run) : undefined;
    if (items && isKnown && (object.type !== "list" || object.complete)) {
      const cut = <T>(all: readonly T[]): T[] => sliced(all, numberIn(start), numberIn(stop), numberIn(step));
      if (object.type === "list") return list(cut(items), object.form);
      // `self.layers[:-1]`: a container of the same layers.
      if (object.type === "module") return { ...object, children: new Map(cut([...object.children])) };
    }
    const methodNode = run.library.method(
      object,
      "[:]",
      {
        positional: [start, stop, step].map((end) => end ?? constant(null)),
        named: new Map(),
        complete: true,
        written: [],
      },
      node as unknown as Call,
      run,
    );
    return methodNode ?? UNKNOWN;
  }
  const indices = node.indices.map((index) => run.evaluate(index, env));
  const cut = node.axes && object.type === "tensor" ? alongAxes(object, node.axes, env, run) : undefined;
  if (cut) return cut;
  const [index] = indices;
  if (indices.length === 1 && index) {
    if (object.type === "dict") {
      const key = keyOf(index);
      if (key !== undefined) return object.entries.get(key) ?? UNKNOWN;
    }
    const number = numberIn(index);
    if (number !== undefined && Number.isInteger(number)) {
      if (object.type === "list") {
        const at = number < 0 ? object.items.length + number : number;
        if (object.complete || number >= 0) return object.items[at] ?? UNKNOWN;
      }
    }
    if (object.type === "class" || object.type === "symbol") return object;
  }
  return (
    run.library.method(
      object,
      "[]",
      { positional: indices, named: new Map(), complete: true, written: [] },
      node as unknown as Call,
      run,
    ) ?? UNKNOWN
  );
}

/** Python's slices, with negative ends and steps. */
export function sliced<T>(
  items: readonly T[],
  start: number | undefined,
  stop: number | undefined,
  step = 1,
): T[] {
  if (step === 0) return [];
  const place = (end: number | undefined, usual: number): number => {
    if (end === undefined) return usual;
    const at = end < 0 ? items.length + end : end;
    return step > 0 ? Math.min(Math.max(at, 0), items.length) : Math.min(Math.max(at, -1), items.length - 1);
  };
  const from = place(start, step > 0 ? 0 : items.length - 1);
  const to = place(stop, step > 0 ? items.length : -1);
  const cut: T[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) cut.push(items[at] as T);
  return cut;
}

function comprehension(node: Comprehension, env: Environment, run: Interpreter): Value {
  const inner = new Environment("function", env);
  const items: Value[] = [];
  const entries = new Map<string | number, Value>();
  let complete = true;
  const clause = (depth: number): void => {
    const current = node.clauses[depth];
    if (!current) {
      const made = run.evaluate(node.element, inner);
      if (node.form !== "dictionary") items.push(made);
      else {
        const key = keyOf(made);
        const value = node.value ? run.evaluate(node.value, inner) : UNKNOWN;
        if (key === undefined) complete = false;
        else entries.set(key, value);
      }
      return;
    }
    const iterable = run.evaluate(current.iterable, inner);
    const all = run.library.items(iterable, run);
    if (!all || (iterable.type === "list" && !iterable.complete) || items.length > LONGEST_LIST) {
      complete = false;
      // Looked at once, for what is named in it: its result is one of an unknown number.
      if (!all) {
        bind(current.target, UNKNOWN, inner, run);
        run.memory.attempt(() => run.evaluate(node.element, inner));
      }
    }
    for (const item of all ?? []) {
      run.step();
      if (items.length > LONGEST_LIST) {
        complete = false;
        return;
      }
      bind(current.target, item, inner, run);
      const tests = current.conditions.map((condition) => truth(run.evaluate(condition, inner)));
      if (tests.includes(false)) continue;
      if (tests.includes(undefined)) complete = false;
      else clause(depth + 1);
    }
  };
  clause(0);
  if (node.form === "dictionary") return { type: "dict", entries, complete };
  return list(items, node.form === "set" ? "set" : "list", complete);
}

/** `f"layer{i}"`: the text around its parts stands in the file. */
function formatted(node: Expression & { type: "string" }, env: Environment, run: Interpreter): Value {
  const { text } = run.unit;
  const values = node.parts.map((part) => ({ part, value: run.evaluate(part, env) }));
  const raw = text.slice(node.from, node.to);
  const opening = /^[a-zA-Z]*("""|'''|"|'|`)/.exec(raw);
  if (!opening || values.some(({ value }) => value.type !== "constant") || /^[^"'`]*[bB]/.test(raw))
    return UNKNOWN;
  const quote = opening[1] ?? '"';
  if (!raw.endsWith(quote) || raw.slice(opening[0].length, -quote.length).includes(quote)) return UNKNOWN;
  let result = "";
  let at = node.from + opening[0].length;
  for (const { part, value } of values) {
    const brace = text.lastIndexOf("{", part.from);
    const end = text.indexOf("}", part.to);
    if (brace < at || end < 0 || end > node.to) return UNKNOWN;
    const before = text.slice(at, brace).replace(/\$$/, "");
    result += before + written(value);
    at = end + 1;
  }
  return textual(result + text.slice(at, node.to - quote.length), node);
}
