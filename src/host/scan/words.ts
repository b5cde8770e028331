/** What is said of a scan. Pure. */
import { plural } from "../words.ts";

export interface ScanState {
  /** `stopped`: by the user; what was found until then is known. */
  readonly kind: "none" | "running" | "done" | "stopped";
  readonly read: number;
  readonly total: number;
  /** Too large or unreadable. */
  readonly skipped: number;
  /** Files and networks that are known. */
  readonly files: number;
  readonly networks: number;
}

export const noScan: ScanState = { kind: "none", read: 0, total: 0, skipped: 0, files: 0, networks: 0 };

/** "Found 12 networks in 8 of 340 files. Skipped 2 files: too large or unreadable." */
export function scanWords({ kind, read, total, skipped, files, networks }: ScanState): string {
  const stopped = kind === "stopped" ? `Stopped after ${read} of ${total} files. ` : "";
  const found =
    networks === 0
      ? `Found no network in ${plural(read, "file")}.`
      : `Found ${plural(networks, "network")} in ${files} of ${plural(read, "file")}.`;
  const left = skipped > 0 ? ` Skipped ${plural(skipped, "file")}: too large or unreadable.` : "";
  return stopped + found + left;
}

export const progressWords = ({ read, total, networks }: ScanState): string =>
  total === 0 ? "looking for files" : `${read} of ${plural(total, "file")}, ${plural(networks, "network")}`;
