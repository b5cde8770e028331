/** A summary in Markdown, for `$GITHUB_STEP_SUMMARY` or a comment. */
import type { FileResult, FindingResult, SkippedFile } from "../results/records.ts";
import type { Reporter } from "./reporter.ts";
import { plural, Totals } from "./words.ts";

/** GitHub shows at most 1 MiB for a step: rows of findings and of skipped files beyond these are counted only. */
const MOST_FINDINGS = 500;
const MOST_SKIPPED = 50;

export function markdown(): Reporter {
  const totals = new Totals();
  let rows = 0;
  let left = 0;
  return {
    begin: () => "## Activation Lens\n",
    file(result) {
      totals.add(result);
      let out = "";
      for (const finding of result.findings) {
        if (rows === MOST_FINDINGS) left++;
        else out += (rows++ === 0 ? HEAD : "") + row(result, finding);
      }
      return out;
    },
    end: (skipped) =>
      (left > 0 ? `\n${plural(left, "more finding")}.\n` : "") +
      `\n${totals.summary()}\n${skippedList(skipped)}`,
    tellsSkipped: true,
  };
}

const HEAD = "\n| Where | Rule | | What |\n| --- | --- | --- | --- |\n";

function row({ file }: FileResult, { cell, line, rule, severity, message, fixes }: FindingResult): string {
  const place = cell === undefined ? `${file}:${line}` : `${file}, cell ${cell + 1}:${line}`;
  const [fix] = fixes;
  const help = fix ? `<br>Fix: ${escaped(fix.title)}` : "";
  return `| ${escaped(place)} | ${escaped(rule)} | ${severity} | ${escaped(message)}${help} |\n`;
}

function skippedList(skipped: readonly SkippedFile[]): string {
  if (skipped.length === 0) return "";
  const lines = skipped
    .slice(0, MOST_SKIPPED)
    .map((each) => `- ${escaped(each.file)}: ${escaped(each.reason)}\n`);
  const more = skipped.length > MOST_SKIPPED ? `- and ${skipped.length - MOST_SKIPPED} more\n` : "";
  return `\nSkipped ${plural(skipped.length, "file")}:\n\n${lines.join("")}${more}`;
}

/** Names and messages come from files: nothing in them is a link, an image, HTML, a mention or the end of a cell. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
