import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { codeOf } from "./find.ts";

/**
 * Puts new bytes in the place of a file's, whole or not at all: they are written beside it and renamed. A link keeps
 * leading to the file, which keeps its permissions and its owner.
 * @param before the bytes that the new ones were made from
 * @returns why it was not written; undefined if it was
 */
export function replaceFile(name: string, before: Uint8Array, after: Uint8Array): string | undefined {
  try {
    const file = realpathSync(name);
    const stats = statSync(file);
    const reason = refusal(file, stats) ?? write(file, stats, before, after);
    return reason && `not written: ${reason}`;
  } catch (error) {
    return `not written (${codeOf(error)})`;
  }
}

const ANY_MAY_WRITE = 0o222;

function refusal(file: string, stats: Stats): string | undefined {
  if (!stats.isFile()) return "it is no regular file";
  // A rename would cut the file off from its other names.
  if (stats.nlink > 1) return "it has several names (hard links)";
  // A rename needs no right to write the file itself, and an administrator has every right.
  if ((stats.mode & ANY_MAY_WRITE) === 0) return "it is read-only";
  try {
    accessSync(file, constants.W_OK);
    return undefined;
  } catch {
    return "it is read-only";
  }
}

function write(file: string, stats: Stats, before: Uint8Array, after: Uint8Array): string | undefined {
  // In the same folder: a rename over the border of a file system would copy.
  const aside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  try {
    const handle = openSync(aside, "wx", 0o600);
    try {
      for (let at = 0; at < after.length; ) at += writeSync(handle, after, at);
      keepOwner(handle, stats);
      fchmodSync(handle, stats.mode & 0o7777);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (Buffer.compare(readFileSync(file), before) !== 0) return "it was changed since it was read";
    renameSync(aside, file);
    return undefined;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Only an administrator can give a file away; for all others it is theirs already, or a copy of the group's. */
function keepOwner(handle: number, { uid, gid }: Stats): void {
  try {
    fchownSync(handle, uid, gid);
  } catch {
    // The file then belongs to whoever fixed it, as with every editor that saves by renaming.
  }
}
