/** A file that was found -> its analysis. */
import { readFileSync } from "node:fs";
import type { Analysis, AnalyzeOptions, Language, SourceFile } from "../../engine/index.ts";
import type { AnalysedFile } from "../results/contract.ts";
import { placesOf } from "../results/places.ts";
import { decode } from "./decode.ts";
import { codeOf, type FoundFile } from "./find.ts";

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

/**
 * The file's analysis, or why there is none. Whatever is wrong with one file must not stop the rest. `undefined`: a
 * file that nobody asked for by name, and that has nothing to do with networks.
 */
export function load(
  { name, size, language, given, rules, isStdin }: FoundFile,
  options: LoadOptions,
  analyse: Analyse,
  stdin?: Uint8Array,
): LoadedFile | string | undefined {
  const isConfig = !["python", "notebook", "javascript"].includes(language);
  // Bundles and data lie in most folders: that they are not read is no news.
  const refused = (reason: string) =>
    given || language === "python" || language === "notebook" ? reason : undefined;
  const limit = isConfig && !given ? largestPassing : largest(language);
  const tooLarge = `larger than ${limit / MB} MB`;
  try {
    if (size > limit) return refused(tooLarge);
    const bytes = isStdin ? (stdin ?? new Uint8Array()) : readFileSync(name);
    if (bytes.length > limit) return refused(tooLarge); // A pipe has no size until it is read.
    const decoded = decode(bytes);
    if ("reason" in decoded) return refused(decoded.reason);
    const source: SourceFile = { path: name, text: decoded.text, language };
    const analysis = analyse(source, rules);
    if (analysis.skipped !== undefined) return refused(analysis.skipped);
    if (isConfig && !given && analysis.sites.length === 0 && analysis.networks.length === 0) return undefined;
    const sites = options.certain
      ? analysis.sites.filter((site) => site.certainty === "certain")
      : analysis.sites;
    const places = placesOf(decoded.text, analysis.notebook);
    const file: LoadedFile = { name, places, analysis: { ...analysis, sites }, source, bytes, rules };
    return isStdin ? { ...file, isStdin } : file;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return `cannot be read (${codeOf(error)})`;
    return `analysis failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
