/** What is measured of a network beside its loss. Definitions as in the runs that the risk model was fitted to. */

import { matmulKernel } from "./kernels/matmul.ts";
import { addToRows } from "./layers/linear.ts";
import type { Built, BuiltLayer } from "./network.ts";
import type { Tensor } from "./tensor.ts";

/** Share of units whose pre-activation is <= 0 on every row; null where it is not finite. */
export function silentShare({ data, columns }: Tensor): number | null {
  const fires = new Uint8Array(columns);
  for (let i = 0; i < data.length; i += columns) {
    for (let c = 0; c < columns; c++) {
      const value = data[i + c]!;
      if (value > 0) fires[c] = 1;
      else if (Number.isNaN(value)) return null;
    }
  }
  return fires.reduce((sum, one) => sum + 1 - one, 0) / columns;
}

/**
 * rho: how far one optimiser step moves a layer's pre-activations on the batch that it was made for, in units of their
 * own size: rms(dW h + db) / rms(W h + b). Before it `before` keeps the weights.
 */
export interface StepProbe {
  before(): void;
  after(): (number | null)[];
}

export function stepProbe({ layers }: Built): StepProbe {
  const multiply = matmulKernel();
  let kept: {
    readonly weights: Float32Array;
    readonly bias: Float32Array | null;
    readonly input: Float32Array;
  }[];
  return {
    before() {
      kept = layers.map(({ linear }) => ({
        weights: linear.weights.value.slice(),
        bias: linear.bias?.value.slice() ?? null,
        input: linear.lastInput(),
      }));
    },
    after() {
      return layers.map((layer, index) => {
        const { weights, bias, input } = kept[index]!;
        const product = (w: Float32Array, b: Float32Array | null) => apply(layer, w, b, input);
        const size = rms(product(weights, bias));
        const step = rms(
          product(
            difference(layer.linear.weights.value, weights),
            bias && difference(layer.linear.bias!.value, bias),
          ),
        );
        return Number.isFinite(step / size) ? step / size : null;
      });
    },
  };

  function apply(layer: BuiltLayer, weights: Float32Array, bias: Float32Array | null, input: Float32Array) {
    const { fanIn, spec } = layer;
    const count = input.length / fanIn;
    const result = new Float32Array(count * spec.units);
    multiply({ data: input }, { data: weights, transposed: true }, result, count, spec.units, fanIn);
    if (bias) addToRows(result, bias);
    return result;
  }
}

const difference = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value - b[i]!);

function rms(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}
