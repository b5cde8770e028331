/** What the command line understands, as data: the parser, the help and the completions of shells come from it. */
import type { parseArgs } from "node:util";

/** What a value may be: one of these words, or the name of a file or folder; undefined: anything. */
export type Values = readonly string[] | "file" | "folder";

/** As `parseArgs` takes it, with what people are told. */
export interface OptionEntry {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly default?: string | boolean;
  readonly multiple?: boolean;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly values?: Values;
  /** Commands that it is for; all if there are none. */
  readonly of?: readonly string[];
  readonly help: string;
}

export interface CommandEntry {
  readonly name: string;
  /** As the help shows what follows it. */
  readonly takes: string;
  readonly values?: Values;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionEntry>>;

/** What `parseArgs` makes of a command line by a table. */
export type Parsed<T extends OptionTable> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

const WIDTH = 100;
/** Where what is said of an option begins. */
const COLUMN = 21;

export function optionsHelp(table: OptionTable): string {
  return Object.entries(table)
    .map(([name, { short, value, of, help }]) => {
      const left = `  ${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
      const only = of?.length === 1 ? `${of[0]}: ` : "";
      return entry(left, only + help, COLUMN);
    })
    .join("");
}

export function commandsHelp(table: readonly CommandEntry[]): string {
  const rows = table.map(
    ({ name, takes, help }) => [`  activation-lens ${name} ${takes}`.trimEnd(), help] as const,
  );
  const column = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, help]) => entry(left, help, column)).join("");
}

/** The left side, or a line for itself where it is too long; then lines of words. */
function entry(left: string, help: string, column: number): string {
  const lines: string[] = [];
  for (const word of help.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && column + last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const fits = left.length < column - 1;
  const indent = " ".repeat(column);
  const [first = "", ...others] = lines;
  const head = fits ? `${left.padEnd(column)}${first}\n` : `${left}\n${indent}${first}\n`;
  return head + others.map((line) => `${indent}${line}\n`).join("");
}
