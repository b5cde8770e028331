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
}

export const silent: Reporter = { begin: () => "", file: () => "", end: () => "" };
