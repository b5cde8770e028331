/** Words that options take. */
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
