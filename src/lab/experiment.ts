/** Several variants, several seeds: as plain data, and its run as a generator. */
import type { InputScale } from "../engine/model.ts";
import { type Dataset, prepare, type Split } from "./data/dataset.ts";
import type { DataId } from "./data/infos.ts";
import { type Measured, type Run, type TrainEvent, train } from "./train.ts";
import type { Variant } from "./variants.ts";

export interface Experiment {
  readonly title: string;
  readonly data: DataId;
  readonly scale: InputScale;
  readonly standardiseTargets: boolean;
  readonly truncates: boolean;
  /** The first is what the others are compared with. */
  readonly variants: readonly Variant[];
  readonly seeds: number;
  readonly steps: number;
  /** What is not as in the code, or was assumed. */
  readonly notes: readonly string[];
}

export interface Finished {
  readonly variant: number;
  readonly seed: number;
  readonly run: Run;
}

export type ExperimentEvent =
  | {
      readonly type: "measured";
      readonly variant: number;
      readonly seed: number;
      readonly measured: Measured;
    }
  | { readonly type: "step"; readonly variant: number; readonly seed: number; readonly step: number }
  | ({ readonly type: "finished" } & Finished);

/** Points of a curve. */
const POINTS = 15;

/** Seed by seed, so that every variant has as many runs as the others whenever it is stopped. */
export function* runExperiment(experiment: Experiment, data: Dataset): Generator<ExperimentEvent> {
  const splits = new Map<InputScale, Split>();
  const splitFor = (scale: InputScale) => {
    const made = splits.get(scale) ?? prepare(data, scale, experiment.standardiseTargets);
    splits.set(scale, made);
    return made;
  };
  const { steps, truncates, variants } = experiment;
  for (let seed = 0; seed < experiment.seeds; seed++) {
    for (const [variant, { spec, scale }] of variants.entries()) {
      const options = { seed, truncates, steps, every: Math.max(1, Math.round(steps / POINTS)) };
      const events = train(spec, data.shape, splitFor(scale ?? experiment.scale), options);
      yield* one(events, variant, seed);
    }
  }
}

function* one(events: Generator<TrainEvent>, variant: number, seed: number): Generator<ExperimentEvent> {
  const all: Measured[] = [];
  let divergedAt: number | null = null;
  for (const event of events) {
    switch (event.type) {
      case "measured":
        all.push(event.measured);
        yield { ...event, variant, seed };
        break;
      case "step":
        yield { type: "step", variant, seed, step: event.step };
        break;
      case "diverged":
        divergedAt = event.step;
    }
  }
  yield { type: "finished", variant, seed, run: { measured: all, divergedAt } };
}

export const stepsOf = ({ variants, seeds, steps }: Experiment): number => variants.length * seeds * steps;
