/** What the lab's page and its worker tell each other. */
import type { Experiment, Finished } from "../../src/lab/experiment.ts";
import type { Measured } from "../../src/lab/train.ts";

export type ToWorker =
  | { readonly type: "start"; readonly experiment: Experiment }
  | { readonly type: "pause" }
  | { readonly type: "resume" };

/** What happened since the last message: one for each slice of work, so that the page draws a few times a second. */
export interface Progress {
  readonly type: "progress";
  /** Steps of all runs together. */
  readonly steps: number;
  readonly measured: readonly {
    readonly variant: number;
    readonly seed: number;
    readonly measured: Measured;
  }[];
  readonly finished: readonly Finished[];
  readonly done: boolean;
}

export type FromWorker =
  | Progress
  /** It rests: nothing comes until it is resumed. Said again whenever it is asked to pause. */
  | { readonly type: "paused" }
  | { readonly type: "failed"; readonly message: string };
