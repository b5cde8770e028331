/** What a user may set of the rules: which values fit, and what they do. */
import type { AnalyzeOptions, Finding, Rule, RuleSeverity, Severity } from "../model.ts";
import { rules } from "./index.ts";

const SEVERITIES: readonly Severity[] = ["hint", "information", "warning", "error"];

export const ruleSeverities: readonly RuleSeverity[] = ["default", "off", ...SEVERITIES];

/** Why a number can't be the threshold of a rule, in one sentence; undefined: it can. */
export function thresholdProblem(name: string, value: unknown): string | undefined {
  const rule = rules.find((one) => one.name === name);
  if (!rule) return `there is no rule ${name}`;
  if (!rule.threshold) {
    const others = rules.flatMap((one) => (one.threshold ? [one.name] : []));
    return `${name} has no threshold; rules that have one are ${others.join(", ")}`;
  }
  const { minimum, maximum, default: usual } = rule.threshold;
  const isNumber = typeof value === "number" && value >= minimum && value <= maximum;
  return isNumber
    ? undefined
    : `the threshold of ${name} must be a number from ${minimum} to ${maximum} (default ${usual}), not ${said(value)}`;
}

/** Why a severity can't be set for a rule, in one sentence; undefined: it can. */
export function severityProblem(name: string, value: unknown): string | undefined {
  if (!rules.some((one) => one.name === name)) return `there is no rule ${name}`;
  return ruleSeverities.some((known) => known === value)
    ? undefined
    : `the severity of ${name} must be one of ${ruleSeverities.join(", ")}, not ${said(value)}`;
}

const said = (value: unknown): string =>
  typeof value === "string" ? `"${value}"` : typeof value === "object" ? "a list or an object" : `${value}`;

/** As set, or the rule's own. */
export function thresholdOf({ name, threshold }: Rule, { thresholds = {} }: AnalyzeOptions): number {
  const own = Object.hasOwn(thresholds, name) ? thresholds[name] : undefined;
  return own !== undefined && thresholdProblem(name, own) === undefined ? own : (threshold?.default ?? 0);
}

/** Findings with the severities that are set; those of a rule that is off are gone. */
export function withSeverities(
  findings: readonly Finding[],
  { severities = {} }: AnalyzeOptions,
): readonly Finding[] {
  return findings.flatMap((finding): readonly Finding[] => {
    const wanted = Object.hasOwn(severities, finding.rule) ? severities[finding.rule] : undefined;
    if (wanted === "off") return [];
    const severity = SEVERITIES.find((known) => known === wanted);
    return [severity ? { ...finding, severity } : finding];
  });
}
