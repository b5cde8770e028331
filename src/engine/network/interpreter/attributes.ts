/** `object.name`, in objects of the file and in what a library knows. */
import { canonicalSymbol } from "../../frameworks/index.ts";
import { type Expression, unwrittenCall } from "../../syntax/tree.ts";
import type { Interpreter } from "./interpreter.ts";
import { type ClassValue, constant, type FunctionValue, type Instance, type Value } from "./values.ts";

export function attributeOf(object: Value, name: string, node: Expression, run: Interpreter): Value {
  switch (object.type) {
    case "symbol":
      return (
        (/(?:^|\.)flags\.FLAGS$/.test(object.symbol) ? run.flags.get(name) : undefined) ?? {
          type: "symbol",
          symbol: symbolBelow(object.symbol, name),
          node,
        }
      );
    case "instance":
      return ofInstance(object, name, node, run);
    case "class": {
      const found = inClass(object, name);
      if (found) return found.type === "function" && isClassMethod(found) ? bound(found, object) : found;
      break;
    }
    case "super": {
      const found = behind(object.instance.of, object.after, name);
      if (found) return found.type === "function" ? bound(found, object.instance) : found;
      break;
    }
    case "dict":
      // JavaScript's objects.
      if (run.unit.language === "javascript") return object.entries.get(name) ?? { type: "unknown" };
      break;
    case "list":
      if (name === "length" && object.complete && run.unit.language === "javascript")
        return constant(object.items.length);
      break;
    case "object": {
      const found = object.attributes.get(name);
      if (found) return found;
      break;
    }
  }
  return run.library.attribute(object, name, node, run) ?? { type: "method", receiver: object, name, node };
}

function ofInstance(instance: Instance, name: string, node: Expression, run: Interpreter): Value {
  const own = instance.attributes.get(name);
  if (own) return own;
  const found = inClass(instance.of, name);
  if (found?.type === "function") {
    const { definition } = found;
    if (definition.type === "function" && definition.decorators.some(isProperty))
      return run.call(
        bound(found, instance),
        { positional: [], named: new Map(), complete: true, written: [] },
        unwrittenCall(node),
      );
    if (definition.type === "function" && definition.decorators.some((one) => isNamed(one, "staticmethod")))
      return found;
    return bound(found, isClassMethod(found) ? instance.of : instance);
  }
  if (found) return found;
  return (
    run.library.attribute(instance, name, node, run) ?? { type: "method", receiver: instance, name, node }
  );
}

const bound = (method: FunctionValue, self: Value): Value => ({ type: "bound", self, function: method });

const isNamed = (decorator: Expression, name: string): boolean =>
  (decorator.type === "name" || decorator.type === "attribute") && decorator.name === name;

const isProperty = (decorator: Expression): boolean =>
  isNamed(decorator, "property") || isNamed(decorator, "cached_property");

const isClassMethod = ({ definition }: FunctionValue): boolean =>
  definition.type === "function" && definition.decorators.some((one) => isNamed(one, "classmethod"));

/** A member of a class or of the nearest of its bases in this file. */
export function inClass(owner: ClassValue, name: string): Value | undefined {
  for (const one of lineage(owner)) {
    const found = one.namespace.variables.get(name);
    if (found) return found;
  }
  return undefined;
}

/** What `super()` finds: the same behind one of the classes. */
function behind(start: ClassValue, after: ClassValue, name: string): Value | undefined {
  const line = lineage(start);
  for (const one of line.slice(line.indexOf(after) + 1)) {
    const found = one.namespace.variables.get(name);
    if (found) return found;
  }
  return undefined;
}

/** A class and its bases in this file, in the order in which members are looked up; near enough to Python's. */
export function lineage(start: ClassValue): readonly ClassValue[] {
  const found: ClassValue[] = [];
  const visit = (one: ClassValue): void => {
    if (found.includes(one) || found.length > 32) return;
    found.push(one);
    for (const base of one.bases) if (base.type === "class") visit(base);
  };
  visit(start);
  return found;
}

const symbolBelow = (symbol: string, name: string): string => canonicalSymbol(`${symbol}.${name}`);
