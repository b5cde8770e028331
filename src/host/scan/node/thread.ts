/** A bundle of its own, which runs in a worker thread of Node: it finds and reads the files of a workspace by itself. */
import { getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { FolderReader } from "../folder.ts";
import type { Reply, Request, ThreadData } from "../messages.ts";
import { lookAt, readAll } from "../reading.ts";
import { nodeFiles } from "./nodeFiles.ts";

// Typing goes first. On Linux 0 means this thread; elsewhere it would be the editor's whole process.
if (process.platform === "linux") {
  try {
    setPriority(0, Math.min(19, getPriority(0) + 5));
  } catch {
    // Not allowed: then as all others.
  }
}

const { tasks } = workerData as ThreadData;
const readers = tasks.map((task) => new FolderReader(task, nodeFiles));

/** Names that are sent at once: the editor's process must not be busy with more. */
const most = 1000;

/** In ms: who says nothing for long is taken for dead. */
const signOfLife = 1000;

const send = (reply: Reply): void => parentPort?.postMessage(reply);

parentPort?.on("message", (request: Request) => {
  const { id } = request;
  answer(request).catch((error) => send({ id, kind: "failed", message: String(error) }));
});

async function answer(request: Request): Promise<void> {
  const { id, folder } = request;
  const reader = readers[folder];
  if (!reader) throw new Error(`there is no folder ${folder}`);
  if (request.kind === "look") return send({ id, kind: "looked", ...(await lookAt(reader, request.paths)) });
  if (request.kind === "read") {
    const read = await readAll(reader, request.paths, 1, () => undefined);
    return send({ id, kind: "read", ...read });
  }
  let files: string[] = [];
  let told = performance.now();
  for await (const some of reader.find()) {
    files.push(...some);
    if (files.length < most && performance.now() - told < signOfLife) continue;
    send({ id, kind: "some", files });
    files = [];
    told = performance.now();
  }
  send({ id, kind: "some", files });
  send({ id, kind: "found" });
}
