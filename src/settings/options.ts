/**
 * Every option of a configuration, in one table: the reader, the JSON schema, the documentation and the starting
 * configuration of `init` are made from it.
 */
import type { RuleSeverity, Severity } from "../engine/index.ts";

/** From the worst to the mildest: a threshold includes all before it. */
export const severities = ["error", "warning", "information", "hint"] as const satisfies readonly Severity[];
export const failures = [...severities, "never"] as const;
export type Failure = (typeof failures)[number];

/** What the values of each kind are. */
interface Values {
  readonly patterns: readonly string[];
  readonly flag: boolean;
  readonly path: string;
  readonly failure: Failure;
  readonly severities: Readonly<Record<string, RuleSeverity>>;
  readonly thresholds: Readonly<Record<string, number>>;
  /** By pattern: names of rules. */
  readonly ignores: Readonly<Record<string, readonly string[]>>;
}
export type Kind = keyof Values;

export interface Option<K extends Kind = Kind> {
  readonly kind: K;
  /** Where it is taken from: the configuration nearest to a file, or to the working directory. */
  readonly holdsFor: "file" | "run";
  /** One paragraph, in Markdown. */
  readonly description: string;
  /** Undefined where nothing stands for it. */
  readonly default?: Values[K];
  readonly example: Values[K];
  /** The option of the command line that wins over it. */
  readonly flag?: string;
}

const option = <K extends Kind>(kind: K, rest: Omit<Option<K>, "kind">): Option<K> => ({ kind, ...rest });

/** Folders with code of others, or made by machines. Virtual environments are told by their pyvenv.cfg besides. */
const usuallyLeftOut: readonly string[] = [
  ".*/",
  "__pycache__/",
  "__pypackages__/",
  "bower_components/",
  "node_modules/",
  "site-packages/",
  "venv/",
];

export const options = {
  extend: option("path", {
    holdsFor: "file",
    description:
      "Another configuration to begin with. Options of this file win; the tables of both (`severity`, `threshold`, `per-file-ignores`) and their `extend-exclude` add up. Patterns count from the folder of this file, wherever the other one lies.",
    example: "../activation-lens.json",
  }),
  include: option("patterns", {
    holdsFor: "file",
    description: "Which files of folders are read, of those in a language that is read at all.",
    default: ["*"],
    example: ["src/**", "*.ipynb"],
  }),
  exclude: option("patterns", {
    holdsFor: "file",
    description:
      "Folders and files to leave out when folders are searched. It replaces the default: to add to it, use `extend-exclude`. Virtual environments, which have a `pyvenv.cfg`, are always left out.",
    default: usuallyLeftOut,
    example: [".*/", "node_modules/", "third_party/"],
    flag: "--exclude",
  }),
  "extend-exclude": option("patterns", {
    holdsFor: "file",
    description: "More to leave out, beside what `exclude` says.",
    default: [],
    example: ["third_party/", "*_generated.py", "!third_party/ours/"],
    flag: "--extend-exclude",
  }),
  "per-file-ignores": option("ignores", {
    holdsFor: "file",
    description: "Rules that say nothing about some files, by pattern.",
    default: {},
    example: { "tests/**": ["unscaled-input", "zero-weights"] },
  }),
  severity: option("severities", {
    holdsFor: "file",
    description:
      "Severity of single rules: `error`, `warning`, `information`, `hint`, `off`, or `default` for what the finding itself asks for.",
    default: {},
    example: { "dying-relu": "error", "unscaled-input": "off" },
    flag: "--severity",
  }),
  threshold: option("thresholds", {
    holdsFor: "file",
    description:
      "The number from which a rule speaks, for the rules that have one: their pages say what it is.",
    default: {},
    example: { "dying-relu": 0.4 },
    flag: "--threshold",
  }),
  "fail-on": option("failure", {
    holdsFor: "run",
    description: "From which severity on a finding makes `check` end with exit code 1.",
    default: "warning",
    example: "error",
    flag: "--fail-on",
  }),
  "respect-gitignore": option("flag", {
    holdsFor: "run",
    description:
      "Leave out what Git ignores: by `.gitignore` in any folder of the repository, and by its `.git/info/exclude`. Outside of repositories nothing is ignored.",
    default: true,
    example: false,
    flag: "--no-respect-gitignore",
  }),
  "force-exclude": option("flag", {
    holdsFor: "run",
    description:
      "Leave out what `exclude` says even when it is given by name, as pre-commit and editors give files.",
    default: false,
    example: true,
    flag: "--force-exclude",
  }),
} as const satisfies Readonly<Record<string, Option>>;

export type Name = keyof typeof options;
export const names = Object.keys(options) as readonly Name[];

/** What a configuration says: options that it leaves out are absent. */
export type Written = { readonly [N in Name]?: Values[(typeof options)[N]["kind"]] };

/** All options that have a default, and what was written. */
export type Settings = Written & Required<Omit<Written, "extend">>;

export const defaults = Object.fromEntries(
  names.flatMap((name) => ("default" in options[name] ? [[name, options[name].default]] : [])),
) as unknown as Settings;

/** The stronger one wins, but tables and what adds up by its name. */
export function merged(weaker: Settings, stronger: Written): Settings;
export function merged(weaker: Written, stronger: Written): Written;
export function merged(weaker: Written, stronger: Written): Written {
  return {
    ...weaker,
    ...stronger,
    "extend-exclude": [...(weaker["extend-exclude"] ?? []), ...(stronger["extend-exclude"] ?? [])],
    "per-file-ignores": { ...weaker["per-file-ignores"], ...stronger["per-file-ignores"] },
    severity: { ...weaker.severity, ...stronger.severity },
    threshold: { ...weaker.threshold, ...stronger.threshold },
  };
}
