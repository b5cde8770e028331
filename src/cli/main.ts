import { once } from "node:events";
import { isMainThread } from "node:worker_threads";
import { version } from "../../package.json";
import { run } from "./run.ts";
import { ProgressLine } from "./work/progress.ts";
import { work } from "./work/worker.ts";

const { stdout, stderr } = process;

/** A reader that has seen enough (`| head`) is no fault: end at once, there is nobody left to write to. */
function endEarly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  stderr.write(`activation-lens: the output cannot be written: ${error.message}\n`);
  process.exit(2);
}

/** Only for who looks at a terminal, and never in the way of what is printed there. */
const progress =
  stderr.isTTY && process.env.TERM !== "dumb"
    ? new ProgressLine(
        (text) => stderr.write(text),
        () => stderr.columns,
      )
    : undefined;

async function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  if (text.length > 0) progress?.clear();
  if (text.length > 0 && !stream.write(text)) await once(stream, "drain");
}

async function input(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

let interrupted: boolean | undefined;

/** Signals come in turns of the event loop; who asks gives them one. Until somebody does, they end the process. */
async function isInterrupted(): Promise<boolean> {
  if (interrupted === undefined) {
    interrupted = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        interrupted = true;
      });
  }
  await new Promise((resolve) => setImmediate(resolve));
  return interrupted;
}

/** A worker runs this same file, so that the command line is one. */
if (!isMainThread) work();
else start();

function start(): void {
  stdout.on("error", endEarly);
  if (progress)
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        progress.clear();
        // Unless somebody waits for a good moment it ends now, as it would without this.
        if (interrupted === undefined) process.kill(process.pid, signal);
      });
  stderr.on("error", () => {}); // Messages that nobody reads must not end the run.
  run(process.argv.slice(2), {
    out: (text) => write(stdout, text),
    error: (text) => write(stderr, text),
    input,
    isInterrupted,
    colour: stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    isTerminal: stdout.isTTY === true,
    ...(progress && { progress: (name: string) => progress.file(name) }),
    version,
    program: __filename,
  }).then(
    (code) => {
      // Not process.exit(): it would cut off what is still on its way to a pipe.
      progress?.clear();
      process.exitCode = code;
    },
    (error: unknown) => {
      process.exitCode = 2;
      stderr.write(`activation-lens: ${error instanceof Error ? error.message : String(error)}\n`);
    },
  );
}
