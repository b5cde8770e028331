/** Files that are none: `check <(make-model)` is read to its end, a device or a pipe without a writer not at all. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { codeOf } from "./find.ts";

/** Without O_NONBLOCK the opening itself would wait for a writer, for ever if there is none. */
export const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const CHUNK = 64 * 1024;
/** Between two looks into a pipe that is empty. */
const PAUSE_MS = 5;

/** @returns its bytes, one chunk over the limit at most; or why it is not read */
export function readPipe(name: string, limit: number): Uint8Array | string {
  const handle = openSync(name, AT_ONCE);
  try {
    const stats = fstatSync(handle);
    if (!stats.isFIFO() && !stats.isFile()) return "cannot be read (it is no file)";
    const chunks: Uint8Array[] = [];
    for (let size = 0; size <= limit; ) {
      const chunk = new Uint8Array(CHUNK);
      const read = readOrWait(handle, chunk);
      if (read === 0)
        return size === 0 && stats.isFIFO()
          ? "cannot be read (nobody writes into it)"
          : Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, read));
      size += read;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(handle);
  }
}

function readOrWait(handle: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(handle, chunk);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
