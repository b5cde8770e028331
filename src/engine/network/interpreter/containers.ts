/** Methods of lists, dictionaries, strings and numbers. */

import type { Interpreter } from "./interpreter.ts";
import {
  type Arguments,
  bounded,
  constant,
  type Dict,
  keyOf,
  type List,
  list,
  NONE,
  numberIn,
  stringIn,
  textual,
  UNKNOWN,
  type Value,
  written,
} from "./values.ts";

export function methodOf(
  receiver: Value,
  name: string,
  given: Arguments,
  run: Interpreter,
): Value | undefined {
  switch (receiver.type) {
    case "list":
      return listMethod(receiver, name, given, run);
    case "dict":
      return dictMethod(receiver, name, given, run);
    case "constant":
      return typeof receiver.value === "string" ? stringMethod(receiver.value, name, given, run) : undefined;
    default:
      return undefined;
  }
}

/** Adds to the end of a list. */
export function grow(target: List, items: readonly Value[], run: Interpreter): void {
  const grown = bounded([...target.items, ...items]);
  run.memory.assign(target, "items", grown.items);
  if (!grown.complete) run.memory.assign(target, "complete", false);
}

function listMethod(
  target: List,
  name: string,
  { positional: [first, second], complete }: Arguments,
  run: Interpreter,
): Value | undefined {
  switch (name) {
    case "append":
    case "push":
    case "add":
      run.work += 1;
      // Behind a part that is not known nobody can say what comes.
      run.memory.assign(
        target,
        "items",
        target.complete ? [...target.items, first ?? UNKNOWN] : target.items,
      );
      return NONE;
    case "extend": {
      run.work += 1;
      const items = first && run.library.items(first, run);
      const isComplete = items !== undefined && complete && (first?.type !== "list" || first.complete);
      if (target.complete) grow(target, items ?? [], run);
      if (!isComplete) run.memory.assign(target, "complete", false);
      return NONE;
    }
    case "insert": {
      run.work += 1;
      const at = numberIn(first);
      if (at === undefined || !target.complete) run.memory.assign(target, "complete", false);
      else run.memory.assign(target, "items", target.items.toSpliced(at, 0, second ?? UNKNOWN));
      return NONE;
    }
    case "pop": {
      const at = first ? numberIn(first) : -1;
      if (at === undefined || !target.complete) return UNKNOWN;
      const index = at < 0 ? target.items.length + at : at;
      const taken = target.items[index];
      if (!taken) return UNKNOWN;
      run.memory.assign(target, "items", target.items.toSpliced(index, 1));
      return taken;
    }
    case "copy":
      return list(target.items, target.form, target.complete);
    case "reverse":
      run.memory.assign(target, "items", [...target.items].reverse());
      return NONE;
    case "index": {
      const at = target.items.findIndex(
        (item) => item.type === "constant" && first?.type === "constant" && item.value === first.value,
      );
      return at >= 0 ? constant(at) : UNKNOWN;
    }
    default:
      return undefined;
  }
}

function dictMethod(
  target: Dict,
  name: string,
  { positional: [first, second], named }: Arguments,
  run: Interpreter,
): Value | undefined {
  const key = first && keyOf(first);
  switch (name) {
    case "get":
      if (key === undefined) return UNKNOWN;
      return target.entries.get(key) ?? (target.complete ? (second ?? NONE) : UNKNOWN);
    case "setdefault": {
      if (key === undefined) return UNKNOWN;
      const known = target.entries.get(key);
      if (known) return known;
      run.memory.set(target.entries, key, second ?? NONE);
      return second ?? NONE;
    }
    case "pop": {
      if (key === undefined) return UNKNOWN;
      const taken = target.entries.get(key);
      run.memory.delete(target.entries, key);
      return taken ?? second ?? UNKNOWN;
    }
    case "items":
      return list(
        [...target.entries].map(([name, value]) => list([constant(name), value], "tuple")),
        "list",
        target.complete,
      );
    case "keys":
      return list(
        [...target.entries.keys()].map((name) => constant(name)),
        "list",
        target.complete,
      );
    case "values":
      return list([...target.entries.values()], "list", target.complete);
    case "update":
      run.work += 1;
      if (first?.type === "dict")
        for (const [name, value] of first.entries) run.memory.set(target.entries, name, value);
      if (first && (first.type !== "dict" || !first.complete)) run.memory.assign(target, "complete", false);
      for (const [name, value] of named) run.memory.set(target.entries, name, value);
      return NONE;
    case "copy":
      return { type: "dict", entries: new Map(target.entries), complete: target.complete };
    default:
      return undefined;
  }
}

function stringMethod(text: string, name: string, given: Arguments, run: Interpreter): Value | undefined {
  const [first, second] = given.positional;
  const other = stringIn(first);
  switch (name) {
    case "format":
      return format(text, given);
    case "lower":
    case "toLowerCase":
      return constant(text.toLowerCase());
    case "upper":
      return constant(text.toUpperCase());
    case "strip":
      return constant(text.trim());
    case "startswith":
      return other === undefined ? UNKNOWN : constant(text.startsWith(other));
    case "endswith":
      return other === undefined ? UNKNOWN : constant(text.endsWith(other));
    case "find":
      return other === undefined ? UNKNOWN : constant(text.indexOf(other));
    case "replace": {
      const by = stringIn(second);
      return other === undefined || by === undefined ? UNKNOWN : textual(text.replaceAll(other, by));
    }
    case "split": {
      const pieces = other === undefined ? text.trim().split(/\s+/) : text.split(other);
      return bounded(pieces.map((piece) => constant(piece)));
    }
    case "join": {
      const items = first && run.library.items(first, run)?.map(stringIn);
      return items && !items.includes(undefined) ? textual(items.join(text)) : UNKNOWN;
    }
    default:
      return undefined;
  }
}

/** `"conv{}".format(i)`, `"{0}_{name}"`. */
function format(text: string, { positional, named }: Arguments): Value {
  let next = 0;
  let isKnown = true;
  const result = text.replace(/\{(\w*)(?::[^}]*)?\}/g, (_, key: string) => {
    const value = key === "" ? positional[next++] : (named.get(key) ?? positional[Number(key)]);
    if (value?.type !== "constant") isKnown = false;
    return written(value ?? UNKNOWN);
  });
  return isKnown ? textual(result) : UNKNOWN;
}
