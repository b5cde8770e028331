/** `--baseline` and `--write-baseline`: what a run tells of what it found, and what it writes down. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AnalyzeOptions, Finding } from "../../engine/index.ts";
import { slashed } from "../configuration/configs.ts";
import { type Console, complain, type ExitCode } from "../console.ts";
import { codeOf } from "../files/find.ts";
import type { Analyse } from "../files/load.ts";
import { writeWhole } from "../files/output.ts";
import type { Options } from "../options.ts";
import { plural } from "../reporters/words.ts";
import { fingerprintsOf, partsOf } from "../results/fingerprint.ts";
import { placesOf } from "../results/places.ts";
import type { FileResult } from "../results/records.ts";
import { type Baseline, type Entry, entriesOf, parsed, printed } from "./baseline.ts";

/** Stale entries that are named one by one. */
const MOST_NAMED = 20;

export interface Screen {
  /** Without what is accepted. @param rules what the analysis was told */
  take(result: FileResult, rules: AnalyzeOptions): FileResult;
  /** The same analysis, after which `accepts` knows its findings. */
  watch(analyse: Analyse): Analyse;
  readonly accepts: (finding: Finding) => boolean;
  /** Says what is left of the baseline, and writes the new one. */
  end(code: ExitCode): Promise<ExitCode>;
}

const OPEN: Screen = {
  take: (result) => result,
  watch: (analyse) => analyse,
  accepts: () => false,
  end: async (code) => code,
};

/** Or why the baseline can't be read. */
export function screenOf(options: Options, console: Console): Screen | string {
  const { baseline: file, writeBaseline } = options;
  if (file === undefined && writeBaseline === undefined) return OPEN;
  const baseline = file === undefined ? new Map() : read(file);
  if (typeof baseline === "string") return `${file}: not read: ${baseline}`;
  return new BaselineScreen(options, console, baseline);
}

function read(file: string): Baseline | string {
  try {
    return parsed(readFileSync(file, "utf8"));
  } catch (error) {
    return codeOf(error);
  }
}

interface Found {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly severities: NonNullable<AnalyzeOptions["severities"]>;
}

class BaselineScreen implements Screen {
  private readonly accepted = new WeakSet<Finding>();
  /** Of the files that were read: how often each hash was found, and which rules were off. */
  private readonly found = new Map<string, Found>();
  private readonly written = new Map<string, ReadonlyMap<string, Entry>>();
  private count = 0;

  constructor(
    private readonly options: Options,
    private readonly console: Console,
    private readonly baseline: Baseline,
  ) {}

  take(result: FileResult, { severities = {} }: AnalyzeOptions): FileResult {
    const { baseline, writeBaseline } = this.options;
    const { file, findings } = result;
    const entries = entriesOf(findings);
    if (baseline !== undefined) {
      const name = nameIn(baseline, file);
      // What of it is stale is all that will be asked for.
      if (this.baseline.has(name)) this.found.set(name, { entries, severities });
    }
    if (writeBaseline !== undefined && entries.size > 0)
      this.written.set(nameIn(writeBaseline, file), entries);
    const left = findings.filter(
      ({ fingerprint }) => writeBaseline === undefined && !this.isAccepted(file, fingerprint),
    );
    this.count += findings.length - left.length;
    return { ...result, findings: left };
  }

  watch(analyse: Analyse): Analyse {
    if (this.options.baseline === undefined) return analyse;
    return (source, rules) => {
      const analysis = analyse(source, rules);
      const fingerprints = fingerprintsOf(placesOf(source.text, analysis.notebook), analysis);
      for (const [at, finding] of analysis.findings.entries())
        if (this.isAccepted(source.path, fingerprints[at] ?? "")) this.accepted.add(finding);
      return analysis;
    };
  }

  readonly accepts = (finding: Finding): boolean => this.accepted.has(finding);

  private isAccepted(file: string, fingerprint: string): boolean {
    const { baseline } = this.options;
    if (baseline === undefined) return false;
    const { hash, count } = partsOf(fingerprint);
    return count <= (this.baseline.get(nameIn(baseline, file))?.get(hash)?.count ?? 0);
  }

  async end(code: ExitCode): Promise<ExitCode> {
    const { baseline, writeBaseline } = this.options;
    if (baseline !== undefined) {
      if (writeBaseline === undefined) await this.say(`${found(this.count)} accepted by ${baseline}`);
      await this.sayStale(baseline);
    }
    if (writeBaseline === undefined) return code;
    if (code === 2) {
      await this.say(`${writeBaseline}: not written, since not all could be read`);
      return code;
    }
    const reason = writeWhole(writeBaseline, printed(this.written));
    await this.say(
      reason === undefined
        ? `${found(this.count)} written to ${writeBaseline}`
        : `${writeBaseline}: ${reason}`,
    );
    return reason === undefined ? 0 : 2;
  }

  private async sayStale(baseline: string): Promise<void> {
    const stale = [...this.stale(baseline)];
    if (stale.length === 0) return;
    await this.say(
      `${stale.length} ${stale.length === 1 ? "entry" : "entries"} of ${baseline} no longer found (--write-baseline leaves them out):`,
    );
    for (const { file, rule, count } of stale.slice(0, MOST_NAMED))
      await this.say(`  ${file}: ${rule}${count > 1 ? ` (${count})` : ""}`);
    if (stale.length > MOST_NAMED) await this.say(`  and ${stale.length - MOST_NAMED} more`);
  }

  /** Of files that were read, and of files that are gone. What was not asked for may well be there. */
  private *stale(baseline: string): Generator<Entry & { readonly file: string }> {
    for (const [file, entries] of this.baseline) {
      const found = this.found.get(file);
      if (!found && existsSync(path.resolve(path.dirname(baseline), file))) continue;
      for (const entry of entries.values()) {
        // A rule that is off was not looked for.
        if (found?.severities[entry.rule] === "off") continue;
        const count = entry.count - (found?.entries.get(entry.hash)?.count ?? 0);
        if (count > 0) yield { ...entry, file, count };
      }
    }
  }

  private say(message: string): Promise<void> {
    return complain(this.console, message);
  }
}

const found = (count: number): string => plural(count, "finding");

/** So that it does not matter from where the command is run. */
function nameIn(baseline: string, file: string): string {
  return slashed(path.relative(path.dirname(path.resolve(baseline)), path.resolve(file)));
}
