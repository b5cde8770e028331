/** What the command line says of how the work is done: nothing of it changes what is found. */
import { STDIN } from "../files/find.ts";
import type { OptionTable, Parsed } from "../table.ts";
import { wholeOf } from "../values.ts";
import { CACHE_FOLDER } from "./cacheFolder.ts";

export const workTable = {
  watch: { type: "boolean", default: false, help: "run again whenever a file changes, until Ctrl+C" },
  jobs: {
    type: "string",
    value: "NUMBER",
    help: "how many files are analysed at once (default: one for each processor)",
  },
  "cache-dir": {
    type: "string",
    value: "FOLDER",
    values: "folder",
    help: `where results are kept for the next run (default: ${CACHE_FOLDER})`,
  },
  "no-cache": { type: "boolean", default: false, help: "neither use nor keep results of other runs" },
} as const satisfies OptionTable;

export interface WorkGiven {
  /** How many files are analysed at once; unless given, one for each processor. */
  readonly jobs?: number;
  /** Where outcomes are kept for the next run; unless given, in a folder of its own. */
  readonly cacheFolder?: string;
  /** Neither use nor keep them. */
  readonly noCache?: true;
  /** Run again whenever something changes. */
  readonly watch?: true;
}

/** @param unwatchable an option that was given and does not go with `--watch` */
export function workBy(
  values: Parsed<typeof workTable>,
  paths: readonly string[],
  unwatchable: string | undefined,
): WorkGiven {
  const { watch, jobs, "cache-dir": cacheFolder, "no-cache": noCache } = values;
  if (watch && paths.includes(STDIN)) throw new Error("the standard input cannot be watched");
  if (watch && unwatchable !== undefined)
    throw new Error(`--watch tells what is found: it goes without ${unwatchable}`);
  if (cacheFolder === "") throw new Error("--cache-dir needs the name of a folder");
  return {
    ...(jobs !== undefined && { jobs: wholeOf("--jobs", jobs, MOST_JOBS) }),
    ...(cacheFolder !== undefined && { cacheFolder }),
    ...(noCache && { noCache }),
    ...(watch && { watch }),
  };
}

/** More threads than this no machine runs at once that anybody checks code on. */
const MOST_JOBS = 256;
