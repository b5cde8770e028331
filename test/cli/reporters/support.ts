import type { Reporter } from "../../../src/cli/reporters/reporter.ts";
import { resultOf } from "../../../src/cli/results/contract.ts";
import { placesOf } from "../../../src/cli/results/places.ts";
import type { FileResult, SkippedFile } from "../../../src/cli/results/records.ts";
import { type Analysis, type Finding, programOf } from "../../../src/engine/index.ts";
import { analysis, finding, source } from "../support.ts";

/** The result of `check` for a file of this text, with these findings. */
export function checked(name: string, parts: Partial<Analysis> = {}, text = source): FileResult {
  return resultOf("check", { name, places: placesOf(text, parts.notebook), analysis: analysis(parts) });
}

/** A finding where `what` stands in the text. */
export function findingAt(text: string, what: string, parts: Partial<Finding> = {}): Finding {
  const from = text.indexOf(what);
  if (from < 0) throw new Error(`not in the text: ${what}`);
  return { ...finding, span: { from, to: from + what.length }, evidence: [], fixes: [], ...parts };
}

/** The model of the support file as the third cell of a notebook. */
export const inNotebook = (name: string): FileResult =>
  checked(name, { notebook: programOf([{ index: 2, text: source }]) });

export const report = {
  command: "check",
  colour: false,
  version: "1.2.3",
  failOn: "warning",
  statistics: false,
} as const;

export function printed(
  reporter: Reporter,
  results: readonly FileResult[],
  skipped: readonly SkippedFile[] = [],
): string {
  const files = results.map((result) => reporter.file(result));
  return [reporter.begin(), ...files, reporter.end(skipped)].join("");
}
