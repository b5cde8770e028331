/**
 * Files in the order in which they are found, each with its outcome: from the cache, from this process, or from workers
 * once there is so much to do that they pay. What is ahead is bounded, so memory doesn't grow with the tree.
 */
import type { Found, FoundFile } from "../files/find.ts";
import type { Analyse } from "../files/load.ts";
import type { Cache } from "./cache.ts";
import { type Done, type Outcome, outcomeOf, type WorkOptions } from "./outcome.ts";
import { Pool, type Result, type Task } from "./pool.ts";

export interface Work {
  readonly options: WorkOptions;
  readonly analyse: Analyse;
  readonly jobs: number;
  /** The program that a worker runs; without it there are none. */
  readonly script?: string | undefined;
  readonly cache?: Cache | undefined;
}

export type Item = { readonly found: Found; readonly outcome?: Outcome };

/** A worker takes about this long to start; so short a run never waits for one. */
const ALONE_MS = 120;
/** What may not run where nobody can end it. */
const LARGEST_ALONE = 200_000;

const BATCH_FILES = 48;
const BATCH_BYTES = 1_000_000;
/** Batches of each worker that are asked for before the first of them is reported. */
const AHEAD = 6;

export async function* workThrough(founds: Iterator<Found>, work: Work): AsyncGenerator<Item> {
  const alone = new Alone(work);
  const start = performance.now();
  let pool: Pool | undefined;
  const batches: Promise<readonly Item[]>[] = [];
  const canShare = work.script !== undefined && work.jobs > 1;
  try {
    for (let next = founds.next(); ; ) {
      while (!next.done && !pool) {
        const found = next.value;
        if (found.kind === "file" && canShare && alone.isTooMuch(found, start)) {
          pool = new Pool(work.script as string, work.jobs, work.options, (task) => alone.done(task));
          break;
        }
        yield { found, ...(found.kind === "file" && { outcome: alone.take(found) }) };
        next = founds.next();
      }
      if (!pool) return;
      while (!next.done && batches.length < work.jobs * AHEAD) {
        const batch = new Batch();
        for (; !next.done && !batch.isFull; next = founds.next()) batch.add(next.value, work.cache);
        batches.push(batch.outcomes(pool, work.cache));
      }
      const items = await batches.shift();
      if (!items) return;
      yield* items;
    }
  } finally {
    pool?.close();
  }
}

/** This process, file by file. */
class Alone {
  constructor(private readonly work: Work) {}

  isTooMuch(found: FoundFile, start: number): boolean {
    if (this.work.cache?.fresh(found)) return false;
    return found.size > LARGEST_ALONE || performance.now() - start > ALONE_MS;
  }

  take(file: FoundFile): Outcome {
    const { cache } = this.work;
    const fresh = cache?.fresh(file);
    if (fresh) return fresh.outcome;
    const known = cache?.hash(file);
    return settled(file, this.done({ file, ...(known !== undefined && { known }) }), cache);
  }

  done({ file, known }: Task): Result {
    let isSame = false;
    const done = outcomeOf(file, this.work.options, this.work.analyse, (hash) => {
      isSame = hash === known;
      return isSame ? { outcome: undefined } : undefined;
    });
    return isSame ? "same" : done;
  }
}

class Batch {
  private readonly items: { readonly found: Found; fresh?: Done; task?: Task }[] = [];
  private bytes = 0;
  private open = 0;

  get isFull(): boolean {
    return this.open >= BATCH_FILES || this.bytes >= BATCH_BYTES || this.items.length >= 20 * BATCH_FILES;
  }

  add(found: Found, cache: Cache | undefined): void {
    if (found.kind !== "file") {
      this.items.push({ found });
      return;
    }
    const fresh = cache?.fresh(found);
    if (fresh) {
      this.items.push({ found, fresh });
      return;
    }
    const known = cache?.hash(found);
    this.items.push({ found, task: { file: found, ...(known !== undefined && { known }) } });
    this.open += 1;
    this.bytes += found.size;
  }

  async outcomes(pool: Pool, cache: Cache | undefined): Promise<readonly Item[]> {
    const tasks = this.items.flatMap(({ task }) => task ?? []);
    const results = tasks.length > 0 ? await pool.run(tasks) : [];
    let at = 0;
    return this.items.map(({ found, fresh, task }) => {
      if (task) return { found, outcome: settled(task.file, results[at++] as Result, cache) };
      return fresh ? { found, outcome: fresh.outcome } : { found };
    });
  }
}

function settled(file: FoundFile, result: Result, cache: Cache | undefined): Outcome {
  if (result === "same") return cache?.confirm(file)?.outcome;
  cache?.add(file, result);
  return result.outcome;
}
