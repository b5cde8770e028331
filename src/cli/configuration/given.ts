/** What the command line says of configurations and of what is searched: it wins over the files. */
import type { Written } from "../../settings/index.ts";
import type { OptionTable, Parsed } from "../table.ts";

export const configurationTable = {
  config: {
    type: "string",
    value: "FILE",
    values: "file",
    help: "take this configuration, whatever others lie nearer; patterns count from here",
  },
  isolated: { type: "boolean", default: false, help: "take no configuration file" },
  exclude: {
    type: "string",
    multiple: true,
    value: "PATTERN",
    help: "leave this out in the place of what exclude says; may be repeated",
  },
  "extend-exclude": {
    type: "string",
    multiple: true,
    value: "PATTERN",
    help: "leave this out too; may be repeated",
  },
  "force-exclude": {
    type: "boolean",
    default: false,
    help: "leave out what is excluded even when it is given by name",
  },
  "respect-gitignore": { type: "boolean", default: false, help: "leave out what Git ignores (default)" },
  "no-respect-gitignore": { type: "boolean", default: false, help: "take what Git ignores too" },
  "files-from": {
    type: "string",
    value: "FILE",
    values: "file",
    help: "read more paths from a file, one a line; - is the standard input",
  },
  null: {
    type: "boolean",
    short: "0",
    default: false,
    help: "with --files-from: they end with NUL in the place of a line's end",
  },
} as const satisfies OptionTable;

export interface Given {
  /** The one configuration for all. */
  readonly config?: string;
  readonly isolated: boolean;
  /** Wins over every file. */
  readonly written: Written;
  readonly filesFrom?: string;
  /** Between the paths of that file. */
  readonly isNullSeparated: boolean;
}

/** @param more what else is given that wins over files */
export function givenBy(values: Parsed<typeof configurationTable>, more: Written): Given {
  const { config, isolated, exclude, null: isNullSeparated } = values;
  const filesFrom = values["files-from"];
  const [respects, respectsNot] = [values["respect-gitignore"], values["no-respect-gitignore"]];
  if (config !== undefined && isolated)
    throw new Error("--config names a configuration and --isolated takes none: only one of them can be had");
  if (respects && respectsNot)
    throw new Error("--respect-gitignore and --no-respect-gitignore exclude each other");
  if (isNullSeparated && filesFrom === undefined) throw new Error("--null needs --files-from");
  for (const [name, given] of Object.entries({ "--config": config, "--files-from": filesFrom }))
    if (given === "") throw new Error(`${name} needs the path of a file`);
  const extended = values["extend-exclude"];
  return {
    ...(config !== undefined && { config }),
    isolated,
    written: {
      ...more,
      ...(exclude && { exclude }),
      ...(extended && { "extend-exclude": extended }),
      ...(values["force-exclude"] && { "force-exclude": true }),
      ...((respects || respectsNot) && { "respect-gitignore": respects }),
    },
    ...(filesFrom !== undefined && { filesFrom }),
    isNullSeparated,
  };
}
