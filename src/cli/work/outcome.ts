/** One file -> what is said of it. Pure but for the reading; the same in this process and in a worker. */
import { createHash } from "node:crypto";
import { analyze, analyzeSites } from "../../engine/index.ts";
import type { FoundFile } from "../files/find.ts";
import { type Analyse, analysed, isTelling, type LoadOptions, read } from "../files/load.ts";
import type { Command } from "../options.ts";
import { resultOf } from "../results/contract.ts";
import { placesOf } from "../results/places.ts";
import type { FileResult } from "../results/records.ts";

/** A file's result, or why there is none; `undefined`: nobody asked for it, and it has nothing to do with networks. */
export type Outcome = FileResult | string | undefined;

export interface WorkOptions extends LoadOptions {
  readonly command: Command;
  /** Whether the contents' hashes are wanted, for a cache. */
  readonly hashes: boolean;
}

export interface Done {
  readonly outcome: Outcome;
  /** Of the bytes that it is about; undefined where it is about something else, such as a right to read. */
  readonly hash?: string;
}

/** What a command has to know of a file. */
export const analyserOf = (command: Command): Analyse => (command === "sites" ? analyzeSites : analyze);

export const hashOf = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("base64");

export function outcomeOf(
  found: FoundFile,
  options: WorkOptions,
  analyse: Analyse,
  /** The outcome of the same bytes, where it is known. */
  known?: (hash: string) => Done | undefined,
): Done {
  const content = read(found);
  if (content === undefined || typeof content === "string") return { outcome: content };
  const { bytes } = content;
  const hash = options.hashes ? hashOf(bytes) : undefined;
  const before = hash === undefined ? undefined : known?.(hash);
  if (before) return before;
  if (!isTelling(found, bytes)) return done(resultOf(options.command, nothingIn(found.name)), hash);
  const file = analysed(found, bytes, options, analyse);
  // What went wrong may go right the next time.
  if (typeof file === "string") return { outcome: file };
  return done(file && resultOf(options.command, file), hash);
}

const done = (outcome: Outcome, hash: string | undefined): Done =>
  hash === undefined ? { outcome } : { outcome, hash };

const nowhere = placesOf("");
const nothingIn = (name: string) => ({
  name,
  places: nowhere,
  analysis: { path: name, sites: [], networks: [], findings: [] },
});
