/** JUnit's XML, which most CI servers show: a suite for each file, a case for each finding. */
import { fails } from "../choices.ts";
import type { FileResult, FindingResult, SkippedFile } from "../results/records.ts";
import type { Report, Reporter } from "./reporter.ts";

/** A finding fails its case where it fails the run; others are told in the output of a case that passes. */
export function junit({ failOn }: Pick<Report, "failOn">): Reporter {
  const isFailure = ({ severity }: FindingResult): boolean => fails(failOn, severity);
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="activation-lens">\n',
    file: (result) => suite(result, isFailure),
    end: (skipped) => `${skippedSuite(skipped)}</testsuites>\n`,
    tellsSkipped: true,
  };
}

function suite({ file, findings }: FileResult, isFailure: (finding: FindingResult) => boolean): string {
  const cases = findings.map((finding) => testcase(file, finding, isFailure(finding)));
  // A file without findings is a test that passed: it says that the file was read.
  if (cases.length === 0) cases.push(`    <testcase name="check" classname="${xml(file)}" time="0"/>\n`);
  return suiteOf(file, cases, { failures: findings.filter(isFailure).length, skipped: 0 });
}

function testcase(file: string, finding: FindingResult, hasFailed: boolean): string {
  const { rule, severity, cell, line, column, message } = finding;
  const place = cell === undefined ? `${line}:${column}` : `cell ${cell + 1}:${line}:${column}`;
  const text = `${file}:${place}: ${severity} ${rule} ${message}`;
  const body = hasFailed
    ? `      <failure message="${xml(message)}" type="${severity}">${xml(text)}</failure>\n`
    : `      <system-out>${xml(text)}</system-out>\n`;
  return `    <testcase name="${xml(`${rule} ${place}`)}" classname="${xml(file)}" time="0">\n${body}    </testcase>\n`;
}

function skippedSuite(skipped: readonly SkippedFile[]): string {
  if (skipped.length === 0) return "";
  const cases = skipped.map(
    ({ file, reason }) =>
      `    <testcase name="check" classname="${xml(file)}" time="0">\n      <skipped message="${xml(reason)}"/>\n    </testcase>\n`,
  );
  return suiteOf("skipped files", cases, { failures: 0, skipped: skipped.length });
}

function suiteOf(
  name: string,
  cases: readonly string[],
  { failures, skipped }: { readonly failures: number; readonly skipped: number },
): string {
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** XML has no form at all for most control characters, and none for halves of pairs. */
function xml(text: string): string {
  return (
    Buffer.from(text)
      .toString()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? character)
  );
}
