/** Calls: of functions and classes of the file, and of everything else by way of the library. */
import type { Call } from "../../syntax/tree.ts";
import { inClass, lineage } from "./attributes.ts";
import { callBuiltin } from "./builtins.ts";
import { methodOf } from "./containers.ts";
import type { Interpreter } from "./interpreter.ts";
import { Environment } from "./memory.ts";
import { callingMethod, callingSymbol } from "./scripts.ts";
import { callStandard } from "./standard.ts";
import {
  type Arguments,
  type ClassValue,
  type FunctionValue,
  type Instance,
  list,
  NONE,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from "./values.ts";

export function callValue(callee: Value, given: Arguments, node: Call, run: Interpreter): Value {
  switch (callee.type) {
    case "symbol":
      return (
        callBuiltin(callee.symbol, given, node, run) ??
        callingSymbol(callee.symbol, given, node, run) ??
        callStandard(callee.symbol, given, node, run) ??
        run.library.call(callee, given, node, run) ??
        object(callee.symbol, given, node, run)
      );
    case "function":
      return invoke(callee, given, undefined, run);
    case "bound":
      return invoke(callee.function, given, callee.self, run);
    case "class":
      return instantiate(callee, given, node, run);
    case "instance": {
      const own = run.library.invoke(callee, given, node, run);
      if (own) return own;
      const method = inClass(callee.of, "__call__");
      return method?.type === "function" ? invoke(method, given, callee, run) : UNKNOWN;
    }
    case "module":
      return run.library.apply(callee, given, node, run);
    case "partial":
      return run.call(callee.callee, together(callee.given, given), node);
    case "method": {
      const { receiver, name } = callee;
      if (receiver.type === "super") {
        for (const base of receiver.instance.of.foreignBases) {
          if (/^(?:__init__|constructor)$/.test(name))
            run.library.construct(receiver.instance, base, given, node, run);
        }
      }
      return (
        methodOf(receiver, name, given, run) ??
        callingMethod(receiver, name, given, node, run) ??
        run.library.method(receiver, name, given, node, run) ??
        UNKNOWN
      );
    }
    default:
      return run.library.method(callee, "()", given, node, run) ?? UNKNOWN;
  }
}

/** What is made by a symbol of which nothing else is known; the training's set-up is found among these. */
function object(symbol: string, given: Arguments, node: Call, run: Interpreter): ObjectValue {
  // A function of the user's own modules may change the options that it is given.
  if (symbol.startsWith(".") || !symbol.includes("."))
    for (const value of given.positional)
      if (value.type === "dict") run.memory.assign(value, "complete", false);
  const made: ObjectValue = { type: "object", symbol, given, node, attributes: new Map() };
  run.objects.push(made);
  return made;
}

/** Arguments of `partial`, and those of its call. */
export const together = (first: Arguments, second: Arguments): Arguments => ({
  positional: [...first.positional, ...second.positional],
  named: new Map([...first.named, ...second.named]),
  complete: first.complete && second.complete,
  written: [...first.written, ...second.written],
});

/** Trees of modules are made by classes that make themselves; deeper than that is no network. */
const MOST_RECURSIONS = 8;

export function invoke(
  callee: FunctionValue,
  given: Arguments,
  self: Value | undefined,
  run: Interpreter,
): Value {
  const isRecursive =
    run.frames.filter((frame) => frame.function.definition === callee.definition).length > MOST_RECURSIONS;
  if (run.isTooDeep || isRecursive) return UNKNOWN;
  const { definition } = callee;
  run.entered.add(definition);
  const env = new Environment("function", callee.env);
  const isScript = run.unit.language === "javascript";
  // The reader of JavaScript calls `this` what Python calls it.
  if (isScript && self) env.variables.set("self", self);
  const all = isScript
    ? withObject(given)
    : self
      ? { ...given, positional: [self, ...given.positional] }
      : given;
  bindParameters(callee, all, env, run);
  if (definition.type === "lambda") return run.evaluate(definition.body, env);
  const frame = { function: callee, self, owner: callee.owner, early: undefined as Value | undefined };
  run.frames.push(frame);
  try {
    const ended = run.execute(definition.body, env);
    const result =
      typeof ended === "object" ? ended.returned : ended === "raise" ? UNKNOWN : (frame.early ?? NONE);
    if ((result.type === "module" || result.type === "instance") && !callee.owner)
      run.memory.set(run.returned, result, callee);
    return result;
  } finally {
    run.frames.pop();
  }
}

/** What the reader of JavaScript gives by name was an object behind the other arguments. */
function withObject(given: Arguments): Arguments {
  const { positional, named, complete } = given;
  if (named.size === 0) return given;
  const object: Value = { type: "dict", entries: new Map(named), complete };
  return { ...given, positional: [...positional, object], named: new Map() };
}

function bindParameters(
  { definition, defaults }: FunctionValue,
  { positional, named, complete }: Arguments,
  env: Environment,
  run: Interpreter,
): void {
  const taken = new Set<string>();
  let at = 0;
  for (const { name, spread, member } of definition.parameters) {
    let value: Value | undefined;
    if (member) {
      value = memberOf(positional[member.place], member.keys, complete) ?? defaults.get(name);
      at = member.place + 1;
    } else if (spread === "*") {
      value = list(positional.slice(at), "tuple", complete);
      at = positional.length;
    } else if (spread === "**") {
      const entries = new Map<string | number, Value>();
      for (const [key, item] of named) if (!taken.has(key)) entries.set(key, item);
      value = { type: "dict", entries, complete };
    } else if (at < positional.length && !named.has(name)) {
      value = positional[at];
      at += 1;
    } else if (named.has(name)) {
      value = named.get(name);
    } else if (complete && defaults.has(name)) value = defaults.get(name);
    taken.add(name);
    env.variables.set(name, value ?? run.library.parameter(name, run));
  }
}

/** The property that a name in a pattern takes; undefined: the argument has none, so that its default counts. */
function memberOf(
  argument: Value | undefined,
  keys: readonly string[] | undefined,
  isComplete: boolean,
): Value | undefined {
  if (!keys) return UNKNOWN;
  if (!argument) return isComplete ? undefined : UNKNOWN;
  const [key, ...rest] = keys;
  if (key === undefined) return argument;
  if (argument.type !== "dict") return UNKNOWN;
  const own = argument.entries.get(key);
  return own || !argument.complete ? memberOf(own ?? UNKNOWN, rest, true) : undefined;
}

function instantiate(of: ClassValue, given: Arguments, node: Call, run: Interpreter): Value {
  if (run.isTooDeep) return UNKNOWN;
  run.work += 1;
  // A class that another one is derived from is not tried by itself.
  for (const { definition } of lineage(of)) run.entered.add(definition);
  const instance: Instance = {
    type: "instance",
    of,
    attributes: new Map(),
    node,
    base: undefined,
    isSetUp: false,
    given,
  };
  run.library.made(instance, run);
  const init = inClass(of, run.unit.language === "javascript" ? "constructor" : "__init__");
  if (init?.type === "function") invoke(init, given, instance, run);
  else {
    takeFields(instance, given, run);
    for (const base of of.foreignBases) run.library.construct(instance, base, given, node, run);
  }
  const after = inClass(of, "__post_init__");
  if (after?.type === "function")
    invoke(after, { ...given, positional: [], named: new Map() }, instance, run);
  return instance;
}

function takeFields({ of, attributes }: Instance, { positional, named }: Arguments, run: Interpreter): void {
  of.fields.forEach((field, index) => {
    const value = named.get(field) ?? positional[index];
    if (value) run.memory.set(attributes, field, value);
    else {
      const usual = inClass(of, field);
      // `field(default_factory=list)` and its likes.
      const made = usual?.type === "object" ? fieldDefault(usual.given, run) : usual;
      if (made) run.memory.set(attributes, field, made);
    }
  });
}

function fieldDefault({ named }: Arguments, run: Interpreter): Value {
  const usual = named.get("default");
  if (usual) return usual;
  const factory = named.get("default_factory");
  return factory?.type === "function" ? invoke(factory, { ...EMPTY }, undefined, run) : UNKNOWN;
}

const EMPTY: Arguments = { positional: [], named: new Map(), complete: true, written: [] };
