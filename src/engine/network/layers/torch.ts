/** PyTorch's modules as objects: their attributes, and the methods that reach into them. */

import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  constant,
  list,
  type Module,
  NO_ARGUMENTS,
  NONE,
  numberIn,
  type Parameter,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { applyModule } from "./apply.ts";
import { argument, numeric, perAxis, product, rankOf } from "./arguments.ts";
import { childrenOf, type Family, familyOf, isFamily, parametersOf } from "./family.ts";
import { addChild, fill } from "./make.ts";
import { fillMethod, resetParameters } from "./torchInit.ts";

/** Methods that give back the module itself. */
const SELF =
  /^(?:to|cuda|cpu|train|eval|float|double|half|bfloat16|requires_grad_|type|xpu|share_memory|to_empty|compile)$/;

export function moduleAttribute(value: Family, name: string, run: Interpreter): Value | undefined {
  if (name === "training") return constant(true);
  if (name === "__class__") return value.type === "module" ? symbolOf(value) : value.of;
  if (value.type !== "module" || !value.layer) return undefined;
  const from = { layer: value.layer, given: value.given };
  switch (name) {
    case "weight":
      return { type: "parameter", module: value, which: "weight" };
    case "bias": {
      const written = argument(from, "bias");
      return written?.type === "constant" && written.value === false
        ? NONE
        : { type: "parameter", module: value, which: "bias" };
    }
    case "in_features":
    case "in_channels":
      return argument(from, "inputs") ?? UNKNOWN;
    case "out_features":
    case "out_channels":
      return argument(from, "units") ?? UNKNOWN;
    case "kernel_size":
    case "stride":
    case "dilation": {
      if (value.layer.role !== "conv" && value.layer.role !== "transposed-conv") return undefined;
      const concept = name === "kernel_size" ? "kernel" : name;
      const sizes = perAxis(
        argument(from, concept),
        rankOf(value.layer),
        run,
        name === "kernel_size" ? undefined : 1,
      );
      return list(
        sizes.map((size) => (size === undefined ? UNKNOWN : constant(size))),
        "tuple",
      );
    }
    case "groups": {
      const groups = numeric(from, "groups", 1);
      return groups === undefined ? UNKNOWN : constant(groups);
    }
    default:
      // `net.layer1` of a Sequential with names.
      return value.children.get(name);
  }
}

function symbolOf({ layer, activation }: Module): Value {
  const symbol = layer?.symbol ?? activation?.symbol;
  return symbol === undefined ? UNKNOWN : { type: "symbol", symbol };
}

export function moduleMethod(
  receiver: Family,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (SELF.test(name) && !(name === "compile" && given.named.size > 0)) return receiver;
  const container = receiver.type === "module" ? receiver : receiver.base;
  switch (name) {
    case "parameters":
      return { type: "parameters", owners: [receiver] };
    case "named_parameters":
      return list(parametersOf(receiver).map((one) => list([constant(one.name ?? ""), one], "tuple")));
    case "modules":
      return list(familyOf(receiver).map(([, one]) => one));
    case "named_modules":
      return list(familyOf(receiver).map(([path, one]) => list([constant(path), one], "tuple")));
    case "children":
      return list(childrenOf(receiver).map(([, one]) => one));
    case "named_children":
      return list(childrenOf(receiver).map(([key, one]) => list([constant(key), one], "tuple")));
    case "apply": {
      const [change] = given.positional;
      if (!change) return receiver;
      // Children before their parents, as PyTorch does.
      for (const [, one] of [...familyOf(receiver)].reverse())
        run.call(change, { ...NO_ARGUMENTS, positional: [one] }, node);
      return receiver;
    }
    case "add_module":
    case "register_module": {
      const key = stringIn(given.positional[0] ?? given.named.get("name"));
      const child = given.positional[1] ?? given.named.get("module");
      if (key === undefined || !child) {
        if (container) run.memory.assign(container, "complete", false);
        return NONE;
      }
      if (container) addChild(container, child, run, key);
      else if (receiver.type === "instance") run.memory.set(receiver.attributes, key, child);
      return NONE;
    }
    case "append":
    case "add":
      if (container && given.positional[0]) addChild(container, given.positional[0], run);
      return receiver;
    case "extend": {
      const items = given.positional[0] && run.library.items(given.positional[0], run);
      if (container && items) for (const item of items) addChild(container, item, run);
      else if (container) run.memory.assign(container, "complete", false);
      return receiver;
    }
    case "insert": {
      const at = numberIn(given.positional[0]);
      const child = given.positional[1];
      if (!container || at === undefined || !child) return NONE;
      const items = [...container.children.values()].toSpliced(at, 0, child);
      fill(container, { ...NO_ARGUMENTS, positional: items }, run);
      return NONE;
    }
    case "update":
      if (container) fill(container, given, run);
      return NONE;
    case "items":
      return (
        container && list([...container.children].map(([key, one]) => list([constant(key), one], "tuple")))
      );
    case "keys":
      return container && list([...container.children.keys()].map((key) => constant(key)));
    case "values":
      return container && list([...container.children.values()]);
    case "__getattr__": {
      const key = stringIn(given.positional[0]);
      return key === undefined ? UNKNOWN : childrenOf(receiver).find(([own]) => own === key)?.[1];
    }
    case "forward":
    case "__call__":
      return receiver.type === "module"
        ? applyModule(receiver, given, node, run)
        : run.call(receiver, given, node);
    case "reset_parameters":
      if (receiver.type === "module") resetParameters(receiver, run);
      return NONE;
    case "load_state_dict":
    case "load_from_checkpoint":
      run.memory.set(run.loaded, receiver, constant(true));
      return UNKNOWN;
    case "[]":
      return itemOf(receiver, given.positional[0]);
    case "=": {
      // `layer.weight.data = ...`, `layer.bias = None`: by code that is not read.
      const key = stringIn(given.positional[0]);
      if (receiver.type === "module" && (key === "weight" || key === "bias" || key === "data"))
        run.memory.assign(receiver, "unread", node);
      else if (
        receiver.type === "module" &&
        key !== undefined &&
        given.positional[1] &&
        isFamily(given.positional[1])
      )
        run.memory.set(receiver.children, key, given.positional[1]);
      return NONE;
    }
    default:
      return undefined;
  }
}

function itemOf(receiver: Family, index: Value | undefined): Value | undefined {
  const children = [
    ...(receiver.type === "module" ? receiver : (receiver.base ?? { children: new Map<string, Value>() }))
      .children,
  ];
  const key = stringIn(index);
  if (key !== undefined) return children.find(([name]) => name === key)?.[1];
  const at = numberIn(index);
  return at === undefined ? undefined : children.at(at)?.[1];
}

/** A parameter as the tensor that it is: `.data`, `.size(0)`, `.normal_()`. */
export function parameterAttribute(target: Parameter, name: string, run: Interpreter): Value | undefined {
  if (name === "data" || name === "requires_grad") return name === "data" ? target : constant(true);
  if (name === "shape") return list(shapeOf(target, run), "tuple");
  if (name === "ndim") return constant(shapeOf(target, run).length);
  return undefined;
}

export function parameterMethod(
  target: Parameter,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const filled = fillMethod(target, name, given, node, run);
  if (filled) return filled;
  const shape = shapeOf(target, run);
  switch (name) {
    case "dim":
      return constant(shape.length);
    case "size": {
      const at = numberIn(given.positional[0]);
      return at === undefined ? list(shape, "tuple") : shape.at(at);
    }
    case "numel": {
      const total = product(shape.map(numberIn));
      return total === undefined ? UNKNOWN : constant(total);
    }
    case "=":
      run.memory.assign(target.module, "unread", node);
      return NONE;
    case "[]":
    case "[:]":
    case "detach":
    case "view":
      return target;
    default:
      return undefined;
  }
}

function shapeOf({ module, which }: Parameter, run: Interpreter): readonly Value[] {
  const { layer, given } = module;
  if (!layer) return [];
  const from = { layer, given };
  const units = argument(from, "units") ?? UNKNOWN;
  if (which === "bias" || /norm$/.test(layer.role)) return [units];
  const inputs = argument(from, "inputs") ?? UNKNOWN;
  if (layer.role === "dense") return [units, inputs];
  const groups = numeric(from, "groups", 1);
  const each = numberIn(inputs);
  const channels = each === undefined || groups === undefined ? UNKNOWN : constant(each / groups);
  const kernel = perAxis(argument(from, "kernel"), rankOf(layer), run).map((size) =>
    size === undefined ? UNKNOWN : constant(size),
  );
  return [units, channels, ...kernel];
}
