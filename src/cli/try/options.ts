import { parseArgs } from "node:util";
import { type DataId, dataInfos, isDataId } from "../../lab/data/infos.ts";
import { type Preset, presetById, presets } from "../../lab/presets.ts";
import { changes, usualChanges } from "../../lab/variants.ts";
import { type OptionTable, optionsHelp } from "../table.ts";
import { oneOf, wholeOf } from "../values.ts";

export interface TryOptions {
  readonly subject:
    | { readonly kind: "file"; readonly path: string; readonly line?: number }
    | { readonly kind: "preset"; readonly preset: Preset };
  readonly format: "text" | "json";
  /** undefined: the preset's, or 5. */
  readonly seeds?: number;
  readonly steps?: number;
  readonly data?: DataId;
  readonly batch?: number;
  readonly changes: readonly string[];
}

const list = (ids: readonly { readonly id: string }[]): string => ids.map(({ id }) => id).join(", ");

export const tryTable = {
  network: {
    type: "string",
    value: "LINE",
    help: "the network that starts at this line; needed where a file has several",
  },
  with: {
    type: "string",
    value: "CHANGES",
    values: changes.map(({ id }) => id),
    help: `what to try beside the code, with commas between: ${list(changes)} (default ${usualChanges.join(",")})`,
  },
  data: {
    type: "string",
    value: "NAME",
    values: dataInfos.map(({ id }) => id),
    help: `${list(dataInfos)} (default: what fits the network's inputs best)`,
  },
  batch: {
    type: "string",
    value: "NUMBER",
    help: "inputs in a batch (default: the file's batch_size, else 64)",
  },
  seeds: { type: "string", value: "NUMBER", help: "runs of each (default 5; a verdict needs 3)" },
  steps: { type: "string", value: "NUMBER", help: "steps of the optimiser in each run (default 300)" },
  preset: {
    type: "string",
    value: "NAME",
    values: presets.map(({ id }) => id),
    help: `an experiment without a file: ${list(presets)}`,
  },
  format: {
    type: "string",
    default: "text",
    value: "FORMAT",
    values: ["text", "json"],
    help: "text (default) or json",
  },
  help: { type: "boolean", short: "h", default: false, help: "show this text" },
} as const satisfies OptionTable;

export const tryHelp = `activation-lens try trains the network of a file, as it is written and with one change at a time, from the
same initial weights and on the same batches, and says what came out over several seeds. It builds the
network itself from what it read: your code is not run. Networks of dense layers and plain convolutions
can be built; of others it says why not.

Usage:
  activation-lens try FILE
  activation-lens try --preset NAME

Options:
${optionsHelp(tryTable)}
Exit codes:
  0  trained
  2  wrong usage, or nothing that could be trained
`;

/** Throws an Error whose message says what is wrong. */
export function parseTry(argv: readonly string[]): TryOptions | "help" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: tryTable,
  });
  if (values.help) return "help";
  const { data, preset } = values;
  const format = oneOf("--format", ["text", "json"], values.format);
  if (data !== undefined && !isDataId(data))
    throw new Error(`--data must be one of ${list(dataInfos)}, not "${data}"`);
  const number = (name: "network" | "batch" | "seeds" | "steps", most: number) =>
    values[name] === undefined ? {} : { [name]: wholeOf(`--${name}`, values[name], most) };
  const given = { ...number("seeds", 100), ...number("steps", 100_000), ...number("batch", 100_000) };
  return {
    subject:
      preset === undefined
        ? fileOf(positionals, number("network", 1e9).network)
        : presetOf(preset, positionals, values),
    format,
    ...given,
    ...(data !== undefined && { data }),
    changes: values.with === undefined ? usualChanges : known(values.with),
  };
}

function fileOf(positionals: readonly string[], line: number | undefined): TryOptions["subject"] {
  const [path, ...others] = positionals;
  if (path === undefined || path === "" || others.length > 0)
    throw new Error("try needs one file, or --preset");
  return { kind: "file", path, ...(line !== undefined && { line }) };
}

function presetOf(
  id: string,
  positionals: readonly string[],
  values: Readonly<Record<string, unknown>>,
): TryOptions["subject"] {
  const preset = presetById(id);
  if (!preset) throw new Error(`--preset must be one of ${list(presets)}, not "${id}"`);
  if (positionals.length > 0) throw new Error("try needs either a file or --preset");
  const other = ["network", "with", "data", "batch"].find((name) => values[name] !== undefined);
  if (other) throw new Error(`--${other} is for a file: a preset has its own`);
  return { kind: "preset", preset };
}

function known(text: string): readonly string[] {
  const ids = text.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !changes.some((change) => change.id === id));
  if (wrong !== undefined) throw new Error(`--with must be of ${list(changes)}, not "${wrong}"`);
  return ids;
}
