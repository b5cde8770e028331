/** BatchNorm and LayerNorm, with scale 1 and shift 0 at the start, as all frameworks have them. */
import { type Module, parameter, reusable, rowsOf, type Tensor } from "../tensor.ts";

/** PyTorch's, Flax's and scikit's 1e-5; Keras has 1e-3, which matters only for signals that small. */
const EPSILON = 1e-5;

/**
 * Over the rows of each column (batch), or over the entries of each input (layer; feature maps: all positions and
 * channels of an input, PyTorch's GroupNorm(1)). `decay`: weight of the past in the running statistics.
 */
export function normalise(kind: "batch" | "layer", columns: number, decay: number): Module {
  const [scale, shift] = [parameter(columns, 1), parameter(columns)];
  const running = { mean: new Float64Array(columns), variance: new Float64Array(columns).fill(1) };
  const [normalised, output, back] = [reusable(), reusable(), reusable()];
  let groups = grouping("batch", 1, 1, columns);
  let inverse = new Float64Array(0);
  let xHat: Float32Array = new Float32Array(0);
  let isFixed = false;

  return {
    parameters: [scale, shift],
    forward(x: Tensor, mode) {
      const rows = rowsOf(x);
      groups = grouping(kind, rows, x.count, columns);
      isFixed = kind === "batch" && mode === "test";
      const { mean, variance } = isFixed ? running : statistics(x.data, groups);
      if (kind === "batch" && mode === "train") follow(running, mean, variance, decay, rows);
      inverse = variance.map((value) => 1 / Math.sqrt(value + EPSILON));
      xHat = normalised(x.data.length);
      const data = output(x.data.length);
      for (let row = 0, i = 0; row < rows; row++) {
        const first = groups.first(row);
        for (let c = 0; c < columns; c++, i++) {
          const g = first + c * groups.step;
          const value = (x.data[i]! - mean[g]!) * inverse[g]!;
          xHat[i] = value;
          data[i] = value * scale.value[c]! + shift.value[c]!;
        }
      }
      return { ...x, data };
    },
    backward(dy) {
      const rows = dy.length / columns;
      const { count, size, step, first } = groups;
      const [byScale, byShift] = [new Float64Array(columns), new Float64Array(columns)];
      const [sum, along] = [new Float64Array(count), new Float64Array(count)];
      for (let row = 0, i = 0; row < rows; row++) {
        const start = first(row);
        for (let c = 0; c < columns; c++, i++) {
          const g = start + c * step;
          byShift[c]! += dy[i]!;
          byScale[c]! += dy[i]! * xHat[i]!;
          const d = dy[i]! * scale.value[c]!;
          sum[g]! += d;
          along[g]! += d * xHat[i]!;
        }
      }
      scale.gradient.set(byScale);
      shift.gradient.set(byShift);
      const dx = back(dy.length);
      for (let row = 0, i = 0; row < rows; row++) {
        const start = first(row);
        for (let c = 0; c < columns; c++, i++) {
          const g = start + c * step;
          const d = dy[i]! * scale.value[c]!;
          dx[i] = inverse[g]! * (isFixed ? d : d - (sum[g]! + xHat[i]! * along[g]!) / size);
        }
      }
      return dx;
    },
  };
}

/** Entries that share a mean: `first(row) + column * step` is the group's number. */
interface Grouping {
  readonly count: number;
  /** Entries of one group. */
  readonly size: number;
  readonly step: 0 | 1;
  first(row: number): number;
  readonly columns: number;
}

function grouping(kind: "batch" | "layer", rows: number, inputs: number, columns: number): Grouping {
  if (kind === "batch") return { count: columns, size: rows, step: 1, first: () => 0, columns };
  const positions = rows / inputs;
  return {
    count: inputs,
    size: positions * columns,
    step: 0,
    first: (row) => Math.floor(row / positions),
    columns,
  };
}

function statistics(data: Float32Array, { count, size, step, first, columns }: Grouping) {
  const [mean, variance] = [new Float64Array(count), new Float64Array(count)];
  const rows = data.length / columns;
  for (let row = 0, i = 0; row < rows; row++) {
    const start = first(row);
    for (let c = 0; c < columns; c++, i++) mean[start + c * step]! += data[i]! / size;
  }
  for (let row = 0, i = 0; row < rows; row++) {
    const start = first(row);
    for (let c = 0; c < columns; c++, i++) {
      const off = data[i]! - mean[start + c * step]!;
      variance[start + c * step]! += (off * off) / size;
    }
  }
  return { mean, variance };
}

function follow(
  running: { readonly mean: Float64Array; readonly variance: Float64Array },
  mean: Float64Array,
  variance: Float64Array,
  decay: number,
  rows: number,
): void {
  const unbiased = rows > 1 ? rows / (rows - 1) : 1;
  for (let c = 0; c < mean.length; c++) {
    running.mean[c] = decay * running.mean[c]! + (1 - decay) * mean[c]!;
    running.variance[c] = decay * running.variance[c]! + (1 - decay) * variance[c]! * unbiased;
  }
}
