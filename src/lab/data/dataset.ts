/** Data sets of the lab: inputs as they come, split once, scaled as the code scales them. */
import type { InputScale } from "../../engine/model.ts";
import type { Shape } from "../network.ts";
import { random } from "../random.ts";
import { trainedRows } from "./infos.ts";

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly kind: "image" | "table";
  /** Of one input. */
  readonly shape: Shape;
  /** 0: the target is a number. */
  readonly classes: number;
  /** [count, height * width * columns], raw: images 0..255, tables in their own units. */
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

export interface Part {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly count: number;
}

export interface Split {
  readonly train: Part;
  readonly test: Part;
}

/** The same split for every seed: seeds vary weights and batches. */
export function prepare(data: Dataset, scale: InputScale, standardiseTargets: boolean): Split {
  const count = data.targets.length;
  const size = data.inputs.length / count;
  const order = random(1, "split", data.id).permutation(count);
  const trained = trainedRows(count);
  const part = (places: Uint32Array): Part => {
    const inputs = new Float32Array(places.length * size);
    for (const [to, from] of places.entries()) {
      inputs.set(data.inputs.subarray(from * size, (from + 1) * size), to * size);
    }
    return { inputs, targets: Float32Array.from(places, (at) => data.targets[at]!), count: places.length };
  };
  const [train, test] = [part(order.subarray(0, trained)), part(order.subarray(trained))];
  const scaling = scalingOf(data, train, size, scale);
  for (const { inputs } of [train, test]) apply(inputs, size, scaling);
  if (data.classes === 0 && standardiseTargets) {
    const to = moments(train.targets, 1, 0);
    for (const { targets } of [train, test]) apply(targets, 1, [to]);
  }
  return { train, test };
}

interface Scaling {
  readonly offset: number;
  readonly factor: number;
}

/** From the training part alone. Images have one scaling for all pixels, tables one for each column. */
function scalingOf(data: Dataset, { inputs }: Part, size: number, scale: InputScale): readonly Scaling[] {
  if (scale === "raw") return [{ offset: 0, factor: 1 }];
  if (data.kind === "image") {
    return scale === "unit" ? [{ offset: 0, factor: 1 / 255 }] : [moments(inputs, 1, 0)];
  }
  return Array.from({ length: size }, (_, column) =>
    scale === "unit" ? extremes(inputs, size, column) : moments(inputs, size, column),
  );
}

function moments(values: Float32Array, size: number, column: number): Scaling {
  let [sum, squares] = [0, 0];
  const count = values.length / size;
  for (let i = column; i < values.length; i += size) sum += values[i]!;
  const mean = sum / count;
  for (let i = column; i < values.length; i += size) squares += (values[i]! - mean) ** 2;
  const std = Math.sqrt(squares / count);
  return { offset: mean, factor: std > 0 ? 1 / std : 1 };
}

function extremes(values: Float32Array, size: number, column: number): Scaling {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = column; i < values.length; i += size) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  return { offset: least, factor: most > least ? 1 / (most - least) : 1 };
}

function apply(values: Float32Array, size: number, scalings: readonly Scaling[]): void {
  for (let i = 0; i < values.length; i++) {
    const { offset, factor } = scalings[(i % size) % scalings.length]!;
    values[i] = (values[i]! - offset) * factor;
  }
}
