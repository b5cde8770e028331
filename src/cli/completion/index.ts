/** `completion SHELL`: a script that completes commands, options and their values, made from the tables that the parser uses. */
import { mergeTable } from "../merge/options.ts";
import type { Shell } from "../options.ts";
import { commandTable, optionTable } from "../optionTable.ts";
import type { OptionTable } from "../table.ts";
import { tryTable } from "../try/options.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import type { CommandShape, OptionShape } from "./shape.ts";
import { zsh } from "./zsh.ts";

export function completionFor(shell: Shell): string {
  return { bash, zsh, fish }[shell](shapes());
}

const tables: Readonly<Record<string, OptionTable>> = {
  sites: optionTable,
  check: optionTable,
  try: tryTable,
  merge: mergeTable,
  init: { pyproject: optionTable.pyproject },
};

export function shapes(): readonly CommandShape[] {
  return commandTable.map(({ name, help, values }) => ({
    name,
    help,
    values,
    options: optionsOf(name, tables[name] ?? {}),
  }));
}

function optionsOf(command: string, table: OptionTable): readonly OptionShape[] {
  return Object.entries(table)
    .filter(([name, { of }]) => name !== "version" && (of === undefined || of.includes(command)))
    .map(([name, { short, type, values, help, multiple }]) => ({
      name,
      short,
      takesValue: type === "string",
      values,
      isMultiple: multiple === true,
      help,
    }));
}
