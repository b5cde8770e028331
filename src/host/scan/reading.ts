/** What both readers do with a list of paths. Pure. */
import type { FolderReader, Loaded } from "./folder.ts";
import type { Looked, ReadFiles } from "./messages.ts";
import type { ScannedFile } from "./record.ts";

export async function lookAt(reader: FolderReader, paths: readonly string[]): Promise<Looked> {
  const files: string[] = [];
  const gone: string[] = [];
  for (const path of paths) {
    const there = await reader.look(path);
    if (there) files.push(...there);
    else gone.push(path);
  }
  return { files, gone };
}

/**
 * @param ahead files that are loaded while another is read
 * @param turn lets everything else that waits have its turn
 */
export async function readAll(
  reader: FolderReader,
  paths: readonly string[],
  ahead: number,
  turn: () => Promise<void> | undefined,
): Promise<ReadFiles> {
  const found: ScannedFile[] = [];
  const errors: string[] = [];
  let skipped = 0;
  const loading = paths.slice(0, ahead).map((path) => reader.load(path));
  for (const [at, path] of paths.entries()) {
    const loaded = await loading.shift();
    const next = paths[at + ahead];
    if (next !== undefined) loading.push(reader.load(next));
    await turn();
    const outcome = loaded && analysed(reader, loaded, (reason) => errors.push(`${path}: ${reason}`));
    if (outcome === null || loaded === null) skipped++;
    else if (outcome) found.push(outcome);
  }
  return { found, skipped, errors };
}

function analysed(reader: FolderReader, loaded: Loaded, failed: (reason: string) => void) {
  try {
    return reader.analyse(loaded);
  } catch (error) {
    failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return null;
  }
}
