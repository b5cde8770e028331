/** The commands and the options of `sites` and `check`. Others have tables of their own beside their code. */
import { rules } from "../engine/index.ts";
import { failures, severities } from "../settings/index.ts";
import { formats } from "./choices.ts";
import { configurationTable } from "./configuration/given.ts";
import type { CommandEntry, OptionTable } from "./table.ts";
import { workTable } from "./work/options.ts";

const levels = [...severities, "off"];
const names = rules.map(({ name }) => name);

export const optionTable = {
  format: {
    type: "string",
    default: "full",
    value: "FORMAT",
    values: formats,
    help: "full (default): with the code of each finding; concise: a line each (also: text); json, json-lines; check: sarif, github, gitlab, junit, markdown",
  },
  "output-file": {
    type: "string",
    value: "FILE",
    values: "file",
    help: "write there what would be printed: all of it, or nothing",
  },
  statistics: {
    type: "boolean",
    default: false,
    of: ["check"],
    help: "count by rule, framework and risk instead; as text or json",
  },
  baseline: {
    type: "string",
    value: "FILE",
    values: "file",
    of: ["check"],
    help: "tell only findings that are not in it",
  },
  "write-baseline": {
    type: "string",
    value: "FILE",
    values: "file",
    of: ["check"],
    help: "accept what is found from now on, by writing it there",
  },
  "fail-on": {
    type: "string",
    value: "LEVEL",
    values: failures,
    help: "exit with 1 when check has a finding of this severity or worse: error, warning (default), information, hint, or never",
  },
  fix: {
    type: "boolean",
    default: false,
    of: ["check"],
    help: "change the files by the fixes that are safe; with - print the new text",
  },
  diff: {
    type: "boolean",
    default: false,
    of: ["check"],
    help: "change nothing, but show as a diff what --fix would",
  },
  "unsafe-fixes": {
    type: "boolean",
    default: false,
    of: ["check"],
    help: "with --fix or --diff: fixes too that change how training goes",
  },
  "add-ignore": {
    type: "string",
    value: "REASON",
    of: ["check"],
    help: "write a comment at each finding that silences it; with --diff show it",
  },
  "stdin-filename": {
    type: "string",
    value: "FILE",
    values: "file",
    help: "what to call the standard input; its ending says the language",
  },
  severity: {
    type: "string",
    multiple: true,
    value: "RULE=LEVEL",
    values: names.flatMap((name) => levels.map((level) => `${name}=${level}`)),
    of: ["check"],
    help: "error, warning, information, hint or off for all findings of a rule",
  },
  threshold: {
    type: "string",
    multiple: true,
    value: "RULE=NUMBER",
    values: rules.flatMap(({ name, threshold }) => (threshold ? [`${name}=${threshold.default}`] : [])),
    of: ["check"],
    help: "the number from which a rule speaks; explain RULE says what it is",
  },
  certain: {
    type: "boolean",
    default: false,
    of: ["sites"],
    help: "leave out what is likely an activation but not proved",
  },
  ...configurationTable,
  ...workTable,
  pyproject: { type: "boolean", default: false, of: ["init"], help: "write into pyproject.toml" },
  help: { type: "boolean", short: "h", default: false, help: "show this text" },
  version: { type: "boolean", short: "V", default: false, help: "show the version" },
} as const satisfies OptionTable;

/** For which shells there are completions. */
export const shells = ["bash", "zsh", "fish"] as const;

export const commandTable: readonly CommandEntry[] = [
  { name: "sites", takes: "[PATH...]", values: "file", help: "list every activation" },
  {
    name: "check",
    takes: "[PATH...]",
    values: "file",
    help: "estimate the risk of each network and report findings",
  },
  {
    name: "try",
    takes: "FILE",
    values: "file",
    help: "train its network, and say what would help (try --help)",
  },
  {
    name: "merge",
    takes: "FILE...",
    values: "file",
    help: "make one output of those of several runs (merge --help)",
  },
  { name: "init", takes: "", help: "write a configuration to begin with; --pyproject: into pyproject.toml" },
  { name: "clean", takes: "", help: "delete what --cache-dir says, or the usual cache" },
  { name: "rules", takes: "", help: "list what check reports" },
  {
    name: "explain",
    takes: "RULE",
    values: names,
    help: "what a rule finds, why it matters, and what to do",
  },
  {
    name: "completion",
    takes: "SHELL",
    values: shells,
    help: "print what makes bash, zsh or fish complete all this",
  },
];
