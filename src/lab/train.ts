/** One run: a network, a data set, a seed. A generator, so that its caller decides when the next steps are taken. */
import type { Part, Split } from "./data/dataset.ts";
import { accuracyOf, lossOf } from "./loss.ts";
import { silentShare, stepProbe } from "./measure.ts";
import { type BuildOptions, type Built, build, type Shape } from "./network.ts";
import { optimiser } from "./optimiser.ts";
import { random } from "./random.ts";
import type { NetworkSpec } from "./spec.ts";
import type { Tensor } from "./tensor.ts";

export interface Measured {
  /** Steps taken. */
  readonly step: number;
  /** On the rows that the dead units are counted on. */
  readonly loss: number;
  /** Of unseen rows: share of right classes, or R2. */
  readonly accuracy: number;
  /** By layer: share of units whose pre-activation is <= 0 on all of the rows; null on a layer without activation. */
  readonly silent: readonly (number | null)[];
  /** By layer: how far the next step moves the pre-activations, in units of their size; null after the last step. */
  readonly rho: readonly (number | null)[];
}

export interface Run {
  /** At the start, on the way, at the end. */
  readonly measured: readonly Measured[];
  /** Step at which the loss was not finite any more, if it was. */
  readonly divergedAt: number | null;
}

export type TrainEvent =
  | { readonly type: "measured"; readonly measured: Measured }
  | { readonly type: "step"; readonly step: number; readonly loss: number }
  | { readonly type: "diverged"; readonly step: number };

export interface TrainOptions extends BuildOptions {
  readonly steps: number;
  /** Steps between two measurements. */
  readonly every: number;
}

/** Rows on which dead units are counted, and of the test: as in the runs that the risk model was fitted to. */
const ROWS = { dense: 1000, conv: 300, test: 600 } as const;

export function* train(
  spec: NetworkSpec,
  shape: Shape,
  data: Split,
  options: TrainOptions,
): Generator<TrainEvent> {
  const network = build(spec, shape, options);
  const step = optimiser(spec.optimiser, network.parameters);
  const probe = stepProbe(network);
  const batches = batchesOf(data.train, shape, Math.min(spec.batch, data.train.count), options.seed);
  const isConv = spec.layers.some(({ kind }) => kind === "conv");
  const seen = firstRows(data.train, shape, isConv ? ROWS.conv : ROWS.dense);
  const test = firstRows(data.test, shape, ROWS.test);

  for (let taken = 0; taken <= options.steps; taken++) {
    const isLast = taken === options.steps;
    const measures = isLast || taken % options.every === 0;
    const state = measures ? stateOf(network, spec, seen, test) : null;
    if (isLast) {
      if (state) yield { type: "measured", measured: { step: taken, ...state, rho: [] } };
      return;
    }
    const { x, targets } = batches();
    const output = network.forward(x, "train");
    const { value, byOutput } = lossOf(spec.loss, output.data, output.columns, targets);
    if (!Number.isFinite(value)) {
      if (state) yield { type: "measured", measured: { step: taken, ...state, rho: [] } };
      yield { type: "diverged", step: taken };
      return;
    }
    network.backward(byOutput);
    if (state) probe.before();
    step();
    if (state) yield { type: "measured", measured: { step: taken, ...state, rho: probe.after() } };
    yield { type: "step", step: taken + 1, loss: value };
  }
}

interface Rows {
  readonly x: Tensor;
  readonly targets: Float32Array;
}

function stateOf(network: Built, { loss }: NetworkSpec, seen: Rows, test: Rows) {
  const fitted = network.forward(seen.x, "measure");
  const lossSeen = lossOf(loss, fitted.data, fitted.columns, seen.targets).value;
  const silent = network.layers.map((layer) =>
    layer.spec.activation ? silentShare(layer.preActivation()) : null,
  );
  const unseen = network.forward(test.x, "test");
  return { loss: lossSeen, silent, accuracy: accuracyOf(loss, unseen.data, unseen.columns, test.targets) };
}

/** Shuffled anew for each round; what does not fill a batch waits for no one, as with drop_last. */
function batchesOf({ inputs, targets, count }: Part, shape: Shape, batch: number, seed: number): () => Rows {
  const size = shape.height * shape.width * shape.columns;
  const draw = random(seed, "batches");
  const data = new Float32Array(batch * size);
  const wanted = new Float32Array(batch);
  let order = draw.permutation(count);
  let at = 0;
  return () => {
    if (at + batch > count) {
      order = draw.permutation(count);
      at = 0;
    }
    for (let i = 0; i < batch; i++, at++) {
      const row = order[at]!;
      data.set(inputs.subarray(row * size, (row + 1) * size), i * size);
      wanted[i] = targets[row]!;
    }
    return { x: { data, count: batch, ...shape }, targets: wanted };
  };
}

function firstRows({ inputs, targets, count }: Part, shape: Shape, most: number): Rows {
  const rows = Math.min(count, most);
  const size = inputs.length / count;
  return {
    x: { data: inputs.subarray(0, rows * size), count: rows, ...shape },
    targets: targets.subarray(0, rows),
  };
}
