/** Layers with weights: what one application of them adds to a trace. */
import type { Layer, Window } from "../../model.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Draft, type Tensor, tensor } from "../interpreter/tensors.ts";
import type { Module } from "../interpreter/values.ts";
import { argument, type Given, numeric, perAxis, product, rankIn } from "./arguments.ts";
import { inferredInitialisers } from "./initialisers.ts";
import { assembled, channelAxis, channels, convolved, spatial, transposed } from "./sizes.ts";
import { windowOf } from "./windows.ts";

interface Sizes {
  readonly kind: Layer["kind"];
  readonly inputs: number | undefined;
  readonly units: number | undefined;
  readonly kernelArea: number | undefined;
  readonly groups: number | undefined;
  readonly window?: Window | undefined;
}

/** Applies a dense or convolutional layer; a size that is not known becomes a gap, never a guess. */
export function applyWeights(
  module: Module,
  from: Given,
  input: Tensor,
  node: Expression,
  run: Interpreter,
): Tensor {
  const { layer } = from;
  const { framework } = layer;
  const isDense = layer.role === "dense";
  const rank = rankIn(from);
  const written = argument(from, "inputs");
  const before = isDense ? input.shape?.at(-1) : channels(framework, input.shape);
  const inputs = written ? numeric(from, "inputs") : (module.inputs ?? before);
  if (written && inputs !== undefined && before === undefined) learnWidth(input, inputs, isDense, from, run);
  // A layer is built once: used again, its weights are those of the first time.
  if (module.inputs === undefined && inputs !== undefined) run.memory.assign(module, "inputs", inputs);
  const kernelArea = isDense ? 1 : product(perAxis(argument(from, "kernel"), rank, run));
  const isDepthwise = layer.role === "depthwise-conv";
  const units = isDepthwise ? multiplied(inputs, numeric(from, "multiplier", 1)) : numeric(from, "units");
  const groups = isDense ? 1 : isDepthwise ? inputs : numeric(from, "groups", 1);
  inferredInitialisers(module, from, run);
  const output = record(
    module,
    {
      kind: isDense ? "dense" : "conv",
      inputs,
      units,
      kernelArea,
      groups,
      window: isDense ? undefined : windowOf(from, rank, run),
    },
    input,
    node,
    run,
  );
  const sizes = spatial(framework, input.shape, rank);
  const shape = isDense
    ? input.shape
      ? [...input.shape.slice(0, -1), units]
      : units === undefined
        ? undefined
        : [undefined, units]
    : assembled(
        framework,
        layer.role === "transposed-conv" ? transposed(from, sizes, run) : convolved(from, sizes, run),
        units,
        input.shape,
      );
  return tensor(shape, output.state);
}

/** What a layer takes is as wide as the layer says, also where nobody knew: `x + h if x.shape == h.shape else h`. */
function learnWidth(
  input: Tensor,
  inputs: number,
  isDense: boolean,
  { layer }: Given,
  run: Interpreter,
): void {
  const { shape } = input;
  if (!shape || shape.length < 2) return;
  const axis = isDense ? shape.length - 1 : channelAxis(layer.framework, shape);
  run.memory.assign(input, "shape", shape.with(axis, inputs));
}

const multiplied = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a * b;

/** Writes the application down and says what is not known of it. */
export function record(
  module: Module,
  { kind, inputs, units, kernelArea, groups, window }: Sizes,
  input: Tensor,
  node: Expression,
  run: Interpreter,
): Tensor {
  const place = run.trace.length + 1;
  const fanIn =
    inputs === undefined || kernelArea === undefined || groups === undefined
      ? null
      : (inputs / groups) * kernelArea;
  const missing = [
    units === undefined && "width",
    inputs === undefined && "input width",
    (kernelArea === undefined || groups === undefined) && "kernel",
  ].filter((what) => what !== false);
  const [only] = missing;
  if (missing.length > 1) run.gap(module.node, `${missing.join(" and ")} of layer ${place} are not known`);
  else if (only)
    run.gap(
      module.node,
      `${only === "input width" ? "width of the input" : only} of layer ${place} is not known`,
    );
  const draft: Draft = {
    kind,
    module,
    node,
    input,
    fanIn,
    units: units ?? null,
    kernelArea: kernelArea ?? null,
    groups: groups ?? 1,
    window,
    within: run.frames.map((frame) => frame.function),
    activation: null,
    normalisation: null,
    residual: false,
    dropout: 0,
    isOpen: false,
  };
  run.memory.push(run.trace, draft);
  run.work += 1;
  return tensor(undefined, { pending: [draft], settled: [], from: [input.state], layer: draft });
}

/** A depthwise convolution and the pointwise one that mixes its channels. */
export function applySeparable(
  module: Module,
  from: Given,
  input: Tensor,
  node: Expression,
  run: Interpreter,
): Tensor {
  const { layer } = from;
  const rank = rankIn(from);
  const inputs = channels(layer.framework, input.shape);
  const kernelArea = product(perAxis(argument(from, "kernel"), rank, run));
  const between = multiplied(inputs, numeric(from, "multiplier", 1));
  const units = numeric(from, "units");
  inferredInitialisers(module, from, run);
  const middle = record(
    module,
    { kind: "conv", inputs, units: between, kernelArea, groups: inputs },
    input,
    node,
    run,
  );
  const output = record(
    module,
    { kind: "conv", inputs: between, units, kernelArea: 1, groups: 1 },
    middle,
    node,
    run,
  );
  const sizes = convolved(from, spatial(layer.framework, input.shape, rank), run);
  return tensor(assembled(layer.framework, sizes, units, input.shape), output.state);
}
