/** Assignment to whatever may stand on the left: names, attributes, items, several of them. */
import { type Expression, unwrittenCall } from "../../syntax/tree.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Environment } from "./memory.ts";
import { keyOf, UNKNOWN, type Value } from "./values.ts";

/** Gives a value to a name, an attribute, an item, or to several of them at once. */
export function bind(target: Expression, value: Value, env: Environment, run: Interpreter): void {
  switch (target.type) {
    case "name":
      run.memory.set(env.variables, target.name, value);
      return;
    case "attribute": {
      const object = run.evaluate(target.object, env);
      if (object.type === "instance" || object.type === "object") {
        run.memory.set(object.attributes, target.name, value);
        // What a container is given as an attribute is a child of it.
        if (
          object.type === "instance" &&
          object.base &&
          (value.type === "module" || value.type === "instance")
        )
          run.memory.set(object.base.children, target.name, value);
      } else if (object.type === "dict") {
        // JavaScript's objects.
        if (run.unit.language === "javascript") run.memory.set(object.entries, target.name, value);
      } else if (object.type === "class") run.memory.set(object.namespace.variables, target.name, value);
      else if (object.type === "module" || object.type === "parameter")
        run.library.method(
          object,
          "=",
          {
            positional: [{ type: "constant", value: target.name }, value],
            named: new Map(),
            complete: true,
            written: [],
          },
          unwrittenCall(target),
          run,
        );
      return;
    }
    case "subscript": {
      const object = run.evaluate(target.object, env);
      const [index] = target.indices.map((item) => run.evaluate(item, env));
      const key = index && keyOf(index);
      if (object.type === "dict") {
        if (key === undefined) run.memory.assign(object, "complete", false);
        else run.memory.set(object.entries, key, value);
      } else if (object.type === "list") {
        if (typeof key === "number" && object.items[key])
          run.memory.assign(object, "items", object.items.with(key, value));
        else run.memory.assign(object, "complete", false);
      } else if (object.type === "module" && key !== undefined)
        run.memory.set(object.children, String(key), value);
      return;
    }
    case "sequence": {
      const items = run.library.items(value, run);
      const isKnown = items !== undefined && (value.type !== "list" || value.complete);
      const starred = target.items.findIndex((item) => item.spread);
      target.items.forEach((item, index) => {
        if (!isKnown) bind(item.value, UNKNOWN, env, run);
        else if (starred < 0 || index < starred) bind(item.value, items[index] ?? UNKNOWN, env, run);
        else if (index > starred)
          bind(item.value, items[items.length - target.items.length + index] ?? UNKNOWN, env, run);
        else {
          const rest = items.slice(starred, items.length - target.items.length + starred + 1);
          bind(item.value, { type: "list", form: "list", items: rest, complete: true }, env, run);
        }
      });
      return;
    }
  }
}
