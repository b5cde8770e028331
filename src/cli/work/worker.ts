/** A worker: files in, outcomes out, a batch at a time. It reads the files itself, so that no text is copied. */
import { parentPort, workerData } from "node:worker_threads";
import type { FoundFile } from "../files/find.ts";
import { analyserOf, type Done, outcomeOf, type WorkOptions } from "./outcome.ts";

export interface WorkerData {
  readonly options: WorkOptions;
  /** One number that the other side reads: how many files of the batch are done. */
  readonly progress: Int32Array;
}

export interface Batch {
  readonly files: readonly FoundFile[];
  /** Hashes of contents whose outcome is known, by index: an outcome that is the same is not sent. */
  readonly known?: readonly (string | undefined)[];
}

/** First that it has started, then the outcomes of each batch. */
export type Answer = typeof READY | readonly (Done | typeof SAME)[];

export function work(): void {
  const { options, progress } = workerData as WorkerData;
  const analyse = analyserOf(options.command);
  parentPort?.on("message", ({ files, known }: Batch) => {
    const answers: (Done | typeof SAME)[] = [];
    for (const [index, file] of files.entries()) {
      const hash = known?.[index];
      const same: Done = { outcome: SAME };
      const done = outcomeOf(file, options, analyse, (own) => (own === hash ? same : undefined));
      answers.push(done === same ? SAME : done);
      Atomics.store(progress, 0, index + 1);
    }
    parentPort?.postMessage(answers satisfies Answer);
  });
  parentPort?.postMessage(READY satisfies Answer);
}

export const READY = "ready";

/** Stands for the outcome that the other side knows. */
export const SAME = "=";
