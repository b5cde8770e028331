/** Trains in the background. Ended by the page with `terminate`, so a run never has to ask whether it is wanted. */
import { loadData } from "../../src/lab/data/shipped.ts";
import { type Experiment, type ExperimentEvent, runExperiment } from "../../src/lab/experiment.ts";
import type { FromWorker, Progress, ToWorker } from "./messages.ts";

/** Between two messages; what the page does with one takes far less. */
const SLICE_MS = 200;

const post = (message: FromWorker): void => postMessage(message);

let isPaused = false;
let resume: (() => void) | undefined;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "start":
      work(data.experiment).catch((error: unknown) =>
        post({ type: "failed", message: error instanceof Error ? error.message : String(error) }),
      );
      break;
    case "pause":
      isPaused = true;
      if (resume) post({ type: "paused" });
      break;
    case "resume":
      isPaused = false;
      resume?.();
      resume = undefined;
  }
});

async function work(experiment: Experiment): Promise<void> {
  const events = runExperiment(experiment, await loadData(experiment.data));
  for (;;) {
    const progress = slice(events);
    post(progress);
    if (progress.done) return;
    // Messages that came in the meantime are read now.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (isPaused) {
      post({ type: "paused" });
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
    }
  }
}

function slice(events: Generator<ExperimentEvent>): Progress {
  const end = performance.now() + SLICE_MS;
  const measured: Progress["measured"][number][] = [];
  const finished: Progress["finished"][number][] = [];
  let steps = 0;
  while (performance.now() < end) {
    const { value, done } = events.next();
    if (done) return { type: "progress", steps, measured, finished, done };
    if (value.type === "step") steps++;
    else if (value.type === "measured") measured.push(value);
    else finished.push(value);
  }
  return { type: "progress", steps, measured, finished, done: false };
}
