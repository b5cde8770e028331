/** Data -> what of it is a configuration. Whatever doesn't fit is said, and has no effect. */
import { rules, severityProblem, thresholdProblem } from "../engine/index.ts";
import { didYouMean } from "./nearest.ts";
import { failures, type Kind, type Name, names, options, type Written } from "./options.ts";
import type { Path } from "./read.ts";

export interface Fault {
  readonly path: Path;
  readonly message: string;
}

type Table = Readonly<Record<string, unknown>>;

const ruleNames = rules.map(({ name }) => name);

/** Told editors which schema to hold the file against. */
const SCHEMA_KEY = "$schema";

export function check(data: unknown): { readonly written: Written; readonly faults: readonly Fault[] } {
  if (!isTable(data)) {
    const message = `it must be a table of options, not ${said(data)}`;
    return { written: {}, faults: [{ path: [], message }] };
  }
  const written: Partial<Record<Name, unknown>> = {};
  const faults: Fault[] = [];
  for (const [key, value] of Object.entries(data)) {
    const name = names.find((known) => known === key);
    if (name !== undefined) {
      const found = checkers[options[name].kind](value, [key]);
      faults.push(...found);
      if (found.length === 0) written[name] = value;
    } else if (key !== SCHEMA_KEY)
      faults.push({ path: [key], message: `there is no option "${key}"${didYouMean(key, names)}` });
  }
  return { written: written as Written, faults };
}

const checkers: Readonly<Record<Kind, (value: unknown, path: Path) => readonly Fault[]>> = {
  flag: (value, path) => (typeof value === "boolean" ? [] : [not("true or false", value, path)]),
  path: (value, path) => (isText(value) ? [] : [not("a path", value, path)]),
  failure: (value, path) => {
    if (failures.some((one) => one === value)) return [];
    return [
      not(`one of ${failures.join(", ")}`, value, path, isText(value) ? didYouMean(value, failures) : ""),
    ];
  },
  patterns: (value, path) => [
    ...texts(value, path, "patterns"),
    ...(Array.isArray(value) ? value.flatMap((one, at) => patternFaults(one, [...path, at])) : []),
  ],
  severities: (value, path) => ofRules(value, path, severityProblem),
  thresholds: (value, path) => ofRules(value, path, thresholdProblem),
  ignores: (value, path) => {
    if (!isTable(value)) return [not("a table of patterns, each with a list of rules", value, path)];
    return Object.entries(value).flatMap(([pattern, listed]) => [
      ...patternFaults(pattern, [...path, pattern]),
      ...texts(listed, [...path, pattern], "rules"),
      ...(Array.isArray(listed) ? unknownRules(listed, [...path, pattern]) : []),
    ]);
  },
};

function texts(value: unknown, path: Path, what: string): readonly Fault[] {
  if (!Array.isArray(value)) return [not(`a list of ${what}`, value, path)];
  const at = value.findIndex((one) => !isText(one));
  return at < 0 ? [] : [not(`a list of ${what}`, value[at], [...path, at])];
}

/** What .gitignore would take, and never match. */
export const POINTLESS = "^!?\\.{1,2}/";

function patternFaults(pattern: unknown, path: Path): readonly Fault[] {
  if (typeof pattern !== "string") return [];
  const is = (message: string): readonly Fault[] => [{ path, message: `${path[0]}: ${message}` }];
  if (pattern === "" && typeof path.at(-1) === "string") return is("a pattern is empty");
  if (!new RegExp(POINTLESS).test(pattern)) return [];
  return is(
    `"${pattern}" matches nothing: patterns count from the configuration's folder without ./ and never lead above it`,
  );
}

function unknownRules(listed: readonly unknown[], path: Path): readonly Fault[] {
  return listed.flatMap((rule, at) =>
    isText(rule) && !ruleNames.includes(rule) ? [noRule(rule, [...path, at])] : [],
  );
}

function ofRules(value: unknown, path: Path, problem: typeof severityProblem): readonly Fault[] {
  if (!isTable(value)) return [not("a table of rules", value, path)];
  return Object.entries(value).flatMap(([rule, set]) => {
    if (!ruleNames.includes(rule)) return [noRule(rule, [...path, rule])];
    const message = problem(rule, set);
    return message === undefined ? [] : [{ path: [...path, rule], message: `${path[0]}: ${message}` }];
  });
}

const noRule = (rule: string, path: Path): Fault => ({
  path,
  message: `${path[0]}: there is no rule "${rule}"${didYouMean(rule, ruleNames)}`,
});

const not = (expected: string, value: unknown, path: Path, hint = ""): Fault => ({
  path,
  message: `${dotted(path)} must be ${expected}, not ${said(value)}${hint}`,
});

const dotted = (path: Path): string =>
  path
    .map((part, at) =>
      typeof part === "number"
        ? `[${part}]`
        : at === 0
          ? part
          : /^[\w-]+$/.test(part)
            ? `.${part}`
            : `["${part}"]`,
    )
    .join("");

function said(value: unknown): string {
  if (typeof value === "string") return value === "" ? "an empty text" : JSON.stringify(value);
  if (value instanceof Date) return "a date";
  return typeof value === "object" && value !== null
    ? Array.isArray(value)
      ? "a list"
      : "a table"
    : `${value}`;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
