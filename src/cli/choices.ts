/** Words that options take. */
import type { Severity } from "../engine/index.ts";
import { type Failure, severities } from "../settings/index.ts";

export const formats = [
  "full",
  "concise",
  "text",
  "json",
  "json-lines",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "markdown",
] as const;
export type Format = (typeof formats)[number];

/** Whether a finding of this severity makes a run fail. */
export const fails = (failOn: Failure, severity: Severity): boolean =>
  failOn !== "never" && severities.slice(0, severities.indexOf(failOn) + 1).includes(severity);
