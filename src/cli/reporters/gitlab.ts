/** GitLab's Code Quality report: a list of issues, which a merge request compares with those of its target. */
import { createHash } from "node:crypto";
import path from "node:path";
import type { Severity } from "../../engine/index.ts";
import type { FindingResult } from "../results/records.ts";
import type { Reporter } from "./reporter.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  information: "minor",
  hint: "info",
};

export function gitlab(): Reporter {
  let separator = "\n";
  return {
    begin: () => "[",
    file({ file, findings }) {
      let out = "";
      for (const finding of findings) {
        out += separator + JSON.stringify(issue(path.posix.normalize(file), finding));
        separator = ",\n";
      }
      return out;
    },
    end: () => "\n]\n",
  };
}

function issue(file: string, finding: FindingResult) {
  const { rule, severity, cell, line, endLine, message, fingerprint, fileLine = 1 } = finding;
  // It has no place for cells, whose lines are not those of the file.
  const where = cell === undefined ? "" : `cell ${cell + 1}, line ${line}: `;
  return {
    description: where + message,
    check_name: rule,
    fingerprint: createHash("sha256").update(`${file}\n${fingerprint}`).digest("hex"),
    severity: SEVERITIES[severity],
    location: { path: file, lines: cell === undefined ? { begin: line, end: endLine } : { begin: fileLine } },
  };
}
