/** A run of an experiment in its worker, as the page sees it. */
import type { Experiment, Finished } from "../../src/lab/experiment.ts";
import type { Measured } from "../../src/lab/train.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

export interface RunState {
  readonly experiment: Experiment;
  /** "pausing": asked for, and the worker has not said yet that it rests. */
  readonly status: "running" | "pausing" | "paused" | "done" | "cancelled" | "failed";
  readonly steps: number;
  /** By variant and seed. */
  readonly curves: readonly (readonly (readonly Measured[])[])[];
  readonly finished: readonly Finished[];
  readonly message?: string;
}

export interface LabRun {
  pause(): void;
  resume(): void;
  cancel(): void;
}

export const isHeld = ({ status }: RunState): boolean => status === "pausing" || status === "paused";
export const isUnderWay = (state: RunState): boolean => state.status === "running" || isHeld(state);

/** `makeWorker`: how a worker is had is the page's business (a blob in a webview). */
export function startRun(
  experiment: Experiment,
  makeWorker: () => Promise<Worker>,
  onChange: (state: RunState) => void,
): LabRun {
  let state: RunState = {
    experiment,
    status: "running",
    steps: 0,
    curves: experiment.variants.map(() => Array.from({ length: experiment.seeds }, () => [])),
    finished: [],
  };
  let worker: Worker | undefined;
  const set = (change: Partial<RunState>) => {
    state = { ...state, ...change };
    onChange(state);
  };
  const end = (change: Partial<RunState>) => {
    worker?.terminate();
    worker = undefined;
    set(change);
  };
  const isOver = () => !isUnderWay(state);
  const tell = (message: ToWorker) => worker?.postMessage(message);

  makeWorker().then(
    (made) => {
      if (isOver()) return made.terminate();
      worker = made;
      made.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
        if (isOver()) return;
        if (data.type === "failed") return end({ status: "failed", message: data.message });
        if (data.type === "paused") {
          if (state.status === "pausing") set({ status: "paused" });
          return;
        }
        const curves = state.curves.map((seeds) => [...seeds]);
        for (const { variant, seed, measured } of data.measured) {
          curves[variant]![seed] = [...(curves[variant]![seed] ?? []), measured];
        }
        const finished = [...state.finished, ...data.finished];
        const next = { steps: state.steps + data.steps, curves, finished };
        if (data.done) end({ ...next, status: "done" });
        else set(next);
      });
      made.addEventListener("error", (event) => end({ status: "failed", message: event.message }));
      tell({ type: "start", experiment });
      if (state.status === "pausing") tell({ type: "pause" });
    },
    (error: unknown) => end({ status: "failed", message: String(error) }),
  );
  onChange(state);
  return {
    pause() {
      if (state.status !== "running") return;
      tell({ type: "pause" });
      set({ status: "pausing" });
    },
    resume() {
      if (!isHeld(state)) return;
      tell({ type: "resume" });
      set({ status: "running" });
    },
    cancel() {
      if (!isOver()) end({ status: "cancelled" });
    },
  };
}
