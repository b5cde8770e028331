/**
 * Worker threads for many files. One that dies or hangs costs the file that it was at: this is skipped, with the reason,
 * and what is left of its batch goes to a new one.
 */
import { Worker } from "node:worker_threads";
import type { FoundFile } from "../files/find.ts";
import type { Done, WorkOptions } from "./outcome.ts";
import { type Answer, type Batch, READY, SAME, type WorkerData } from "./worker.ts";

/** What is asked of a pool: files, and for some the hash of the content whose outcome is known. */
export interface Task {
  readonly file: FoundFile;
  readonly known?: string;
}

/** What came of it; `same`: its content has the hash that is known. */
export type Result = Done | "same";

/** The longest time that one file may take. The slowest of 17,000 files of site-packages takes a second. */
export const FILE_LIMIT_MS = 60_000;

/** Of the heap of one worker: the largest file that is read takes a third of it. */
const HEAP_MB = 1024;
/** Young objects. With 48 it takes 6 % less of the processor, but two workers 50 MB more (keras and timm). */
const YOUNG_MB = 16;

interface Request {
  readonly tasks: readonly Task[];
  resolve(results: readonly Result[]): void;
}

interface Member {
  readonly worker: Worker;
  readonly progress: Int32Array;
  request: Request | undefined;
  /** Files of its request that were done when it was last looked at, and since when it has been so. */
  seen: number;
  since: number;
  isReady: boolean;
  /** Why it is being ended. */
  reason?: string;
}

export class Pool {
  private readonly members = new Set<Member>();
  private readonly waiting: Request[] = [];
  private watch: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly script: string,
    readonly size: number,
    private readonly options: WorkOptions,
    /** For a system that has no workers to give. */
    private readonly here: (task: Task) => Result,
    public limitMs = FILE_LIMIT_MS,
  ) {}

  run(tasks: readonly Task[]): Promise<readonly Result[]> {
    return new Promise((resolve) => {
      this.waiting.push({ tasks, resolve });
      this.deal();
    });
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.watch);
    for (const { worker } of this.members) void worker.terminate();
  }

  private deal(): void {
    while (this.waiting.length > 0 && !this.isClosed) {
      const idle = [...this.members].find(({ request }) => !request);
      const member = idle ?? (this.members.size < this.size ? this.start() : undefined);
      const request = member && this.waiting.shift();
      if (!member || !request) return;
      this.give(member, request);
    }
  }

  private start(): Member {
    const progress = new Int32Array(new SharedArrayBuffer(4));
    const workerData: WorkerData = { options: this.options, progress };
    const worker = new Worker(this.script, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const member: Member = { worker, progress, request: undefined, seen: 0, since: 0, isReady: false };
    this.members.add(member);
    worker.on("message", (answer: Answer) => this.take(member, answer));
    worker.on("error", (error: NodeJS.ErrnoException) => {
      member.reason ??=
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "it takes too much memory"
          : `it ends the worker: ${error.message}`;
    });
    worker.on("exit", () => this.replace(member));
    this.watch ??= setInterval(() => this.look(), Math.min(1000, this.limitMs / 4)).unref();
    return member;
  }

  private give(member: Member, request: Request): void {
    member.request = request;
    member.seen = 0;
    member.since = performance.now();
    Atomics.store(member.progress, 0, 0);
    const { tasks } = request;
    const batch: Batch = { files: tasks.map(({ file }) => file), known: tasks.map(({ known }) => known) };
    member.worker.postMessage(batch);
  }

  private take(member: Member, answer: Answer): void {
    if (answer === READY) {
      member.isReady = true;
      member.since = performance.now();
      return;
    }
    const { request } = member;
    member.request = undefined;
    request?.resolve(answer.map((done) => (done === SAME ? "same" : done)));
    this.deal();
  }

  private look(): void {
    const now = performance.now();
    for (const member of this.members) {
      const done = Atomics.load(member.progress, 0);
      // One that isn't ready waits for its turn on a busy machine.
      if (!member.request || !member.isReady || done !== member.seen) {
        member.seen = done;
        member.since = now;
      } else if (now - member.since > this.limitMs) {
        member.reason = `it takes longer than ${this.limitMs / 1000} s`;
        void member.worker.terminate();
      }
    }
  }

  private replace(member: Member): void {
    this.members.delete(member);
    const { request, progress, reason = "it ends the worker", isReady } = member;
    if (!request || this.isClosed) return;
    if (isReady) this.waiting.unshift(...apart(request, Atomics.load(progress, 0), reason));
    else request.resolve(request.tasks.map(this.here));
    this.deal();
  }
}

/** What is before the file that failed, whose outcomes are lost with the worker, and what is behind it. */
function apart({ tasks, resolve }: Request, at: number, reason: string): Request[] {
  const parts = [tasks.slice(0, at), tasks.slice(at + 1)];
  const done: (readonly Result[])[] = [[], []];
  let open = parts.filter((part) => part.length > 0).length;
  if (open === 0) resolve([failed(reason)]);
  return parts.flatMap((part, index) => {
    const settle = (own: readonly Result[]) => {
      done[index] = own;
      open -= 1;
      if (open === 0) resolve([...(done[0] ?? []), failed(reason), ...(done[1] ?? [])]);
    };
    return part.length > 0 ? [{ tasks: part, resolve: settle }] : [];
  });
}

const failed = (reason: string): Done => ({ outcome: `analysis failed: ${reason}` });
