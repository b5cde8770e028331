/** Tensors with slices and numbers for several of their axes: `x[:, 1:]`, `x[:, -1]`. */
import type { Expression, Subscript } from "../../syntax/tree.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Environment } from "./memory.ts";
import { reshaped, type Tensor } from "./tensors.ts";
import { numberIn } from "./values.ts";

/** Each axis is cut, or dropped by a number; undefined: by something else. */
export function alongAxes(
  object: Tensor,
  axes: NonNullable<Subscript["axes"]>,
  env: Environment,
  run: Interpreter,
): Tensor | undefined {
  const { shape } = object;
  if (!shape || axes.length > shape.length) return reshaped(object, undefined);
  const sizes: (number | undefined)[] = [];
  for (const [at, axis] of axes.entries()) {
    const number = (end: Expression | undefined) => (end ? numberIn(run.evaluate(end, env)) : undefined);
    if ("slice" in axis) {
      const { start, stop, step } = axis.slice;
      const isWhole = !start && !stop && !step;
      const ends = [number(start), number(stop)] as const;
      const isKnown = (!start || ends[0] !== undefined) && (!stop || ends[1] !== undefined) && !step;
      sizes.push(isWhole ? shape[at] : isKnown ? sizeBetween(shape[at], ...ends) : undefined);
    } else if (number(axis.index) === undefined) return undefined;
  }
  return reshaped(object, [...sizes, ...shape.slice(axes.length)]);
}

function sizeBetween(size: number | undefined, start = 0, stop = size): number | undefined {
  if (size === undefined || stop === undefined) return undefined;
  const place = (end: number): number => Math.min(Math.max(end < 0 ? size + end : end, 0), size);
  return Math.max(place(stop) - place(start), 0);
}
