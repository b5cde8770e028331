/** The folder that a cache is in: marked so that nobody saves or commits it, and kept small. */
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where it is if nobody says otherwise: below the folder that the command runs in. */
export const CACHE_FOLDER = ".activation-lens-cache";

/** https://bford.info/cachedir/: programs that save files leave such folders out. */
const TAG = "CACHEDIR.TAG";
const SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Caches of other versions and options are kept so long after they were last written. */
const UNUSED_DAYS = 14;
const MOST_BYTES = 500_000_000;

export function mark(place: string): void {
  const tag = path.join(place, TAG);
  if (existsSync(tag)) return;
  writeFileSync(path.join(place, ".gitignore"), "*\n");
  writeFileSync(tag, `${SIGNATURE}\n# A cache of activation-lens. It may be deleted at any time.\n`);
}

/** Once a day: what has not been used for long, and all of it if it has grown too large. */
export function prune(place: string, used: string, now: number): void {
  try {
    const tag = path.join(place, TAG);
    const time = new Date(now);
    utimesSync(used, time, time);
    const last = path.join(place, "pruned");
    if (existsSync(last) && now - statSync(last).mtimeMs < DAY_MS) return;
    if (!existsSync(tag)) return;
    writeFileSync(last, "");
    for (const name of readdirSync(place)) {
      const folder = path.join(place, name);
      if (!/^[0-9a-f]{16}$/.test(name)) continue;
      const isOld = now - statSync(folder).mtimeMs > UNUSED_DAYS * DAY_MS;
      if (isOld || sizeOf(folder) > MOST_BYTES) rmSync(folder, { recursive: true, force: true });
      else sweep(folder, now);
    }
  } catch {
    // Another process is at it, or the folder is gone: the next run will see.
  }
}

/** What a killed process has left aside, and files of folders that have not been looked at for long. */
function sweep(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const age = now - statSync(file).mtimeMs;
    if ((name.includes(".") && age > DAY_MS) || age > 90 * DAY_MS) rmSync(file, { force: true });
  }
}

const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);

/** @returns whether there was one */
export function clean(place: string): boolean {
  // Nothing is deleted that is not surely a cache.
  if (!existsSync(path.join(place, TAG))) return false;
  rmSync(place, { recursive: true, force: true });
  return true;
}
