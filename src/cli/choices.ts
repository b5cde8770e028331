/** Words that options take. */
import type { Severity } from "../engine/index.ts";

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

/** From the worst to the mildest: a threshold includes all before it. */
export const severities = ["error", "warning", "information", "hint"] as const satisfies readonly Severity[];
export const failures = [...severities, "never"] as const;
export type Failure = (typeof failures)[number];
