/** A file that was found -> its analysis. */
import { readFileSync } from "node:fs";
import {
  type Analysis,
  type AnalyzeOptions,
  type Language,
  LONGEST_TEXT,
  mayBeWorthReading,
  type SourceFile,
} from "../../engine/index.ts";
import type { AnalysedFile } from "../results/contract.ts";
import { placesOf } from "../results/places.ts";
import { decode, isPlain } from "./decode.ts";
import { codeOf, type FoundFile } from "./find.ts";
import { AT_ONCE, readPipe } from "./pipe.ts";

/** An analysed file with what it was read from. */
export interface LoadedFile extends AnalysedFile {
  readonly source: SourceFile;
  readonly bytes: Uint8Array;
  /** What its analysis was told, and one of its text after fixes has to be told. */
  readonly rules: AnalyzeOptions;
  readonly isStdin?: true;
}

export type Analyse = (file: SourceFile, options: AnalyzeOptions) => Analysis;

export interface LoadOptions {
  /** Only sites whose name resolves to a known framework symbol. */
  readonly certain: boolean;
}

const MB = 1024 * 1024;

/** Larger files are data or generated, and would hold up the rest. Of a notebook most is outputs, which cost little. */
const largest = (language: Language): number => (language === "notebook" ? 256 * MB : 10 * MB);

/** A configuration that a folder search comes across: a model's is small, a larger one is data. */
const largestPassing = MB;

/** What is in a file, or why it is not read; `undefined`: that it is not read is no news. */
type Read = { readonly bytes: Uint8Array } | string | undefined;

/** Whether a folder search that comes across it says nothing of it where there is nothing to say. */
const isConfig = ({ language }: FoundFile) => !["python", "notebook", "javascript"].includes(language);

/** Bundles and data lie in most folders: that they are not read is no news. */
const refused = ({ given, language }: FoundFile, reason: string): string | undefined =>
  given || language === "python" || language === "notebook" ? reason : undefined;

export function read(found: FoundFile, stdin?: Uint8Array): Read {
  const { size, language, given, isStdin } = found;
  const limit = isConfig(found) && !given ? largestPassing : largest(language);
  const tooLarge = `larger than ${limit / MB} MB`;
  try {
    if (size > limit) return refused(found, tooLarge);
    const bytes = isStdin ? (stdin ?? new Uint8Array()) : bytesOf(found, limit);
    if (typeof bytes === "string") return bytes;
    // A pipe has no size until it is read, and a file may have grown.
    return bytes.length > limit ? refused(found, tooLarge) : { bytes };
  } catch (error) {
    return `cannot be read (${codeOf(error)})`;
  }
}

function bytesOf({ name, stamp }: FoundFile, limit: number): Uint8Array | string {
  // A pipe may have taken the file's place.
  return stamp ? readFileSync(name, { flag: AT_ONCE as unknown as string }) : readPipe(name, limit);
}

/** Whether its bytes alone say that there is nothing in it: a superset of what the engine would parse is left. */
export const isTelling = ({ language }: FoundFile, bytes: Uint8Array): boolean =>
  bytes.length > LONGEST_TEXT ||
  mayBeWorthReading(language, bytes, () =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"),
  ) ||
  !isPlain(bytes);

/**
 * The file's analysis, or why there is none. Whatever is wrong with one file must not stop the rest. `undefined`: a
 * file that nobody asked for by name, and that has nothing to do with networks.
 */
export function load(
  found: FoundFile,
  options: LoadOptions,
  analyse: Analyse,
  stdin?: Uint8Array,
): LoadedFile | string | undefined {
  const content = read(found, stdin);
  return content === undefined || typeof content === "string"
    ? content
    : analysed(found, content.bytes, options, analyse);
}

export function analysed(
  found: FoundFile,
  bytes: Uint8Array,
  options: LoadOptions,
  analyse: Analyse,
): LoadedFile | string | undefined {
  const { name, language, given, rules, isStdin } = found;
  try {
    const decoded = decode(bytes);
    if ("reason" in decoded) return refused(found, decoded.reason);
    const source: SourceFile = { path: name, text: decoded.text, language };
    const analysis = analyse(source, rules);
    if (analysis.skipped !== undefined) return refused(found, analysis.skipped);
    if (isConfig(found) && !given && analysis.sites.length === 0 && analysis.networks.length === 0)
      return undefined;
    const sites = options.certain
      ? analysis.sites.filter((site) => site.certainty === "certain")
      : analysis.sites;
    const places = placesOf(decoded.text, analysis.notebook);
    const file: LoadedFile = { name, places, analysis: { ...analysis, sites }, source, bytes, rules };
    return isStdin ? { ...file, isStdin } : file;
  } catch (error) {
    return `analysis failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
