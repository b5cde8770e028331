/** Python's own functions, as far as code that builds networks needs them. */
import type { Call } from "../../syntax/tree.ts";
import { attributeOf, inClass, lineage } from "./attributes.ts";
import type { Interpreter } from "./interpreter.ts";
import {
  type Arguments,
  constant,
  type Dict,
  LONGEST_LIST,
  list,
  NONE,
  numberIn,
  stringIn,
  truth,
  UNKNOWN,
  type Value,
  written,
} from "./values.ts";

type Builtin = (given: Arguments, node: Call, run: Interpreter) => Value | undefined;

export function callBuiltin(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (!symbol.startsWith("builtins.")) return undefined;
  const name = symbol.slice("builtins.".length);
  const known = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  return known?.(given, node, run);
}

const BUILTINS: Readonly<Record<string, Builtin>> = {
  range: ({ positional }) => range(positional),
  len: ({ positional: [first] }, _node, run) => {
    const text = stringIn(first);
    if (text !== undefined) return constant(text.length);
    if (first?.type === "dict") return first.complete ? constant(first.entries.size) : UNKNOWN;
    const items = first && run.library.items(first, run);
    return items && (first?.type !== "list" || first.complete) ? constant(items.length) : UNKNOWN;
  },
  enumerate: ({ positional: [first, start], named }, _node, run) => {
    const items = first && run.library.items(first, run);
    const from = numberIn(start ?? named.get("start")) ?? 0;
    if (!items) return undefined;
    return list(
      items.map((item, index) => list([constant(from + index), item], "tuple")),
      "list",
      first.type !== "list" || first.complete,
    );
  },
  zip: ({ positional }, _node, run) => {
    const lists = positional.map((value) => run.library.items(value, run));
    if (lists.some((items) => !items)) return undefined;
    const complete = positional.every((value) => value.type !== "list" || value.complete);
    const length = Math.min(...lists.map((items) => items?.length ?? 0));
    const tuples = Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, index) =>
      list(
        lists.map((items) => items?.[index] ?? UNKNOWN),
        "tuple",
      ),
    );
    return list(tuples, "list", complete);
  },
  list: ({ positional: [first] }, _node, run) => copied(first, "list", run),
  tuple: ({ positional: [first] }, _node, run) => copied(first, "tuple", run),
  set: ({ positional: [first] }, _node, run) => copied(first, "set", run),
  iter: ({ positional: [first] }) => first,
  next: ({ positional: [first] }, _node, run) => {
    const items = first && run.library.items(first, run);
    return items?.[0] ?? (first && run.library.element(first)) ?? UNKNOWN;
  },
  reversed: ({ positional: [first] }, _node, run) => {
    const items = first && run.library.items(first, run);
    return items && (first.type !== "list" || first.complete) ? list([...items].reverse()) : UNKNOWN;
  },
  sorted: ({ positional: [first] }, _node, run) => {
    const items = first && run.library.items(first, run);
    const numbers = items?.map(numberIn);
    if (!numbers || numbers.includes(undefined)) return UNKNOWN;
    return list((numbers as number[]).sort((a, b) => a - b).map((value) => constant(value)));
  },
  dict: ({ positional: [first], named, complete }, _node, run) => dictOf(first, named, complete, run),
  int: ({ positional: [first] }) => {
    const number = numberIn(first) ?? parsed(first);
    return number === undefined ? UNKNOWN : constant(Math.trunc(number));
  },
  float: ({ positional: [first] }) => {
    const number = numberIn(first) ?? parsed(first);
    return number === undefined
      ? UNKNOWN
      : first?.type === "constant" && typeof first.value === "number"
        ? first
        : constant(number);
  },
  str: ({ positional: [first] }) => (first?.type === "constant" ? constant(written(first)) : UNKNOWN),
  bool: ({ positional: [first] }) => {
    const known = first && truth(first);
    return known === undefined ? UNKNOWN : constant(known);
  },
  max: ({ positional }, _node, run) => extreme(positional, Math.max, run),
  min: ({ positional }, _node, run) => extreme(positional, Math.min, run),
  abs: ({ positional: [first] }) => mapped(first, Math.abs),
  round: ({ positional: [first, digits] }) => {
    const places = 10 ** (numberIn(digits) ?? 0);
    return mapped(first, (value) => toEven(value * places) / places);
  },
  pow: ({ positional: [first, second] }) => {
    const a = numberIn(first);
    const b = numberIn(second);
    return a === undefined || b === undefined ? UNKNOWN : constant(a ** b);
  },
  sum: ({ positional: [first] }, _node, run) => {
    const numbers = first && run.library.items(first, run)?.map(numberIn);
    const isKnown = numbers && !numbers.includes(undefined) && (first.type !== "list" || first.complete);
    if (isKnown) return constant((numbers as number[]).reduce((a, b) => a + b, 0));
    const items = first && run.library.items(first, run);
    if (!items || items.length === 0) return UNKNOWN;
    return items.reduce((a, b) => run.library.operate("+", a, b, _node, run));
  },
  any: ({ positional: [first] }, _node, run) => quantified(first, true, run),
  all: ({ positional: [first] }, _node, run) => quantified(first, false, run),
  map: ({ positional: [callee, ...rest] }, node, run) => {
    const lists = rest.map((value) => run.library.items(value, run));
    if (!callee || lists.length === 0 || lists.some((items) => !items)) return UNKNOWN;
    const length = Math.min(...lists.map((items) => items?.length ?? 0), LONGEST_LIST);
    return list(
      Array.from({ length }, (_, index) =>
        run.call(
          callee,
          {
            positional: lists.map((items) => items?.[index] ?? UNKNOWN),
            named: new Map(),
            complete: true,
            written: [],
          },
          node,
        ),
      ),
    );
  },
  // `filter(lambda p: p.requires_grad, model.parameters())`: all that could be trained.
  filter: ({ positional: [, second] }) => second,
  isinstance: ({ positional: [value, types] }, _node, run) => {
    const known = value && types && isInstance(value, types, run);
    return known === undefined ? UNKNOWN : constant(known);
  },
  issubclass: () => UNKNOWN,
  callable: ({ positional: [value] }) =>
    value && /^(?:function|class|bound|partial|symbol|module|instance)$/.test(value.type)
      ? constant(true)
      : value?.type === "constant"
        ? constant(false)
        : UNKNOWN,
  hasattr: ({ positional: [object, name] }) => {
    const key = stringIn(name);
    if (key === undefined || object?.type !== "instance") return builtinHas(object, key);
    if (object.attributes.has(key) || inClass(object.of, key)) return constant(true);
    return lineage(object.of).some(({ bases }) => bases.some(({ type }) => type !== "class"))
      ? builtinHas(object, key)
      : constant(false);
  },
  getattr: ({ positional: [object, name, usual] }, node, run) => {
    const key = stringIn(name);
    if (!object || key === undefined) return UNKNOWN;
    const found = attributeOf(object, key, node, run);
    if (object.type === "instance" && found.type === "method") return usual ?? found;
    return found.type === "unknown" && usual ? usual : found;
  },
  setattr: ({ positional: [object, name, value] }, _node, run) => {
    const key = stringIn(name);
    if (object?.type === "instance" && key !== undefined && value) {
      run.memory.set(object.attributes, key, value);
      run.work += 1;
    }
    return NONE;
  },
  type: ({ positional: [value] }) => {
    if (value?.type === "instance") return value.of;
    if (value?.type === "module") {
      const symbol = value.layer?.symbol ?? value.activation?.symbol;
      if (symbol !== undefined) return { type: "symbol", symbol };
    }
    return UNKNOWN;
  },
  print: () => NONE,
  object: () => UNKNOWN,
};

/** What modules of a framework have besides: a weight and mostly a bias. */
function builtinHas(object: Value | undefined, key: string | undefined): Value {
  if (object?.type === "module" && (key === "weight" || key === "bias"))
    return constant(object.layer?.role === "dense" || object.layer?.role === "conv");
  if (object?.type === "instance" && (key === "weight" || key === "bias")) return constant(false);
  return UNKNOWN;
}

export function isInstance(value: Value, types: Value, run: Interpreter): boolean | undefined {
  if (types.type === "list") {
    const each = types.items.map((one) => isInstance(value, one, run));
    return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  }
  if (types.type === "class")
    return value.type === "instance"
      ? lineage(value.of).includes(types)
      : value.type === "unknown"
        ? undefined
        : false;
  if (types.type !== "symbol") return undefined;
  const builtin = /^builtins\.(\w+)$/.exec(types.symbol)?.[1];
  return builtin === undefined ? run.library.isInstance(value, types.symbol) : isBuiltin(value, builtin);
}

function isBuiltin(value: Value, name: string): boolean | undefined {
  if (value.type === "unknown" || value.type === "method" || value.type === "object") return undefined;
  switch (name) {
    case "int":
      return value.type === "constant" && typeof value.value === "number" && Number.isInteger(value.value);
    case "float":
      return value.type === "constant" && typeof value.value === "number" && !Number.isInteger(value.value);
    case "str":
      return stringIn(value) !== undefined;
    case "bool":
      return value.type === "constant" && typeof value.value === "boolean";
    case "list":
    case "tuple":
    case "set":
      return value.type === "list" && value.form === name;
    case "dict":
      return value.type === "dict";
    default:
      return undefined;
  }
}

function range(positional: readonly Value[]): Value {
  const numbers = positional.map(numberIn);
  if (numbers.includes(undefined) || numbers.length === 0) return UNKNOWN;
  const [first = 0, second, step = 1] = numbers as number[];
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const length = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  const known = Math.min(length, LONGEST_LIST);
  return list(
    Array.from({ length: known }, (_, index) => constant(from + index * step)),
    "list",
    known === length,
  );
}

function copied(value: Value | undefined, form: "list" | "tuple" | "set", run: Interpreter): Value {
  if (!value) return list([], form);
  if (value.type === "parameters" || value.type === "tensor") return value;
  const items = run.library.items(value, run);
  return items ? list(items, form, value.type !== "list" || value.complete) : list([], form, false);
}

export function dictOf(
  first: Value | undefined,
  named: ReadonlyMap<string, Value>,
  isComplete: boolean,
  run: Interpreter,
): Dict {
  const entries = new Map<string | number, Value>();
  let complete = isComplete;
  if (first?.type === "dict") {
    for (const [key, value] of first.entries) entries.set(key, value);
    complete &&= first.complete;
  } else if (first) {
    const pairs = run.library.items(first, run);
    if (!pairs || (first.type === "list" && !first.complete)) complete = false;
    for (const pair of pairs ?? []) {
      const [key, value] = pair.type === "list" ? pair.items : [];
      const name = stringIn(key) ?? numberIn(key);
      if (name !== undefined && value) entries.set(name, value);
      else complete = false;
    }
  }
  for (const [key, value] of named) entries.set(key, value);
  return { type: "dict", entries, complete };
}

function parsed(value: Value | undefined): number | undefined {
  const text = stringIn(value);
  const number = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(number)
    ? value?.type === "constant" && typeof value.value === "boolean"
      ? Number(value.value)
      : undefined
    : number;
}

function extreme(
  positional: readonly Value[],
  choose: (...numbers: number[]) => number,
  run: Interpreter,
): Value {
  const [first] = positional;
  const values = positional.length === 1 && first ? (run.library.items(first, run) ?? [UNKNOWN]) : positional;
  const numbers = values.map(numberIn);
  if (numbers.includes(undefined) || numbers.length === 0) return UNKNOWN;
  const chosen = choose(...(numbers as number[]));
  return values[numbers.indexOf(chosen)] ?? constant(chosen);
}

function mapped(value: Value | undefined, change: (value: number) => number): Value {
  const number = numberIn(value);
  return number === undefined ? UNKNOWN : constant(change(number));
}

/** Python rounds halves to even numbers. */
function toEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

function quantified(value: Value | undefined, wanted: boolean, run: Interpreter): Value {
  const items = value && run.library.items(value, run)?.map(truth);
  if (!items) return UNKNOWN;
  if (items.includes(wanted)) return constant(wanted);
  return items.includes(undefined) || (value.type === "list" && !value.complete)
    ? UNKNOWN
    : constant(!wanted);
}
