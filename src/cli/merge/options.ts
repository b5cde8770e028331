import { parseArgs } from "node:util";
import { type Failure, failures } from "../../settings/index.ts";
import { type Format, formats } from "../choices.ts";
import { type OptionTable, optionsHelp } from "../table.ts";
import { firstSentence, oneOf } from "../values.ts";

export interface MergeOptions {
  readonly paths: readonly string[];
  /** Without one that of the parts. */
  readonly format?: Format;
  readonly outputFile?: string;
  readonly statistics: boolean;
  readonly failOn: Failure;
}

export const mergeTable = {
  format: {
    type: "string",
    value: "FORMAT",
    values: formats,
    help: "JSON and JSON lines can be told in any format of check",
  },
  statistics: { type: "boolean", default: false, help: "of JSON and JSON lines: count instead" },
  "output-file": {
    type: "string",
    value: "FILE",
    values: "file",
    help: "write there: all of it, or nothing",
  },
  "fail-on": {
    type: "string",
    default: "warning",
    value: "LEVEL",
    values: failures,
    help: "exit with 1 when there is a finding of this severity or worse: error, warning (default), information, hint, or never",
  },
  help: { type: "boolean", short: "h", default: false, help: "show this text" },
} as const satisfies OptionTable;

export const mergeHelp = `activation-lens merge makes one output of those of several runs.

Usage:
  activation-lens merge FILE...    outputs of check or sites over parts of a tree

All files are of one kind: JSON or JSON lines, SARIF, statistics as JSON, or baselines. The result is that of one run over
all, whatever the order of the files. What several files say alike of a file is there once; where they differ it is an error.

Options:
${optionsHelp(mergeTable)}`;

/** Or what is wrong. */
export function parseMerge(argv: readonly string[]): MergeOptions | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: mergeTable,
    });
    if (values.help) return "help";
    if (positionals.length === 0) throw new Error("merge needs the files to merge");
    return {
      paths: positionals,
      ...(values.format !== undefined && { format: oneOf("--format", formats, values.format) }),
      ...(values["output-file"] !== undefined && { outputFile: values["output-file"] }),
      statistics: values.statistics,
      failOn: oneOf("--fail-on", failures, values["fail-on"]),
    };
  } catch (error) {
    return firstSentence(error);
  }
}
