/** A network that can be trained, from its specification: the modules of each layer, run in order. */
import { fillBias, fillWeights } from "./initialise.ts";
import { activate } from "./layers/activate.ts";
import { dropout } from "./layers/dropout.ts";
import { flatten, globalMean, type Linear, linear } from "./layers/linear.ts";
import { normalise } from "./layers/normalise.ts";
import { sizeAfter } from "./layers/patches.ts";
import { maxPool } from "./layers/pool.ts";
import { random } from "./random.ts";
import type { LayerSpec, NetworkSpec } from "./spec.ts";
import { type Mode, type Module, type Parameter, reusable, type Tensor } from "./tensor.ts";

/** Sizes of one input or of what a layer makes of it. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly columns: number;
}

export interface BuiltLayer {
  readonly spec: LayerSpec;
  readonly linear: Linear;
  readonly fanIn: number;
  /** What goes into the activation, of the last forward pass: [rows, units]. */
  preActivation(): Tensor;
}

export interface Built {
  readonly layers: readonly BuiltLayer[];
  readonly parameters: readonly Parameter[];
  forward(x: Tensor, mode: Mode): Tensor;
  /** Gradient of the loss by the output. */
  backward(dy: Float32Array): void;
}

export interface BuildOptions {
  readonly seed: number;
  /** Whether normal initialisers with fans are cut off at 2 standard deviations (`TRUNCATES` in frameworks.ts). */
  readonly truncates: boolean;
}

interface Node {
  readonly built: BuiltLayer;
  readonly inputs: readonly number[];
  readonly modules: readonly Module[];
  readonly shape: Shape;
}

export function build(spec: NetworkSpec, input: Shape, options: BuildOptions): Built {
  const nodes: Node[] = [];
  for (const [index, layer] of spec.layers.entries()) {
    const from = layer.inputs[0] === undefined ? input : nodes[layer.inputs[0]]!.shape;
    nodes.push(nodeOf(layer, index, from, spec, options));
  }
  const sums = nodes.map(() => reusable());
  const backs = nodes.map(() => reusable());
  const outputs: Tensor[] = [];

  const inputOf = ({ inputs }: Node, index: number, x: Tensor): Tensor => {
    const [first, ...others] = inputs;
    if (first === undefined) return x;
    const only = outputs[first]!;
    if (others.length === 0) return only;
    const data = sums[index]!(only.data.length);
    data.set(only.data);
    for (const other of others) add(data, outputs[other]!.data);
    return { ...only, data };
  };

  return {
    layers: nodes.map(({ built }) => built),
    parameters: nodes.flatMap(({ modules }) => modules.flatMap(({ parameters }) => parameters)),
    forward(x, mode) {
      for (const [index, node] of nodes.entries()) {
        let value = inputOf(node, index, x);
        for (const module of node.modules) value = module.forward(value, mode);
        outputs[index] = value;
      }
      return outputs.at(-1)!;
    },
    backward(dy) {
      const gradients: (Float32Array | undefined)[] = nodes.map(() => undefined);
      gradients[nodes.length - 1] = dy;
      for (let index = nodes.length - 1; index >= 0; index--) {
        const { modules, inputs } = nodes[index]!;
        let value = gradients[index];
        if (value === undefined) continue; // Nothing reads what this layer gives.
        for (const module of modules.toReversed()) value = module.backward(value);
        for (const from of inputs) {
          const sum = gradients[from];
          if (sum) add(sum, value);
          else {
            const copy = backs[from]!(value.length);
            copy.set(value);
            gradients[from] = copy;
          }
        }
      }
    },
  };
}

function nodeOf(
  spec: LayerSpec,
  index: number,
  from: Shape,
  { batchNormDecay }: NetworkSpec,
  { seed, truncates }: BuildOptions,
): Node {
  const isFirst = spec.inputs.length === 0;
  const { units } = spec;
  const isMap = from.height * from.width > 1;
  const modules: Module[] = [];
  if (spec.kind === "dense" && isMap) modules.push(spec.gather === "mean" ? globalMean() : flatten());
  const isFlat = spec.kind === "dense" && isMap && spec.gather === "flatten";
  const fanIn =
    spec.kind === "conv"
      ? spec.kernel ** 2 * from.columns
      : from.columns * (isFlat ? from.height * from.width : 1);
  const window = spec.kind === "conv" ? spec : null;
  const main = linear(fanIn, units, spec.bias !== null, window, isFirst);
  const fans = { fanIn, fanOut: spec.kind === "conv" ? spec.kernel ** 2 * units : units };
  // A stream for each layer: a layer that one variant lacks must not shift the weights of those behind it.
  fillWeights(main.weights.value, spec.weights, fans, random(seed, "weights", index), truncates);
  if (main.bias && spec.bias) fillBias(main.bias.value, spec.bias, fans, random(seed, "bias", index));
  modules.push(main);

  const norm = spec.normalisation && normalise(spec.normalisation.kind, units, batchNormDecay);
  if (norm && spec.normalisation.place === "before") modules.push(norm);
  let pre: Tensor;
  modules.push(
    watch((value) => {
      pre = value;
    }),
  );
  if (spec.activation) modules.push(activate(spec.activation));
  if (norm && spec.normalisation.place === "after") modules.push(norm);
  if (spec.dropout > 0) modules.push(dropout(spec.dropout, random(seed, "dropout", index)));
  if (spec.kind === "conv" && spec.pool > 1) modules.push(maxPool(spec.pool));
  return {
    built: { spec, linear: main, fanIn, preActivation: () => pre },
    inputs: spec.inputs,
    modules,
    shape: shapeAfter(spec, from),
  };
}

export function shapeAfter(spec: LayerSpec, { height, width }: Shape): Shape {
  if (spec.kind === "dense") return { height: 1, width: 1, columns: spec.units };
  const size = (side: number) => Math.floor(sizeAfter(side, spec) / spec.pool);
  return { height: size(height), width: size(width), columns: spec.units };
}

/** Looks at what passes. */
function watch(see: (x: Tensor) => void): Module {
  return {
    parameters: [],
    forward(x) {
      see(x);
      return x;
    },
    backward: (dy) => dy,
  };
}

function add(to: Float32Array, from: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}
