/** Layers of libraries that are several layers: torchvision's helpers. https://pytorch.org/vision/stable/ops.html */
import { layerOf } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  constant,
  isNone,
  list,
  type Module,
  NO_ARGUMENTS,
  numberIn,
  type Value,
} from "../interpreter/values.ts";
import { activateBy } from "./activate.ts";
import { argument, type Given, rankOf } from "./arguments.ts";
import { makeModule } from "./make.ts";

const symbol = (name: string): Value => ({ type: "symbol", symbol: name });

function option({ layer, given }: Given, name: string): Value | undefined {
  const at = layer.parameters.find((parameter) => parameter.name === name);
  return given.named.get(name) ?? (at && given.positional[at.position]);
}

/** `Conv2dNormActivation(in, out, kernel_size=3, ...)`: without a bias where it normalises. */
export function convNormActivation(
  module: Module,
  from: Given,
  input: Tensor,
  node: Call,
  run: Interpreter,
): Value {
  const rank = rankOf(from.layer);
  const norm = option(from, "norm_layer") ?? symbol(`torch.nn.BatchNorm${rank}d`);
  const activation = option(from, "activation_layer") ?? symbol("torch.nn.ReLU");
  const kernel = argument(from, "kernel") ?? constant(3);
  const dilation = argument(from, "dilation") ?? constant(1);
  const bias = argument(from, "bias");
  const named = new Map<string, Value>([
    ["kernel_size", kernel],
    ["stride", argument(from, "stride") ?? constant(1)],
    ["padding", samePadding(option(from, "padding"), kernel, dilation)],
    ["dilation", dilation],
    ["groups", argument(from, "groups") ?? constant(1)],
    ["bias", !bias || isNone(bias) ? constant(isNone(norm)) : bias],
  ]);
  const sizes = [option(from, "in_channels"), option(from, "out_channels")].map(
    (value) => value ?? { type: "unknown" as const },
  );
  const conv = child(
    module,
    "0",
    `torch.nn.Conv${rank}d`,
    { ...NO_ARGUMENTS, positional: sizes, named },
    run,
  );
  let value: Value = run.call(conv, { ...NO_ARGUMENTS, positional: [input] }, node);
  if (!isNone(norm))
    value = run.call(
      run.call(norm, { ...NO_ARGUMENTS, positional: [sizes[1] as Value] }, node),
      { ...NO_ARGUMENTS, positional: [value] },
      node,
    );
  return activated(value, activation, node, module, run);
}

/** `MLP(in_channels, hidden_channels, ...)`: no normalisation or activation behind the last layer. */
export function multilayer(module: Module, from: Given, input: Tensor, node: Call, run: Interpreter): Value {
  const widths = option(from, "hidden_channels");
  const items = widths && run.library.items(widths, run);
  const norm = option(from, "norm_layer");
  const activation = option(from, "activation_layer") ?? symbol("torch.nn.ReLU");
  if (!items) {
    run.gap(module.node, "the widths of its layers are not known");
    return input;
  }
  let value: Value = input;
  let before = option(from, "in_channels") ?? ({ type: "unknown" } as const);
  items.forEach((width, index) => {
    const dense = child(
      module,
      String(index),
      "torch.nn.Linear",
      { ...NO_ARGUMENTS, positional: [before, width] },
      run,
    );
    value = run.call(dense, { ...NO_ARGUMENTS, positional: [value] }, node);
    before = width;
    if (index === items.length - 1) return;
    if (norm && !isNone(norm))
      value = run.call(
        run.call(norm, { ...NO_ARGUMENTS, positional: [width] }, node),
        { ...NO_ARGUMENTS, positional: [value] },
        node,
      );
    value = activated(value, activation, node, module, run);
  });
  return value;
}

/** What an activation's class is, made and applied. The site is where the class is named, or the call of the block. */
function activated(value: Value, activation: Value, node: Call, module: Module, run: Interpreter): Value {
  if (value.type !== "tensor" || isNone(activation)) return value;
  if (activation.type === "symbol") return activateBy(value, activation, "pytorch", module.node, run);
  const made = run.call(activation, NO_ARGUMENTS, node);
  return run.call(made, { ...NO_ARGUMENTS, positional: [value] }, node);
}

/** The block's layers are its children, so that code which draws weights anew finds them. */
export function child(
  module: Module,
  name: string,
  layer: string,
  given: Arguments,
  run: Interpreter,
): Module {
  const known = module.children.get(name);
  if (known?.type === "module") return known;
  const spelling = layerOf(layer);
  const made = makeModule({ layer: spelling, given, node: module.node });
  run.memory.set(module.children, name, made);
  return made;
}

/** `(kernel - 1) // 2 * dilation` unless it is given. */
function samePadding(given: Value | undefined, kernel: Value, dilation: Value): Value {
  if (given && !isNone(given)) return given;
  const pad = (size: Value | undefined, spread: Value | undefined): Value => {
    const [k, d] = [numberIn(size), numberIn(spread)];
    return k === undefined || d === undefined ? { type: "unknown" } : constant(Math.floor((k - 1) / 2) * d);
  };
  if (kernel.type !== "list") return pad(kernel, dilation);
  return list(
    kernel.items.map((size, axis) => pad(size, dilation.type === "list" ? dilation.items[axis] : dilation)),
    "tuple",
  );
}
