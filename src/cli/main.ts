import { once } from "node:events";
import { version } from "../../package.json";
import { run } from "./run.ts";

const { stdout, stderr } = process;

/** A reader that has seen enough (`| head`) is no fault: end at once, there is nobody left to write to. */
function endEarly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  stderr.write(`activation-lens: the output cannot be written: ${error.message}\n`);
  process.exit(2);
}

async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text !== "" && !stream.write(text)) await once(stream, "drain");
}

stdout.on("error", endEarly);
stderr.on("error", () => {}); // Messages that nobody reads must not end the run.

run(process.argv.slice(2), {
  out: (text) => write(stdout, text),
  error: (text) => write(stderr, text),
  colour: stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
  version,
}).then(
  (code) => {
    // Not process.exit(): it would cut off what is still on its way to a pipe.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 2;
    stderr.write(`activation-lens: ${error instanceof Error ? error.message : String(error)}\n`);
  },
);
