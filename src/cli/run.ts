import { readFileSync } from "node:fs";
import {
  type Analysis,
  type AnalyzeOptions,
  analyze,
  type Language,
  type SourceFile,
} from "../engine/index.ts";
import { decode } from "./decode.ts";
import { explained, ruleList } from "./explain.ts";
import { codeOf, type FoundFile, findFiles, STDIN } from "./files.ts";
import { fixer, type LoadedFile } from "./fixing.ts";
import { type Failure, type Format, help, type Options, parse, severities } from "./options.ts";
import { placesOf } from "./places.ts";
import type { SkippedFile } from "./records.ts";
import { json } from "./reporters/json.ts";
import { jsonLines } from "./reporters/jsonLines.ts";
import { type Reporter, silent } from "./reporters/reporter.ts";
import { oneLine, text } from "./reporters/text.ts";

export type ExitCode = 0 | 1 | 2 | typeof INTERRUPTED;

/** What a shell says of a command that was ended by Ctrl+C. */
const INTERRUPTED = 130;

/** Where a run writes to. A write resolves when the next one may follow, so that a slow reader slows the run down. */
export interface Output {
  out(text: string | Uint8Array): Promise<void>;
  error(text: string): Promise<void>;
  /** All of the standard input. */
  input?(): Promise<Uint8Array>;
  /** Whether the user wants it to end; asked between files that are written, so that none is left half done. */
  isInterrupted?(): Promise<boolean>;
  readonly colour: boolean;
  readonly version: string;
}

type Analyse = (file: SourceFile, options: AnalyzeOptions) => Analysis;

const MB = 1024 * 1024;

/** Larger files are data or generated, and would hold up the rest. Of a notebook most is outputs, which cost little. */
const largest = (language: Language): number => (language === "notebook" ? 256 * MB : 10 * MB);

/** A configuration that a folder search comes across: a model's is small, a larger one is data. */
const largestPassing = MB;

/** The whole command line but for the process around it. `analyse` is a parameter for the tests. */
export async function run(
  argv: readonly string[],
  output: Output,
  analyse: Analyse = analyze,
): Promise<ExitCode> {
  const invocation = parse(argv);
  switch (invocation.kind) {
    case "try": {
      // The lab, its data and its kernels are made only now: the other commands start without them.
      const { runTry } = await import("./try.ts");
      return runTry(invocation.argv, output);
    }
    case "help":
      await output.out(help);
      return 0;
    case "version":
      await output.out(`${output.version}\n`);
      return 0;
    case "rules":
      await output.out(ruleList());
      return 0;
    case "explain": {
      const text = explained(invocation.rule);
      if (text !== undefined) await output.out(text);
      else await complain(output, `no such rule: ${invocation.rule} (see activation-lens rules)`);
      return text === undefined ? 2 : 0;
    }
    case "misuse":
      await complain(output, `${invocation.message} (see --help)`);
      return 2;
    case "run":
      return report(invocation.options, output, analyse);
  }
}

async function report(options: Options, output: Output, analyse: Analyse): Promise<ExitCode> {
  const { print, reporter } = reporting(options, output);
  const fixes = options.fix && fixer(options, output, (file) => analyse(file, options.rules));
  const stdin = options.paths.includes(STDIN) ? await output.input?.() : undefined;
  const skipped: SkippedFile[] = [];
  let read = 0;
  let missing = false;
  let failed = false;
  // From now on Ctrl+C waits for the file that is being written.
  if (fixes) await output.isInterrupted?.();
  await print(reporter.begin());
  for (const found of findFiles(options.paths, options.stdinFilename)) {
    if (found.kind === "missing") {
      missing = true;
      await complain(output, `no such file or folder: ${found.name}`);
      continue;
    }
    const file = found.kind === "file" ? load(found, options, analyse, stdin) : found.reason;
    if (file === undefined) continue;
    if (typeof file === "string") {
      skipped.push({ file: found.name, reason: file });
      // The JSON document carries them; the other formats have no place for them.
      if (options.format !== "json") await complain(output, `skipped ${found.name}: ${file}`);
      continue;
    }
    read++;
    const left = fixes ? await fixes.fix(file) : file;
    failed ||= options.command === "check" && reaches(options.failOn, left.analysis);
    await print(reporter.file(left));
    if (fixes && (await output.isInterrupted?.())) return INTERRUPTED;
  }
  await print(reporter.end(skipped));
  await fixes?.end();
  const said = missing || (skipped.length > 0 && options.format !== "json");
  if (read === 0 && !said) await complain(output, nothingRead(options.paths, skipped));
  if (read === 0 || missing) return 2;
  if (fixes && options.fix === "diff") return fixes.changed > 0 ? 1 : 0;
  return failed ? 1 : 0;
}

/**
 * The file's analysis, or why there is none. Whatever is wrong with one file must not stop the rest. `undefined`: a
 * file that nobody asked for by name, and that has nothing to do with networks.
 */
function load(
  { name, size, language, given, isStdin }: FoundFile,
  options: Options,
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
    const analysis = analyse(source, options.rules);
    if (analysis.skipped !== undefined) return refused(analysis.skipped);
    if (isConfig && !given && analysis.sites.length === 0 && analysis.networks.length === 0) return undefined;
    const sites = options.certain
      ? analysis.sites.filter((site) => site.certainty === "certain")
      : analysis.sites;
    const places = placesOf(decoded.text, analysis.notebook);
    const file: LoadedFile = { name, places, analysis: { ...analysis, sites }, source, bytes };
    return isStdin ? { ...file, isStdin } : file;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return `cannot be read (${codeOf(error)})`;
    return `analysis failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Where findings go: a diff, and a fixed text that is printed, have the standard output for themselves. */
function reporting(
  options: Options,
  { out, error, colour }: Output,
): { readonly reporter: Reporter; print(text: string): Promise<void> } {
  if (options.fix === "diff") return { reporter: silent, print: out };
  const print = options.fix && options.paths.includes(STDIN) ? error : out;
  return { reporter: reporterFor(options, colour), print };
}

function reporterFor({ format, command }: Options, colour: boolean): Reporter {
  const make: Readonly<Record<Format, () => Reporter>> = {
    text: () => text(command, colour),
    json: () => json(command),
    "json-lines": () => jsonLines(command),
  };
  return make[format]();
}

function reaches(threshold: Failure, analysis: Analysis): boolean {
  if (threshold === "never") return false;
  const limit = severities.indexOf(threshold);
  return analysis.findings.some((finding) => severities.indexOf(finding.severity) <= limit);
}

function nothingRead(paths: readonly string[], skipped: readonly SkippedFile[]): string {
  const [first] = skipped;
  if (!first) return `no files to read in ${paths.join(", ")}`;
  const more = skipped.length > 1 ? ` and ${skipped.length - 1} more` : "";
  return `nothing could be read: ${first.file}${more} skipped (${first.reason})`;
}

function complain(output: Output, message: string): Promise<void> {
  return output.error(`activation-lens: ${oneLine(message)}\n`);
}
