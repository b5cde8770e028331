import { matmulKernel } from "../kernels/matmul.ts";
import { type Module, type Parameter, parameter, reusable, rowsOf, type Tensor } from "../tensor.ts";
import { type Patches, patches } from "./patches.ts";

export interface Linear extends Module {
  readonly weights: Parameter;
  readonly bias: Parameter | null;
  /** What the weights were last multiplied with: [rows, fanIn]. */
  lastInput(): Float32Array;
}

/**
 * y = x W^T + b with W of [units, fanIn]: a dense layer, or with `window` a convolution, whose rows are patches.
 * `isFirst`: nobody asks for the gradient by the data, so it is not computed.
 */
export function linear(
  fanIn: number,
  units: number,
  hasBias: boolean,
  window: Patches | null,
  isFirst: boolean,
): Linear {
  const multiply = matmulKernel();
  const weights = parameter(units * fanIn);
  const bias = hasBias ? parameter(units) : null;
  const [output, byInput] = [reusable(), reusable()];
  const gather = window && patches(window);
  let input: Tensor;
  let last: Float32Array = new Float32Array(0);
  let rows = 0;
  return {
    weights,
    bias,
    parameters: bias ? [weights, bias] : [weights],
    lastInput: () => last,
    forward(x) {
      input = x;
      const shape = gather ? gather.shape(x) : { count: x.count, height: 1, width: 1 };
      last = gather ? gather.take(x) : x.data;
      rows = shape.count * shape.height * shape.width;
      const data = output(rows * units);
      multiply({ data: last }, { data: weights.value, transposed: true }, data, rows, units, fanIn);
      if (bias) addToRows(data, bias.value);
      return { data, ...shape, columns: units };
    },
    backward(dy) {
      multiply({ data: dy, transposed: true }, { data: last }, weights.gradient, units, fanIn, rows);
      if (bias) sumRows(dy, bias.gradient);
      if (isFirst) return new Float32Array(0);
      const dx = byInput(rows * fanIn);
      multiply({ data: dy }, { data: weights.value }, dx, rows, fanIn, units);
      return gather ? gather.put(dx, input) : dx;
    },
  };
}

export function addToRows(data: Float32Array, row: Float32Array): void {
  const columns = row.length;
  for (let from = 0; from < data.length; from += columns) {
    for (let c = 0; c < columns; c++) data[from + c]! += row[c]!;
  }
}

function sumRows(data: Float32Array, to: Float32Array): void {
  const columns = to.length;
  const sums = new Float64Array(columns);
  for (let from = 0; from < data.length; from += columns) {
    for (let c = 0; c < columns; c++) sums[c]! += data[from + c]!;
  }
  to.set(sums);
}

/** [count, height, width, channels] is a row for each input already: only the sizes change. */
export function flatten(): Module {
  return {
    parameters: [],
    forward: (x) => ({ ...x, height: 1, width: 1, columns: x.height * x.width * x.columns }),
    backward: (dy) => dy,
  };
}

/** Mean over the positions of each channel. */
export function globalMean(): Module {
  const [output, back] = [reusable(), reusable()];
  let from: Tensor;
  return {
    parameters: [],
    forward(x) {
      from = x;
      const positions = x.height * x.width;
      const data = output(x.count * x.columns).fill(0);
      for (let row = 0; row < rowsOf(x); row++) {
        const to = Math.floor(row / positions) * x.columns;
        for (let c = 0; c < x.columns; c++) data[to + c]! += x.data[row * x.columns + c]! / positions;
      }
      return { data, count: x.count, height: 1, width: 1, columns: x.columns };
    },
    backward(dy) {
      const positions = from.height * from.width;
      const dx = back(rowsOf(from) * from.columns);
      for (let row = 0; row < rowsOf(from); row++) {
        const at = Math.floor(row / positions) * from.columns;
        for (let c = 0; c < from.columns; c++) dx[row * from.columns + c] = dy[at + c]! / positions;
      }
      return dx;
    },
  };
}
