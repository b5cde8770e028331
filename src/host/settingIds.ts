/** Names, types and defaults of the settings. Pure, so that a test holds them against package.json. */

import { type RuleSeverity, severityProblem, thresholdProblem } from "../engine/index.ts";

export const section = "activationLens";

export type LensedActivations = "all" | "risky" | "off";
export const lensedActivations: readonly LensedActivations[] = ["all", "risky", "off"];

export interface Settings {
  readonly enabled: boolean;
  readonly "codeLens.enabled": boolean;
  readonly "codeLens.networks": boolean;
  readonly "codeLens.activations": LensedActivations;
  readonly "hover.enabled": boolean;
  readonly "diagnostics.enabled": boolean;
  /** By the names of rules, as written: the engine takes what fits. */
  readonly rules: Readonly<Record<string, RuleSeverity>>;
  readonly thresholds: Readonly<Record<string, number>>;
  /** In kB of 1,000 UTF-16 units. */
  readonly maximumFileSize: number;
  readonly "scan.onStartup": boolean;
}

export const defaults: Settings = {
  enabled: true,
  "codeLens.enabled": true,
  "codeLens.networks": true,
  "codeLens.activations": "all",
  "hover.enabled": true,
  "diagnostics.enabled": true,
  rules: {},
  thresholds: {},
  maximumFileSize: 1000,
  "scan.onStartup": false,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** settings.json is written by hand: whatever doesn't fit counts as not set. */
export function validSetting<K extends keyof Settings>(name: K, value: unknown): Settings[K] {
  return (isValid(name, value) ? value : defaults[name]) as Settings[K];
}

function isValid(name: keyof Settings, value: unknown): boolean {
  switch (name) {
    case "codeLens.activations":
      return lensedActivations.some((known) => known === value);
    case "maximumFileSize":
      return typeof value === "number" && value > 0;
    case "rules":
    case "thresholds":
      return isRecord(value);
    default:
      return typeof value === "boolean";
  }
}

/** What is wrong with the settings of rules, a sentence each: such entries have no effect. */
export function ruleProblems({
  rules,
  thresholds,
}: Pick<Settings, "rules" | "thresholds">): readonly string[] {
  const of = (settings: object, problem: typeof severityProblem) =>
    Object.entries(settings).flatMap(([name, value]) => problem(name, value) ?? []);
  return [
    ...of(rules, severityProblem).map((text) => `${section}.rules: ${text}`),
    ...of(thresholds, thresholdProblem).map((text) => `${section}.thresholds: ${text}`),
  ];
}

/** A configuration value with its origins, as `WorkspaceConfiguration.inspect` gives it. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
  readonly globalLanguageValue?: unknown;
  readonly workspaceLanguageValue?: unknown;
  readonly workspaceFolderLanguageValue?: unknown;
}

export interface UpdatePlace {
  readonly target: "global" | "workspace" | "workspaceFolder";
  readonly inLanguage: boolean;
}

/** Where a change has to be written to take effect: where the value that holds now comes from. */
export function updatePlace(inspected: Inspected | undefined): UpdatePlace {
  const has = (value: unknown): boolean => value !== undefined;
  if (has(inspected?.workspaceFolderLanguageValue)) return { target: "workspaceFolder", inLanguage: true };
  if (has(inspected?.workspaceLanguageValue)) return { target: "workspace", inLanguage: true };
  if (has(inspected?.globalLanguageValue)) return { target: "global", inLanguage: true };
  if (has(inspected?.workspaceFolderValue)) return { target: "workspaceFolder", inLanguage: false };
  if (has(inspected?.workspaceValue)) return { target: "workspace", inLanguage: false };
  return { target: "global", inLanguage: false };
}
