import type { Loss } from "../engine/model.ts";

/** Classes as numbers, or one number to be met for each input. */
export type Targets = Float32Array;

export interface LossOf {
  /** Mean over the batch; not finite where training diverged. */
  readonly value: number;
  readonly byOutput: Float32Array;
}

/** Cross-entropy of a softmax over the columns, or the mean squared error, and its gradient by the outputs. */
export function lossOf(kind: Loss, output: Float32Array, columns: number, targets: Targets): LossOf {
  return kind === "cross-entropy"
    ? crossEntropy(output, columns, targets)
    : squaredError(output, columns, targets);
}

function crossEntropy(output: Float32Array, columns: number, targets: Targets): LossOf {
  const rows = targets.length;
  const byOutput = new Float32Array(output.length);
  let value = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < columns; c++) largest = Math.max(largest, output[from + c]!);
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += Math.exp(output[from + c]! - largest);
    for (let c = 0; c < columns; c++) byOutput[from + c] = Math.exp(output[from + c]! - largest) / sum / rows;
    const at = from + targets[row]!;
    value += (Math.log(sum) + largest - output[at]!) / rows;
    byOutput[at]! -= 1 / rows;
  }
  return { value, byOutput };
}

/** Of several outputs each is compared with the same target. */
function squaredError(output: Float32Array, columns: number, targets: Targets): LossOf {
  const byOutput = new Float32Array(output.length);
  let value = 0;
  for (let i = 0; i < output.length; i++) {
    const off = output[i]! - targets[Math.floor(i / columns)]!;
    value += (off * off) / output.length;
    byOutput[i] = (2 * off) / output.length;
  }
  // Squares of 32-bit numbers overflow in the frameworks; here they are of 64 bits until now.
  return { value: Math.fround(value), byOutput };
}

/** Share of right classes, or R2: 1 minus the error's share of the targets' variance. */
export function accuracyOf(kind: Loss, output: Float32Array, columns: number, targets: Targets): number {
  return kind === "cross-entropy" ? share(output, columns, targets) : determination(output, columns, targets);
}

function share(output: Float32Array, columns: number, targets: Targets): number {
  let right = 0;
  for (let row = 0; row < targets.length; row++) {
    let best = 0;
    for (let c = 1; c < columns; c++) {
      if (output[row * columns + c]! > output[row * columns + best]!) best = c;
    }
    if (best === targets[row]) right++;
  }
  return right / targets.length;
}

function determination(output: Float32Array, columns: number, targets: Targets): number {
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const variance = targets.reduce((sum, target) => sum + (target - mean) ** 2, 0) / targets.length;
  return 1 - lossOf("squared-error", output, columns, targets).value / variance;
}
