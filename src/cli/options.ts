import { parseArgs } from "node:util";
import {
  type AnalyzeOptions,
  type RuleSeverity,
  type Severity,
  severityProblem,
  thresholdProblem,
} from "../engine/index.ts";
import { CACHE_FOLDER } from "./work/cacheFolder.ts";

const formats = ["text", "json", "json-lines"] as const;
export type Format = (typeof formats)[number];

/** What reads files. */
export const commands = ["sites", "check"] as const;
/** What else there is. */
const topics = ["try", "rules", "explain", "clean"] as const;
export type Command = (typeof commands)[number];

/** From the worst to the mildest: a threshold includes all before it. */
export const severities = ["error", "warning", "information", "hint"] as const satisfies readonly Severity[];
const failures = [...severities, "never"] as const;
export type Failure = (typeof failures)[number];

export interface Options {
  readonly command: Command;
  readonly paths: readonly string[];
  readonly format: Format;
  readonly failOn: Failure;
  /** Only sites whose name resolves to a known framework symbol. */
  readonly certain: boolean;
  /** What becomes of the fixes of findings: the files are changed, or it is only shown how they would be. */
  readonly fix?: "write" | "diff";
  /** Fixes too that change how training goes. */
  readonly unsafeFixes: boolean;
  /** What `-`, the standard input, is called and so in which language it is. */
  readonly stdinFilename?: string;
  /** Severities and thresholds of single rules. */
  readonly rules: AnalyzeOptions;
  /** How many files are analysed at once; unless given, one for each processor. */
  readonly jobs?: number;
  /** Where outcomes are kept for the next run; unless given, in a folder of its own. */
  readonly cacheFolder?: string;
  /** Neither use nor keep them. */
  readonly noCache?: true;
  /** Run again whenever something changes. */
  readonly watch?: true;
}

export type Invocation =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "try"; readonly argv: readonly string[] }
  | { readonly kind: "clean"; readonly cache: string }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "rules" }
  | { readonly kind: "explain"; readonly rule: string }
  | { readonly kind: "misuse"; readonly message: string };

export const help = `activation-lens finds the activation functions in neural-network code and flags dying-ReLU risk.
It reads the code and never runs it.

Usage:
  activation-lens sites PATH...    list every activation
  activation-lens check PATH...    estimate the risk of each network and report findings
  activation-lens try FILE         train its network, and say what would help (try --help)
  activation-lens rules            list what check reports
  activation-lens explain RULE     what a rule finds, why it matters, and what to do
  activation-lens clean            delete the cache

PATH is a file or a folder. Folders are searched for Python files and notebooks, JavaScript and
TypeScript, and model configurations (JSON, YAML, Jsonnet, Darknet, Caffe); hidden folders,
node_modules, __pycache__ and virtual environments are left out. In notebooks, cells count from 1 in
text and from 0 in JSON. - is the standard input.

Options:
  --format FORMAT    text (default), json, or json-lines
  --fail-on LEVEL    exit with 1 when check has a finding of this severity or worse:
                     error, warning (default), information, hint, or never
  --fix              check: change the files by the fixes that are safe; with - print the new text
  --diff             check: change nothing, but show as a diff what --fix would
  --unsafe-fixes     with --fix or --diff: fixes too that change how training goes
  --stdin-filename FILE
                     what to call the standard input; its ending says the language
  --severity RULE=LEVEL
                     check: error, warning, information, hint or off for all findings of a rule
  --threshold RULE=NUMBER
                     check: the number from which a rule speaks; explain RULE says what it is
  --certain          sites: leave out what is likely an activation but not proved
  --watch            run again whenever a file changes, until Ctrl+C
  --jobs NUMBER      files that are analysed at once (default: one for each processor)
  --cache-dir FOLDER where results are kept for the next run (default: .activation-lens-cache)
  --no-cache         neither use nor keep results of other runs
  -h, --help         show this text
  -V, --version      show the version

Exit codes:
  0  no finding at or above --fail-on
  1  findings; with --fix those that remain, with --diff any change
  2  wrong usage, a path that does not exist, or nothing that could be read
`;

export function parse(argv: readonly string[]): Invocation {
  // It has options of its own, and its own help.
  if (argv[0] === "try") return { kind: "try", argv: argv.slice(1) };
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        "fail-on": { type: "string", default: "warning" },
        severity: { type: "string", multiple: true, default: [] },
        threshold: { type: "string", multiple: true, default: [] },
        certain: { type: "boolean", default: false },
        fix: { type: "boolean", default: false },
        diff: { type: "boolean", default: false },
        "unsafe-fixes": { type: "boolean", default: false },
        "stdin-filename": { type: "string" },
        jobs: { type: "string" },
        watch: { type: "boolean", default: false },
        "cache-dir": { type: "string" },
        "no-cache": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    if (values.version) return { kind: "version" };
    const [command, ...paths] = positionals;
    if (command === undefined) throw new Error(`a command is needed: ${commands.join(" or ")}`);
    if (command === "clean") return { kind: "clean", cache: values["cache-dir"] || CACHE_FOLDER };
    if (command === "rules") return { kind: "rules" };
    if (command === "explain") return { kind: "explain", rule: oneRule(paths) };
    return {
      kind: "run",
      options: {
        command: known(command),
        paths: atLeastOne(paths, command),
        format: oneOf("--format", formats, values.format),
        failOn: oneOf("--fail-on", failures, values["fail-on"]),
        certain: values.certain,
        ...fixOptions(command, values),
        ...(values["stdin-filename"] && { stdinFilename: values["stdin-filename"] }),
        rules: {
          severities: byRule("--severity", values.severity, severityOf),
          thresholds: byRule("--threshold", values.threshold, thresholdOf),
        },
        ...(values.jobs !== undefined && { jobs: jobsOf(values.jobs) }),
        ...(values["cache-dir"] && { cacheFolder: values["cache-dir"] }),
        ...(values["no-cache"] && { noCache: true as const }),
        ...(values.watch && { watch: watchable(paths, values) }),
      },
    };
  } catch (error) {
    return { kind: "misuse", message: firstSentence(error) };
  }
}

function fixOptions(
  command: string,
  given: { readonly fix: boolean; readonly diff: boolean; readonly "unsafe-fixes": boolean },
): Pick<Options, "fix" | "unsafeFixes"> {
  const { fix, diff, "unsafe-fixes": unsafeFixes } = given;
  if (fix && diff) throw new Error("--fix changes files and --diff does not: only one of them can be had");
  if (unsafeFixes && !fix && !diff) throw new Error("--unsafe-fixes needs --fix or --diff");
  if ((fix || diff) && command !== "check") throw new Error(`${command} fixes nothing: check does`);
  return { ...((fix || diff) && { fix: fix ? "write" : "diff" }), unsafeFixes };
}

function watchable(
  paths: readonly string[],
  { fix, diff }: { readonly fix: boolean; readonly diff: boolean },
): true {
  if (paths.includes("-")) throw new Error("the standard input cannot be watched");
  if (fix || diff)
    throw new Error(`--watch tells what is found: it goes without ${fix ? "--fix" : "--diff"}`);
  return true;
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > 256)
    throw new Error(`--jobs must be a number from 1 to 256, not "${text}"`);
  return jobs;
}

function oneOf<T extends string>(what: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${what} must be one of ${allowed.join(", ")}, not "${value}"`);
  return found;
}

/** `RULE=VALUE`, as often as given; of two for the same rule the later one. */
function byRule<T>(
  option: string,
  given: readonly string[],
  read: (rule: string, text: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new Error(`${option} needs RULE=VALUE, not "${text}"`);
      const rule = text.slice(0, at);
      return [rule, read(rule, text.slice(at + 1))];
    }),
  );
}

function severityOf(rule: string, text: string): RuleSeverity {
  const problem = severityProblem(rule, text);
  if (problem !== undefined) throw new Error(problem);
  return text as RuleSeverity;
}

function thresholdOf(rule: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const problem = thresholdProblem(rule, Number.isNaN(value) ? text : value);
  if (problem !== undefined) throw new Error(problem);
  return value;
}

function known(command: string): Command {
  const found = commands.find((each) => each === command);
  if (found === undefined)
    throw new Error(`the command must be one of ${[...commands, ...topics].join(", ")}, not "${command}"`);
  return found;
}

function oneRule(given: readonly string[]): string {
  const [rule, ...others] = given;
  if (rule === undefined || others.length > 0) throw new Error("explain needs the name of one rule");
  return rule;
}

function atLeastOne(paths: readonly string[], command: string): readonly string[] {
  if (paths.length === 0) throw new Error(`${command} needs a file or a folder`);
  if (paths.includes("")) throw new Error("a path is empty");
  return paths;
}

/** parseArgs appends advice of several sentences: the first says what is wrong. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/\.\s|\n/)[0] ?? message).replace(/\.$/, "");
}
