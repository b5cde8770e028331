/** `--output-file`: what a run prints goes to a file, which takes its place whole at the end, or not at all. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { type Console, complain, type ExitCode, INTERRUPTED } from "../console.ts";
import { codeOf } from "./find.ts";

/** Bytes that are gathered before they are written. */
const CHUNK = 64 * 1024;

class Interrupted extends Error {}
class NotWritten extends Error {}

/** Runs `work` with a standard output that is the file; without a name with the console itself. */
export async function intoFile(
  name: string | undefined,
  console: Console,
  work: (console: Console) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (name === undefined) return work(console);
  let output: OutputFile | undefined;
  try {
    output = new OutputFile(name);
    const file = output;
    const code = await work({
      ...console,
      colour: false,
      async out(text) {
        // Ctrl+C waits until here, so that nothing is left beside the file.
        if (await console.isInterrupted?.()) throw new Interrupted();
        file.write(text);
      },
    });
    if (code !== INTERRUPTED) output.commit();
    return code;
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED;
    if (!(error instanceof NotWritten)) throw error;
    await complain(console, `${name}: not written (${error.message})`);
    return 2;
  } finally {
    output?.close();
  }
}

/** Text in the place of a file's, whole or not at all. @returns why it was not written; undefined if it was */
export function writeWhole(name: string, text: string): string | undefined {
  let output: OutputFile | undefined;
  try {
    output = new OutputFile(name);
    output.write(text);
    output.commit();
    return undefined;
  } catch (error) {
    if (error instanceof NotWritten) return `not written (${error.message})`;
    throw error;
  } finally {
    output?.close();
  }
}

/** Written beside its place, and renamed. A device or a pipe has no place to take: it is written to as it comes. */
class OutputFile {
  private readonly target: string;
  private readonly aside: string | undefined;
  private readonly mode: number | undefined;
  private handle: number | undefined;
  private waiting: Uint8Array[] = [];
  private size = 0;

  constructor(name: string) {
    const stats = attempt(() => statSync(name, { throwIfNoEntry: false }));
    if (stats?.isDirectory()) throw new NotWritten("it is a folder");
    const isPlaced = stats === undefined || stats.isFile();
    this.target = stats?.isFile() ? realpathSync(name) : name;
    this.mode = stats && stats.mode & 0o7777;
    this.aside = isPlaced
      ? path.join(
          path.dirname(this.target),
          `.${path.basename(this.target)}.${randomBytes(6).toString("hex")}`,
        )
      : undefined;
    this.handle = attempt(() => openSync(this.aside ?? name, this.aside === undefined ? "w" : "wx"));
  }

  write(text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= CHUNK) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    this.size = 0;
    attempt(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.handle as number, bytes, at);
    });
  }

  commit(): void {
    this.flush();
    const { handle, aside, mode } = this;
    if (handle === undefined || aside === undefined) return;
    attempt(() => {
      if (mode !== undefined) fchmodSync(handle, mode);
      fsyncSync(handle);
      renameSync(aside, this.target);
    });
  }

  /** Without `commit` nothing is left. */
  close(): void {
    if (this.handle !== undefined) closeSync(this.handle);
    this.handle = undefined;
    if (this.aside !== undefined) rmSync(this.aside, { force: true });
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new NotWritten(codeOf(error));
  }
}
