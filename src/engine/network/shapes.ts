/** Shapes of Keras layers' outputs without the batch axis, channels last; `undefined` where a size is not known. */
import { type Constant, constantOf, numberOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call } from "../syntax/tree.ts";

export type Shape = readonly (number | undefined)[];

/** `shape=(28, 28, 1)`, `input_shape=...`, `input_dim=784` of a first layer. */
export function inputShape(call: Call, scope: Scope, position?: number): Shape | undefined {
  const written = argumentOf(call, "shape", position) ?? argumentOf(call, "input_shape");
  if (written) {
    const { value } = written;
    if (value.type === "sequence") return value.items.map((item) => numberOf(item.value, scope));
    const known = constantOf(value, scope);
    return Array.isArray(known) ? sizes(known) : undefined;
  }
  const width = numberOf(argumentOf(call, "input_dim")?.value, scope);
  return width === undefined ? undefined : [width];
}

/** One size for each spatial axis: `3` and `(3, 3)` mean the same. */
export function perAxis(value: Constant | undefined, axes: number): Shape {
  if (typeof value === "number") return Array.from({ length: axes }, () => value);
  return Array.isArray(value) && value.length === axes
    ? sizes(value)
    : Array.from({ length: axes }, () => undefined);
}

/** Sizes after a window slides over them: https://keras.io/api/layers/convolution_layers/convolution2d/ */
export function slide(spatial: Shape, window: Shape, stride: Shape, padding: "valid" | "same"): Shape {
  return spatial.map((size, axis) => {
    const step = stride[axis];
    const width = padding === "same" ? 1 : window[axis];
    if (size === undefined || step === undefined || width === undefined || step <= 0) return undefined;
    const positions = Math.ceil((size - width + 1) / step);
    return positions > 0 ? positions : undefined;
  });
}

/** Number of entries; undefined where one size is not known. */
export const volume = (shape: Shape): number | undefined =>
  shape.reduce<number | undefined>(
    (product, size) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );

const sizes = (values: readonly Constant[]): Shape =>
  values.map((value) => (typeof value === "number" && value > 0 ? value : undefined));
