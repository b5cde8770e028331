import type { Format } from "../choices.ts";
import { concise } from "./concise.ts";
import { full } from "./full.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { json } from "./json.ts";
import { jsonLines } from "./jsonLines.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Report, Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { statistics } from "./statistics.ts";

export function reporterFor(format: Format, report: Report): Reporter {
  const { command, colour } = report;
  if (report.statistics) return statistics(format === "json");
  const make: Readonly<Record<Format, () => Reporter>> = {
    full: () => full(command, colour),
    concise: () => concise(command, colour),
    text: () => concise(command, colour),
    json: () => json(command),
    "json-lines": () => jsonLines(command),
    sarif: () => sarif(report),
    github: () => github(),
    gitlab: () => gitlab(),
    junit: () => junit(report),
    markdown: () => markdown(),
  };
  return make[format]();
}
