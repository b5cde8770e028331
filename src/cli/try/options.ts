import { parseArgs } from "node:util";
import { type DataId, dataInfos, isDataId } from "../../lab/data/infos.ts";
import { type Preset, presetById, presets } from "../../lab/presets.ts";
import { changes, usualChanges } from "../../lab/variants.ts";

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

export const tryHelp = `activation-lens try trains the network of a file, as it is written and with one change at a time, from the
same initial weights and on the same batches, and says what came out over several seeds. It builds the
network itself from what it read: your code is not run. Networks of dense layers and plain convolutions
can be built; of others it says why not.

Usage:
  activation-lens try FILE
  activation-lens try --preset NAME

Options:
  --network LINE     the network that starts at this line; needed where a file has several
  --with CHANGES     what to try beside the code, with commas between:
                     ${list(changes.slice(0, 7))},
                     ${list(changes.slice(7))}
                     (default ${usualChanges.join(",")})
  --data NAME        ${list(dataInfos)}
                     (default: what fits the network's inputs best)
  --batch NUMBER     inputs in a batch (default: the file's batch_size, else 64)
  --seeds NUMBER     runs of each (default 5; a verdict needs 3)
  --steps NUMBER     steps of the optimiser in each run (default 300)
  --preset NAME      an experiment without a file:
                     ${list(presets.slice(0, 3))},
                     ${list(presets.slice(3))}
  --format FORMAT    text (default) or json

Exit codes:
  0  trained
  2  wrong usage, or nothing that could be trained
`;

/** Throws an Error whose message says what is wrong. */
export function parseTry(argv: readonly string[]): TryOptions | "help" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      format: { type: "string", default: "text" },
      network: { type: "string" },
      with: { type: "string" },
      data: { type: "string" },
      batch: { type: "string" },
      seeds: { type: "string" },
      steps: { type: "string" },
      preset: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { format, data, preset } = values;
  if (format !== "text" && format !== "json")
    throw new Error(`--format must be one of text, json, not "${format}"`);
  if (data !== undefined && !isDataId(data))
    throw new Error(`--data must be one of ${list(dataInfos)}, not "${data}"`);
  const number = (name: "network" | "batch" | "seeds" | "steps", most: number) =>
    values[name] === undefined ? {} : { [name]: whole(`--${name}`, values[name], most) };
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

function whole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new Error(`${option} must be a whole number from 1 to ${most}, not "${text}"`);
  }
  return value;
}

function known(text: string): readonly string[] {
  const ids = text.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !changes.some((change) => change.id === id));
  if (wrong !== undefined) throw new Error(`--with must be of ${list(changes)}, not "${wrong}"`);
  return ids;
}
