/** GitHub's workflow commands: each finding is shown beside its line in a pull request. */
import type { Severity } from "../../engine/index.ts";
import type { FindingResult } from "../results/records.ts";
import type { Reporter } from "./reporter.ts";

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

export function github(): Reporter {
  return {
    begin: () => "",
    file: ({ file, findings }) => findings.map((finding) => annotation(file, finding)).join(""),
    end: () => "",
  };
}

function annotation(file: string, finding: FindingResult): string {
  const { rule, severity, cell, line, column, endLine, endColumn, message, fileLine } = finding;
  // Lines and columns of a notebook's cell are none of its file, and columns only count within one line.
  const place =
    cell !== undefined
      ? fileLine === undefined
        ? []
        : [`line=${fileLine}`]
      : line === endLine
        ? [`line=${line}`, `endLine=${endLine}`, `col=${column}`, `endColumn=${endColumn}`]
        : [`line=${line}`, `endLine=${endLine}`];
  const properties = [`title=${property(`activation-lens (${rule})`)}`, `file=${property(file)}`, ...place];
  const where = cell === undefined ? "" : `cell ${cell + 1}, line ${line}: `;
  return `::${LEVELS[severity]} ${properties.join(",")}::${escaped(where + message)}\n`;
}

const escaped = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
