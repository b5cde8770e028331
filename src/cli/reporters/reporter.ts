import type { Failure } from "../../settings/index.ts";
import type { Command } from "../options.ts";
import type { FileResult, SkippedFile } from "../results/records.ts";

/**
 * Makes the output of one run piece by piece, so that a large tree is printed as it is read and never held in memory.
 * Pure: what it returns is written by the caller.
 */
export interface Reporter {
  /** Before the first file. */
  begin(): string;
  file(result: FileResult): string;
  /** After the last file. */
  end(skipped: readonly SkippedFile[]): string;
  /** Says in its end what was skipped; for the others the command line complains of it. */
  readonly tellsSkipped?: true;
}

/** What formats want to know of the run. */
export interface Report {
  readonly command: Command;
  readonly colour: boolean;
  /** The command line's own. */
  readonly version: string;
  /** From which severity on a finding is a failure. */
  readonly failOn: Failure;
  /** Counts in the place of what was found. */
  readonly statistics: boolean;
}

export const silent: Reporter = { begin: () => "", file: () => "", end: () => "" };
