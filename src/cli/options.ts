import { parseArgs } from "node:util";
import { type Failure, failures } from "../settings/index.ts";
import { type Format, formats } from "./choices.ts";
import { type Given, givenBy } from "./configuration/given.ts";
import { commandTable, optionTable, shells } from "./optionTable.ts";
import { commandsHelp, optionsHelp, type Parsed } from "./table.ts";
import { byRule, firstSentence, namedFile, oneOf, severityOf, thresholdOf } from "./values.ts";
import { CACHE_FOLDER } from "./work/cacheFolder.ts";
import { type WorkGiven, workBy } from "./work/options.ts";

const ofStatistics: readonly Format[] = ["full", "concise", "text", "json"];
/** What tells of findings only, and so says nothing of `sites`. */
const ofFindings: readonly Format[] = ["sarif", "github", "gitlab", "junit", "markdown"];

/** What reads files. */
export const commands = ["sites", "check"] as const;
export type Command = (typeof commands)[number];

type Values = Parsed<typeof optionTable>;

export type Shell = (typeof shells)[number];

export interface Options extends WorkGiven {
  readonly command: Command;
  readonly paths: readonly string[];
  readonly format: Format;
  /** Where the output goes instead of the standard output. */
  readonly outputFile?: string;
  /** Counts in the place of what was found. */
  readonly statistics: boolean;
  /** A file of findings that are accepted, and where those of this run are written as accepted. */
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly failOn: Failure;
  /** Only sites whose name resolves to a known framework symbol. */
  readonly certain: boolean;
  /** What becomes of the fixes of findings: the files are changed, or it is only shown how they would be. */
  readonly fix?: "write" | "diff";
  /** Fixes too that change how training goes. */
  readonly unsafeFixes: boolean;
  /** Instead of fixes, comments that silence the findings, with this reason. */
  readonly addIgnore?: string;
  /** What `-`, the standard input, is called and so in which language it is. */
  readonly stdinFilename?: string;
  /** What is said of configurations, and all that wins over them: severities and thresholds too. */
  readonly given: Given;
}

export type Invocation =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "try" | "merge"; readonly argv: readonly string[] }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "init"; readonly inPyproject: boolean }
  | { readonly kind: "clean"; readonly cacheFolder: string }
  | { readonly kind: "rules" }
  | { readonly kind: "explain"; readonly rule: string }
  | { readonly kind: "completion"; readonly shell: Shell }
  | { readonly kind: "misuse"; readonly message: string };

export const help = `activation-lens finds the activation functions in neural-network code and flags dying-ReLU risk.
It reads the code and never runs it.

Usage:
${commandsHelp(commandTable)}
PATH is a file or a folder; without one it is this folder. Folders are searched for Python files
and notebooks, JavaScript and TypeScript, and model configurations (JSON, YAML, Jsonnet, Darknet,
Caffe); hidden folders, node_modules, __pycache__, virtual environments and what Git ignores are
left out. In notebooks, cells count from 1 in text and from 0 in JSON. - is the standard input.

The configuration of a file is the nearest activation-lens.json, or pyproject.toml with a table
[tool.activation-lens], in its folder or above it. Options given here win over it.

Options:
${optionsHelp(optionTable)}
Exit codes:
  0  no finding at or above --fail-on
  1  findings; with --fix those that remain, with --diff any change
  2  wrong usage, a path that does not exist, or nothing that could be read
`;

export function parse(argv: readonly string[]): Invocation {
  // They have options of their own, and their own help.
  const [command] = argv;
  if (command === "try" || command === "merge") return { kind: command, argv: argv.slice(1) };
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: optionTable,
    });
    if (values.help) return { kind: "help" };
    if (values.version) return { kind: "version" };
    const [command, ...paths] = positionals;
    if (command === undefined) throw new Error(`a command is needed: ${commands.join(" or ")}`);
    if (values.pyproject && command !== "init") throw new Error("--pyproject is for init");
    if (command === "init") {
      if (paths.length > 0) throw new Error("init takes no path: it writes into the working directory");
      return { kind: "init", inPyproject: values.pyproject };
    }
    if (command === "clean") {
      if (paths.length > 0) throw new Error("clean takes no path: --cache-dir says where a cache is");
      return { kind: "clean", cacheFolder: values["cache-dir"] || CACHE_FOLDER };
    }
    if (command === "rules") return { kind: "rules" };
    if (command === "explain") return { kind: "explain", rule: oneRule(paths) };
    if (command === "completion") return { kind: "completion", shell: oneShell(paths) };
    const failOn = values["fail-on"] && oneOf("--fail-on", failures, values["fail-on"]);
    const given = givenBy(values, {
      ...(failOn && { "fail-on": failOn }),
      severity: byRule("--severity", values.severity ?? [], severityOf),
      threshold: byRule("--threshold", values.threshold ?? [], thresholdOf),
    });
    return {
      kind: "run",
      options: {
        command: known(command),
        paths: given.filesFrom === undefined ? orHere(paths) : paths,
        format: formatOf(command, values.format, values.statistics),
        ...(values["output-file"] !== undefined && {
          outputFile: namedFile("--output-file", values["output-file"]),
        }),
        statistics: values.statistics,
        ...baselineOptions(command, values),
        failOn: failOn || "warning",
        certain: values.certain,
        ...fixOptions(command, values),
        ...(values["stdin-filename"] && { stdinFilename: values["stdin-filename"] }),
        given,
        ...workBy(values, paths, unwatchable(values)),
      },
    };
  } catch (error) {
    return { kind: "misuse", message: firstSentence(error) };
  }
}

/** What changes files or shows changes, what writes one (a change that would be answered by a run), and a list that is read once. */
const UNWATCHABLE = ["add-ignore", "fix", "diff", "output-file", "write-baseline", "files-from"] as const;

function unwatchable(given: Values): string | undefined {
  const name = UNWATCHABLE.find((each) => given[each] !== undefined && given[each] !== false);
  return name && `--${name}`;
}

function reasonOf(text: string): string {
  // It becomes part of a line of code.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    throw new Error("--add-ignore needs a reason of one line");
  if (text.trim() === "") throw new Error("--add-ignore needs a reason: say why the findings may stay");
  return text.trim();
}

function formatOf(command: string, value: string, statistics: boolean): Format {
  const format = oneOf("--format", formats, value);
  if (statistics && command !== "check") throw new Error(`${command} has no statistics: check has`);
  if (statistics && !ofStatistics.includes(format))
    throw new Error("--statistics are told as text or as json");
  if (command === "sites" && ofFindings.includes(format))
    throw new Error(`--format ${format} tells of findings, and sites has none: check has`);
  return format;
}

function baselineOptions(command: string, given: Values): Pick<Options, "baseline" | "writeBaseline"> {
  const { baseline, "write-baseline": writeBaseline, diff } = given;
  const isGiven = baseline !== undefined || writeBaseline !== undefined;
  if (isGiven && command !== "check") throw new Error(`${command} has no baseline: check has`);
  if (writeBaseline !== undefined && diff)
    throw new Error("--diff changes nothing: --write-baseline would accept what is not there");
  return {
    ...(baseline !== undefined && { baseline: namedFile("--baseline", baseline) }),
    ...(writeBaseline !== undefined && { writeBaseline: namedFile("--write-baseline", writeBaseline) }),
  };
}

function fixOptions(command: string, given: Values): Pick<Options, "fix" | "unsafeFixes" | "addIgnore"> {
  const { fix, diff, "unsafe-fixes": unsafeFixes, "add-ignore": addIgnore } = given;
  if (addIgnore !== undefined) {
    if (command !== "check") throw new Error(`${command} has no findings to ignore: check has`);
    if (fix || unsafeFixes)
      throw new Error("--add-ignore keeps what --fix would change: only one can be had");
    return { fix: diff ? "diff" : "write", unsafeFixes, addIgnore: reasonOf(addIgnore) };
  }
  if (fix && diff) throw new Error("--fix changes files and --diff does not: only one of them can be had");
  if (unsafeFixes && !fix && !diff) throw new Error("--unsafe-fixes needs --fix or --diff");
  if ((fix || diff) && command !== "check") throw new Error(`${command} fixes nothing: check does`);
  return { ...((fix || diff) && { fix: fix ? "write" : "diff" }), unsafeFixes };
}

function known(command: string): Command {
  const found = commands.find((each) => each === command);
  if (found === undefined)
    throw new Error(
      `the command must be one of ${commandTable.map(({ name }) => name).join(", ")}, not "${command}"`,
    );
  return found;
}

function oneRule(given: readonly string[]): string {
  const [rule, ...others] = given;
  if (rule === undefined || others.length > 0) throw new Error("explain needs the name of one rule");
  return rule;
}

function oneShell(given: readonly string[]): Shell {
  if (given.length !== 1) throw new Error(`completion needs the name of one shell: ${shells.join(", ")}`);
  return oneOf("the shell", shells, given[0] ?? "");
}

function orHere(paths: readonly string[]): readonly string[] {
  if (paths.includes("")) throw new Error("a path is empty");
  return paths.length === 0 ? ["."] : paths;
}
