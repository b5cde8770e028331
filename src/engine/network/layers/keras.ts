/** Keras' models as objects, and those of TensorFlow.js, which has them from there. */
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  constant,
  list,
  type Module,
  NONE,
  numberIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { applyModule } from "./apply.ts";
import { argument } from "./arguments.ts";
import { addChild } from "./make.ts";

/** `Input(shape=(28, 28, 1))`: a tensor of that shape, with a batch axis before it. */
export function inputTensor(layer: LayerSpelling, given: Arguments, run: Interpreter): Tensor {
  const shape = inputShape({ layer, given }, run);
  return tensor(shape, { ...fresh(), isInput: true });
}

/** `shape=`, `input_shape=`, `input_dim=`, `batch_shape=` of a layer or input, batch axis included. */
export function inputShape(
  { layer, given }: { layer: LayerSpelling; given: Arguments },
  run: Interpreter,
): Shape | undefined {
  const whole =
    given.named.get("batch_shape") ??
    given.named.get("batch_input_shape") ??
    given.named.get("batchInputShape") ??
    given.named.get("batchShape");
  const isInput = layer.role === "input";
  const own = isInput
    ? argument({ layer, given }, "shape")
    : (given.named.get("input_shape") ?? given.named.get("inputShape"));
  const sizes = whole ?? own;
  if (sizes) {
    const number = numberIn(sizes);
    const items = number === undefined ? run.library.items(sizes, run) : [sizes];
    const known = items?.map(numberIn);
    return known && (whole ? known : [undefined, ...known]);
  }
  const width = given.named.get("input_dim") ?? given.named.get("inputDim");
  return width ? [undefined, numberIn(width)] : undefined;
}

/** What a Sequential is fed with, as its first layers say. */
export function declaredInput(model: Module, run: Interpreter): Shape | undefined {
  for (const child of model.children.values()) {
    if (child.type === "tensor") return child.shape;
    if (child.type !== "module" || !child.layer) continue;
    const shape = inputShape({ layer: child.layer, given: child.given }, run);
    if (shape) return shape;
    if (child.layer.role === "sequential") return declaredInput(child, run);
    // Layers of preprocessing may stand before the one that names the shape.
  }
  return undefined;
}

const USES =
  /^(?:compile|fit|fit_generator|train_on_batch|predict|evaluate|load_weights|fitDataset|loadWeights)$/;

export function modelMethod(
  model: Value,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (/^(?:load_weights|loadWeights)$/.test(name)) {
    run.memory.set(run.loaded, model, constant(true));
    return UNKNOWN;
  }
  if (USES.test(name)) {
    run.uses.push({ network: model, method: name, given, node });
    return UNKNOWN;
  }
  switch (name) {
    case "add":
      if (model.type === "module" && given.positional[0]) addChild(model, given.positional[0], run);
      return NONE;
    case "pop":
      if (model.type === "module") {
        const last = [...model.children.keys()].at(-1);
        if (last !== undefined) run.memory.assign(model, "complete", false);
      }
      return NONE;
    case "build":
      run.uses.push({ network: model, method: name, given, node });
      return NONE;
    case "apply":
      // TensorFlow.js: of its layers, those of activations too.
      return model.type === "module" && run.unit.language === "javascript"
        ? applyModule(model, given, node, run)
        : undefined;
    case "get_layer":
    case "getLayer":
      return UNKNOWN;
    case "summary":
    case "count_params":
      return NONE;
    default:
      return undefined;
  }
}

export function modelAttribute(model: Module, name: string): Value | undefined {
  switch (name) {
    case "layers":
      return list([...model.children.values()], "list", model.complete && !model.graph);
    case "output":
    case "outputs":
      return model.graph?.outputs;
    case "input":
    case "inputs":
      return (
        model.graph && (model.graph.inputs.length === 1 ? model.graph.inputs[0] : list(model.graph.inputs))
      );
    default:
      return undefined;
  }
}

/** `Model(inputs, outputs)`. */
export function graphOf(given: Arguments): Module["graph"] | undefined {
  const inputs = given.named.get("inputs") ?? given.named.get("input") ?? given.positional[0];
  const outputs = given.named.get("outputs") ?? given.named.get("output") ?? given.positional[1];
  if (!inputs || !outputs) return undefined;
  return { inputs: inputs.type === "list" ? inputs.items : [inputs], outputs };
}
