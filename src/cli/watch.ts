/** `--watch`: the run again whenever a file below its paths changes, until Ctrl+C. */
import { type FSWatcher, watch as observe, statSync } from "node:fs";
import path from "node:path";
import { type Console, complain, type ExitCode } from "./console.ts";
import { CACHE_FOLDER } from "./work/cacheFolder.ts";

/**
 * A change that no run can be about: hidden files and folders, what other programs keep beside the sources, and the cache,
 * by which each run would begin the next.
 * @param name below `folder`, as is everything that is watched there
 */
export function isOutside(folder: string, name: string, cacheFolder: string): boolean {
  const parts = name.split(/[\\/]/);
  if (parts.some((part) => part.startsWith(".") || part === "node_modules" || part === "__pycache__"))
    return true;
  const [file, cache] = [path.resolve(folder, name), path.resolve(cacheFolder)];
  return file === cache || file.startsWith(cache + path.sep);
}

const CLEAR = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Changes that come during a run are answered by one more, so that the last state is always the one that is told; many at
 * once, as of a checkout, by one.
 * @param again the run; what has not changed comes from the cache
 */
export async function watch(
  paths: readonly string[],
  console: Console,
  again: () => Promise<ExitCode>,
  cacheFolder: string = CACHE_FOLDER,
): Promise<ExitCode> {
  let wake: () => void = () => {};
  let isChanged = false;
  const watchers: FSWatcher[] = [];
  for (const given of paths) {
    try {
      const recursive = statSync(given).isDirectory();
      // Editors put a new file in the place of the old one: what stays is the folder.
      const watcher = observe(recursive ? given : path.dirname(given), { recursive }, (_, name) => {
        if (
          name !== null &&
          (recursive ? isOutside(given, name, cacheFolder) : name !== path.basename(given))
        )
          return;
        isChanged = true;
        wake();
      });
      watcher.on("error", () => {}); // A folder that goes away has no more changes.
      watchers.push(watcher);
    } catch (error) {
      await complain(
        console,
        `${given} cannot be watched: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (watchers.length === 0) return 2;
  for (;;) {
    isChanged = false;
    if (console.isTerminal) await console.out(CLEAR);
    await again();
    await complain(console, "watching for changes; Ctrl+C ends it");
    if (!isChanged)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
