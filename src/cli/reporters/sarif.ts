/** SARIF 2.1.0, the standard format of static analysis: a line for each result, written as files are read. */
import type { Severity } from "../../engine/index.ts";
import type { FileResult, FindingResult, Line, Place, SkippedFile } from "../results/records.ts";
import type { Report, Reporter } from "./reporter.ts";
import { ruleIndex, sarifRules } from "./sarifRules.ts";
import { locationOf } from "./uri.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The name under which our fingerprints stand: a new way to make them gets a new number. */
const FINGERPRINT = "activationLens/v1";

export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function sarif({ version }: Pick<Report, "version">): Reporter {
  let separator = "\n";
  return {
    begin: () => sarifHead(version),
    file(result) {
      let out = "";
      for (const finding of result.findings) {
        out += separator + JSON.stringify(sarifResult(result, finding));
        separator = ",\n";
      }
      return out;
    },
    end: sarifTail,
    tellsSkipped: true,
  };
}

export function sarifHead(version: string): string {
  const run = {
    tool: {
      driver: {
        name: "activation-lens",
        fullName: "Activation Lens",
        semanticVersion: version,
        shortDescription: {
          text: "Finds activation functions in neural-network code and estimates dying-ReLU risk.",
        },
        rules: sarifRules(),
      },
    },
    automationDetails: { id: "activation-lens/" },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder that the command was run in." } } },
    columnKind: "utf16CodeUnits",
  };
  return `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[${JSON.stringify(run).slice(0, -1)},"results":[`;
}

export function sarifTail(skipped: readonly SkippedFile[]): string {
  const invocation = {
    executionSuccessful: true,
    ...(skipped.length > 0 && {
      toolExecutionNotifications: skipped.map(({ file, reason }) => ({
        level: "warning",
        message: { text: `skipped: ${reason}` },
        locations: [{ physicalLocation: { artifactLocation: locationOf(file) } }],
      })),
    }),
  };
  return `\n],"invocations":[${JSON.stringify(invocation)}]}]}\n`;
}

function sarifResult({ file }: Pick<FileResult, "file">, finding: FindingResult) {
  const { rule, severity, cell, message, evidence, fixes, fingerprint } = finding;
  const where = cell === undefined ? "" : `Cell ${cell + 1}, line ${finding.line}: `;
  const related = evidence.filter((each): each is Line & typeof each => each.line !== undefined);
  return {
    ruleId: rule,
    ruleIndex: ruleIndex(rule),
    level: LEVELS[severity],
    message: { text: where + message },
    locations: [
      {
        physicalLocation: physical(file, finding, regionOf(finding), finding.fileLine),
        ...(cell !== undefined && { logicalLocations: [{ name: `cell ${cell + 1}`, kind: "module" }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, id) => ({
        id,
        message: { text: each.text },
        physicalLocation: physical(file, each, { startLine: each.line }),
      })),
    }),
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    // Regions of a cell are none of the file, so its edits can't be said.
    ...(cell === undefined && fixes.length > 0 && { fixes: fixes.map((fix) => sarifFix(file, fix)) }),
    properties: { severity },
  };
}

/** The lines of a notebook's cell are not those of its file: readers that need one get the first where it is not known. */
const physical = (file: string, { cell }: Line, region: object, fileLine = 1) => ({
  artifactLocation: locationOf(file),
  region: cell === undefined ? region : { startLine: fileLine },
});

function sarifFix(file: string, { title, note, edits }: FindingResult["fixes"][number]) {
  return {
    description: { text: note === undefined ? title : `${title}. ${note}` },
    artifactChanges: [
      {
        artifactLocation: locationOf(file),
        replacements: edits.map((edit) => ({
          deletedRegion: regionOf(edit),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

const regionOf = ({ line, column, endLine, endColumn }: Place) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});
