/** `sites` and `check`: what is found is analysed, perhaps fixed, and reported, one file after the other. */
import { availableParallelism } from "node:os";
import type { AnalyzeOptions } from "../engine/index.ts";
import { type Screen, screenOf } from "./baseline/screen.ts";
import { fails } from "./choices.ts";
import { type Console, complain, type ExitCode, INTERRUPTED } from "./console.ts";
import { type FoundFile, findFiles, type Search, STDIN } from "./files/find.ts";
import { type Analyse, load } from "./files/load.ts";
import { type Fixer, fixer } from "./fix/fixing.ts";
import { ignorer } from "./fix/ignoring.ts";
import type { Options } from "./options.ts";
import { reporterFor } from "./reporters/index.ts";
import { type Reporter, silent } from "./reporters/reporter.ts";
import { resultOf } from "./results/contract.ts";
import type { SkippedFile } from "./results/records.ts";
import { buildOf, Cache } from "./work/cache.ts";
import { CACHE_FOLDER } from "./work/cacheFolder.ts";
import type { Outcome } from "./work/outcome.ts";
import { type Item, type Work, workThrough } from "./work/workThrough.ts";

export async function scan(
  options: Options,
  console: Console,
  analyse: Analyse,
  search?: Search,
): Promise<ExitCode> {
  const screen = screenOf(options, console);
  if (typeof screen === "string") {
    await complain(console, screen);
    return 2;
  }
  const analysing = options.fix ? screen.watch(analyse) : analyse;
  const change = options.addIgnore === undefined ? fixer : ignorer;
  const fixes = options.fix && change(options, console, analysing, screen.accepts);
  const stdin = options.paths.includes(STDIN) ? await console.input?.() : undefined;
  const tally = new Tally(options, console, screen);
  // From now on Ctrl+C waits for the file that is being written.
  if (fixes) await console.isInterrupted?.();
  await tally.begin();
  const founds = findFiles(options.paths, search);
  if (fixes || stdin) {
    for (const found of founds) {
      const isFile = found.kind === "file";
      const outcome = isFile ? await readHere(found, options, analysing, fixes, stdin) : undefined;
      await tally.take({ found, outcome }, stdin);
      if (fixes && (await console.isInterrupted?.())) return INTERRUPTED;
    }
  } else {
    const cache = cacheFor(options, console);
    for await (const item of workThrough(founds, workOf(options, console, analyse, cache))) {
      console.progress?.(item.found.name);
      await tally.take(item);
    }
    const warning = cache?.end();
    if (warning !== undefined) await complain(console, warning);
  }
  await tally.end();
  await fixes?.end();
  return screen.end(tally.exitCode(fixes));
}

/** Files that are changed, and what is no file: one by one, without a cache. */
async function readHere(
  found: FoundFile,
  options: Options,
  analyse: Analyse,
  fixes: Fixer | undefined,
  stdin?: Uint8Array,
): Promise<Outcome> {
  const file = load(found, options, analyse, stdin);
  if (file === undefined || typeof file === "string") return file;
  return resultOf(options.command, fixes ? await fixes.fix(file) : file);
}

function workOf(options: Options, { program }: Console, analyse: Analyse, cache: Cache | undefined): Work {
  const { command, certain, jobs = availableParallelism() } = options;
  return {
    options: { command, certain, hashes: cache !== undefined },
    analyse,
    jobs,
    script: program,
    cache,
  };
}

function cacheFor(options: Options, { program }: Console): Cache | undefined {
  const { command, certain, noCache, cacheFolder = CACHE_FOLDER } = options;
  if (noCache || program === undefined) return undefined;
  return new Cache(cacheFolder, JSON.stringify([buildOf(program), command, certain]));
}

/** Prints outcomes as they come, and keeps what the end depends on: nothing that grows with what was read. */
class Tally {
  private readonly reporter: Reporter;
  private readonly skipped: SkippedFile[] = [];
  private read = 0;
  /** Paths came from a list, or were left out as was asked for: it may be right that nothing was read. */
  private isLeftOut: boolean;
  private isMissing = false;
  private isBroken = false;
  private hasFailed = false;

  constructor(
    private readonly options: Options,
    private readonly console: Console,
    private readonly screen: Screen,
  ) {
    // A diff has the standard output for itself.
    this.isLeftOut = options.given.filesFrom !== undefined;
    this.reporter =
      options.fix === "diff"
        ? silent
        : reporterFor(options.format, {
            command: options.command,
            failOn: options.failOn,
            colour: console.colour,
            version: console.version,
            statistics: options.statistics,
          });
  }

  begin(): Promise<void> {
    return this.print(this.reporter.begin());
  }

  async take({ found, outcome }: Item, stdin?: Uint8Array): Promise<void> {
    if (found.kind === "missing") return this.missing(found.name);
    if (found.kind === "broken") return this.broken(found.name, found.problems);
    if (found.kind === "excluded") return this.leaveOut(found.isStdin && stdin);
    if (found.kind === "skipped") return this.add(found.name, found.reason);
    return this.add(found.name, outcome, found.rules);
  }

  async missing(name: string): Promise<void> {
    this.isMissing = true;
    await complain(this.console, `no such file or folder: ${name}`);
  }

  /** The standard input is printed as it came where its fixed text would be. */
  async leaveOut(stdin: Uint8Array | undefined): Promise<void> {
    this.isLeftOut = true;
    if (stdin && this.options.fix === "write") await this.console.out(stdin);
  }

  /** What is below would be judged by other rules than its owner wants. */
  async broken(folder: string, problems: readonly string[]): Promise<void> {
    this.isBroken = true;
    for (const problem of problems) await complain(this.console, problem);
    await this.skip({ file: folder, reason: "its configuration is broken" });
  }

  async add(name: string, outcome: Outcome, rules: AnalyzeOptions = {}): Promise<void> {
    if (outcome === undefined) return;
    if (typeof outcome === "string") return this.skip({ file: name, reason: outcome });
    this.read++;
    const told = this.screen.take(outcome, rules);
    this.hasFailed ||= told.findings.some(({ severity }) => fails(this.options.failOn, severity));
    await this.print(this.reporter.file(told));
  }

  private async skip(skipped: SkippedFile): Promise<void> {
    this.skipped.push(skipped);
    // Some formats carry them; the others have no place for them.
    if (!this.reporter.tellsSkipped)
      await complain(this.console, `skipped ${skipped.file}: ${skipped.reason}`);
  }

  async end(): Promise<void> {
    await this.print(this.reporter.end(this.skipped));
    const said = this.isMissing || (this.skipped.length > 0 && !this.reporter.tellsSkipped);
    if (this.read === 0 && !said && !this.isRightlyEmpty)
      await complain(this.console, nothingRead(this.options.paths, this.skipped));
  }

  private get isRightlyEmpty(): boolean {
    return this.isLeftOut && this.skipped.length === 0;
  }

  exitCode(fixes: Fixer | undefined): ExitCode {
    if ((this.read === 0 && !this.isRightlyEmpty) || this.isMissing || this.isBroken) return 2;
    if (fixes && this.options.fix === "diff") return fixes.changed > 0 ? 1 : 0;
    return this.hasFailed ? 1 : 0;
  }

  /** A fixed text that is printed has the standard output for itself. */
  private print(text: string): Promise<void> {
    const { fix, paths } = this.options;
    return fix === "write" && paths.includes(STDIN) ? this.console.error(text) : this.console.out(text);
  }
}

function nothingRead(paths: readonly string[], skipped: readonly SkippedFile[]): string {
  const [first] = skipped;
  if (!first) return `no files to read in ${paths.join(", ")}`;
  const more = skipped.length > 1 ? ` and ${skipped.length - 1} more` : "";
  return `nothing could be read: ${first.file}${more} skipped (${first.reason})`;
}
