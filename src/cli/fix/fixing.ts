/** `--fix` and `--diff`: what becomes of the files that have findings with fixes. */
import { type Analysis, type Finding, type FixedFile, fixAll, type SourceFile } from "../../engine/index.ts";
import { type Console, complain } from "../console.ts";
import type { Analyse, LoadedFile } from "../files/load.ts";
import type { Options } from "../options.ts";
import { plural } from "../reporters/words.ts";
import type { AnalysedFile } from "../results/contract.ts";
import { at, changed } from "./carryOut.ts";

export interface Fixer {
  /** The file as it is then. */
  fix(file: LoadedFile): Promise<AnalysedFile>;
  /** Says what was done in all. */
  end(): Promise<void>;
  /** Files that were changed, or would be. */
  readonly changed: number;
}

/** @param accepts findings that are to stay as they are */
export function fixer(
  options: Options,
  output: Console,
  analyse: Analyse,
  accepts: (finding: Finding) => boolean = () => false,
): Fixer {
  return new Run(options, output, analyse, accepts);
}

class Run implements Fixer {
  changed = 0;
  private gone = 0;
  private remaining = 0;
  /** Findings whose fix is one that `--unsafe-fixes` would make. */
  private unsafe = 0;

  constructor(
    private readonly options: Options,
    private readonly output: Console,
    private readonly analyse: Analyse,
    private readonly accepts: (finding: Finding) => boolean,
  ) {}

  async fix(file: LoadedFile): Promise<AnalysedFile> {
    const run = this.fixed(file);
    if (typeof run !== "string")
      for (const refused of run.refused)
        await this.say(`${at(file, refused.span)}: not fixed (${refused.fix.title}): ${refused.reason}`);
    const after = await changed(file, run, this.options, this.output);
    this.count((after ?? file).analysis);
    if (!after) return file;
    this.changed++;
    // One fix may do for several findings.
    this.gone += file.analysis.findings.length - after.analysis.findings.length;
    return after;
  }

  /** Or why not: what is wrong with one file must not stop the rest. */
  private fixed({ source, analysis, rules }: LoadedFile): FixedFile | string {
    // The first analysis is there already.
    const analyse = (given: SourceFile) => (given === source ? analysis : this.analyse(given, rules));
    const wants = (finding: Finding): boolean => !this.accepts(finding);
    try {
      return fixAll(source, { unsafe: this.options.unsafeFixes, wants }, analyse);
    } catch (error) {
      return `not fixed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private count({ findings }: Analysis): void {
    const told = findings.filter((finding) => !this.accepts(finding));
    this.remaining += told.length;
    if (this.options.unsafeFixes) return;
    for (const { fixes } of told) if (fixes[0]?.applicability === "changes-training") this.unsafe++;
  }

  private say(message: string): Promise<void> {
    return complain(this.output, message);
  }

  async end(): Promise<void> {
    const more = this.unsafe > 0 ? ` (${this.unsafe} more with --unsafe-fixes)` : "";
    const files = plural(this.changed, "file");
    if (this.options.fix === "diff")
      return this.say(`would fix ${this.gone} in ${files}, ${this.remaining} remaining${more}`);
    await this.say(`${this.gone} fixed in ${files}, ${this.remaining} remaining${more}`);
  }
}
