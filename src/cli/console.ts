/** What a run needs of the process around it, so that it can be tested without one. */
export interface Console {
  /** Standard output and standard error. A write resolves when the next may follow: a slow reader slows the run down. */
  out(text: string | Uint8Array): Promise<void>;
  error(text: string): Promise<void>;
  /** All of the standard input. */
  input?(): Promise<Uint8Array>;
  /** Whether the user wants it to end; asked between files that are written, so that none is left half done. */
  isInterrupted?(): Promise<boolean>;
  readonly colour: boolean;
  /** Whether people see the standard output as it comes. */
  readonly isTerminal?: boolean;
  /** Says that a file more has been read, to who waits at a terminal. */
  progress?(name: string): void;
  /** The program's own file, which workers run as well. Without it there are neither workers nor a cache. */
  readonly program?: string;
  readonly version: string;
}

export type ExitCode = 0 | 1 | 2 | typeof INTERRUPTED;

/** What a shell says of a command that was ended by Ctrl+C. */
export const INTERRUPTED = 130;

export function complain(console: Pick<Console, "error">, message: string): Promise<void> {
  return console.error(`activation-lens: ${oneLine(message)}\n`);
}

/** Names and messages come from files: a line break or an escape sequence in them must not reach the terminal. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
