/**
 * Values of a batch: a matrix of `rows` by `columns`. A vector for each input has a row for each of them; feature maps
 * have a row for each input and position (N, H, W, C), so that a unit or channel is always a column.
 */
export interface Tensor {
  readonly data: Float32Array;
  /** Inputs in the batch. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly columns: number;
}

export interface Parameter {
  readonly value: Float32Array;
  readonly gradient: Float32Array;
}

export const rowsOf = ({ count, height, width }: Tensor): number => count * height * width;

/**
 * train: dropout, BatchNorm with the batch's statistics, which the running ones follow. measure: the batch's statistics
 * and no dropout, leaving no trace. test: the running statistics.
 */
export type Mode = "train" | "measure" | "test";

/** One step of a network: what `forward` last saw is what `backward` is about. */
export interface Module {
  readonly parameters: readonly Parameter[];
  forward(x: Tensor, mode: Mode): Tensor;
  /** Gradient of the loss by the output -> by the input; adds nothing up, sets the parameters' gradients. */
  backward(dy: Float32Array): Float32Array;
}

/** A buffer that is kept from step to step and grows to the largest batch. */
export function reusable(): (length: number) => Float32Array {
  let kept = new Float32Array(0);
  return (length) => {
    if (kept.length < length) kept = new Float32Array(length);
    return kept.length === length ? kept : kept.subarray(0, length);
  };
}

export function parameter(length: number, initial = 0): Parameter {
  return { value: new Float32Array(length).fill(initial), gradient: new Float32Array(length) };
}
