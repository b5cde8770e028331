/**
 * The one door to Node: worker threads, where the extension host has them. In a web worker there are none, and nothing
 * of Node is asked for.
 */
import type { Worker } from "node:worker_threads";
import type { FolderTask } from "./folder.ts";
import type { Looked, Question, Reader, ReadFiles, Reply, Request, ThreadData } from "./messages.ts";

type Threads = typeof import("node:worker_threads");

declare const require: ((name: string) => unknown) | undefined;
declare const process: { readonly versions?: { readonly node?: string } } | undefined;

function threads(): Threads | undefined {
  if (typeof process !== "object" || process.versions?.node === undefined) return undefined;
  if (typeof require !== "function") return undefined;
  try {
    // The name is kept from the bundler, which would look for it.
    const name = "node:worker_threads";
    return require(name) as Threads;
  } catch {
    return undefined;
  }
}

export const hasThreads = (): boolean => threads() !== undefined;

/** A batch that takes longer hangs: the slowest of 17,000 files of site-packages takes a second. */
const longest = 60_000;

/** An idle thread is ended: it holds 50 MB. */
const idle = 20_000;

/** Of the heap of the thread. A larger space for young objects makes it no faster, and is held. */
const resourceLimits = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 16 };

interface Open {
  readonly some: (files: readonly string[]) => void;
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** One thread for all folders, started when it is asked something. If it dies, what is open fails, and the next starts anew. */
export class Thread {
  private worker: Worker | undefined;
  private readonly open = new Map<number, Open>();
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly script: string,
    private readonly tasks: readonly FolderTask[],
  ) {}

  readerOf(folder: number): Reader {
    const ask = (question: Question, some: Open["some"] = () => undefined) =>
      this.ask(folder, question, some);
    return {
      findFiles: async (found) => void (await ask({ kind: "find" }, found)),
      look: async (paths) => (await ask({ kind: "look", paths })) as Reply & Looked,
      read: async (paths) => (await ask({ kind: "read", paths })) as Reply & ReadFiles,
    };
  }

  private ask(folder: number, question: Question, some: Open["some"]): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      this.open.set(id, { some, resolve, reject });
      const request: Request = { id, folder, ...question };
      this.start().postMessage(request);
      this.watch(longest, "it takes too long");
    });
  }

  private start(): Worker {
    if (this.worker) return this.worker;
    const node = threads();
    if (!node) throw new Error("this extension host has no threads");
    const workerData: ThreadData = { tasks: this.tasks };
    const worker = new node.Worker(this.script, { workerData, resourceLimits });
    worker.on("message", (reply: Reply) => this.take(reply));
    worker.on("error", (error: Error) => this.end(worker, error.message));
    worker.on("exit", () => this.end(worker, "the thread ended"));
    this.worker = worker;
    return worker;
  }

  private take(reply: Reply): void {
    const open = this.open.get(reply.id);
    if (reply.kind === "some") open?.some(reply.files);
    else {
      this.open.delete(reply.id);
      if (reply.kind === "failed") open?.reject(new Error(reply.message));
      else open?.resolve(reply);
    }
    if (this.open.size > 0) this.watch(longest, "it takes too long");
    else this.watch(idle, "it has nothing to do");
  }

  private watch(ms: number, reason: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.worker && this.end(this.worker, reason), ms);
  }

  private end(worker: Worker, reason: string): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    clearTimeout(this.timer);
    void worker.terminate();
    const left = [...this.open.values()];
    this.open.clear();
    for (const { reject } of left) reject(new Error(reason));
  }

  dispose(): void {
    if (this.worker) this.end(this.worker, "it was stopped");
  }
}
