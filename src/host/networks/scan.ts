/** Reads many files for networks without standing in anybody's way. Pure: what it reads and shows is given to it. */
import type { Analysis } from "../../engine/index.ts";

export interface ScanTask<File, Loaded> {
  /** null: too large or unreadable. */
  load(file: File): Promise<Loaded | null>;
  analyse(file: File, loaded: Loaded): Analysis;
  found(file: File, analysis: Analysis): void;
  progress(done: number, total: number, networks: number): void;
  isCancelled(): boolean;
  now(): number;
  /** Lets everything else that waits have its turn. */
  pause(): Promise<void>;
}

export interface ScanResult {
  readonly done: number;
  readonly skipped: number;
  readonly files: number;
  readonly networks: number;
}

/** In ms: longer, and a hover or a completion that waits would be felt to. */
const slice = 12;

/** Files that are loaded while another is read: on a remote machine, waiting is most of the time. */
const ahead = 8;

export async function scan<File, Loaded>(
  all: readonly File[],
  task: ScanTask<File, Loaded>,
): Promise<ScanResult> {
  let [done, skipped, files, networks] = [0, 0, 0, 0];
  let start = task.now();
  const load = (file: File) => task.load(file).catch(() => null);
  const loading = all.slice(0, ahead).map(load);
  for (const file of all) {
    if (task.isCancelled()) break;
    const loaded = await loading.shift();
    const next = all[done + ahead];
    if (next !== undefined) loading.push(load(next));
    done++;
    const analysis = loaded == null ? null : task.analyse(file, loaded);
    if (!analysis || analysis.skipped !== undefined) skipped++;
    else if (analysis.networks.length > 0) {
      files++;
      networks += analysis.networks.length;
      task.found(file, analysis);
    }
    if (task.now() - start < slice) continue;
    task.progress(done, all.length, networks);
    await task.pause();
    start = task.now();
  }
  return { done, skipped, files, networks };
}

/** "Found 12 networks in 8 of 340 files. 2 files were skipped." */
export function scanWords(
  { done, skipped, files, networks }: ScanResult,
  total: number,
  isBounded: boolean,
): string {
  const stopped = done < total ? `Stopped after ${done} of ${total} files. ` : "";
  const found =
    networks === 0
      ? `Found no network in ${count(done, "file")}.`
      : `Found ${count(networks, "network")} in ${files} of ${count(done, "file")}.`;
  const left = skipped > 0 ? ` Skipped ${count(skipped, "file")}: too large or unreadable.` : "";
  return (
    stopped +
    found +
    left +
    (isBounded ? ` There are more files; only the first ${total} were looked at.` : "")
  );
}

const count = (value: number, one: string): string => `${value} ${value === 1 ? one : `${one}s`}`;
