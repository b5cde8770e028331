import type { Values } from "../table.ts";
import { brief, type CommandShape, type OptionShape } from "./shape.ts";

export function fish(commands: readonly CommandShape[]): string {
  const none = "__fish_use_subcommand";
  const lines = [
    "# activation-lens completion fish: save it as ~/.config/fish/completions/activation-lens.fish",
    "complete -c activation-lens -f",
    `complete -c activation-lens -n ${none} -s h -l help -d 'show the help'`,
    `complete -c activation-lens -n ${none} -s V -l version -d 'show the version'`,
    ...commands.map(
      ({ name, help }) => `complete -c activation-lens -n ${none} -a ${name} -d ${quoted(brief(help))}`,
    ),
    ...commands.flatMap(({ name, values, options }) => {
      const here = `complete -c activation-lens -n '__fish_seen_subcommand_from ${name}'`;
      const own = values === undefined ? [] : [`${here} ${argument(values)}`];
      return [...own, ...options.map((option) => `${here} ${flag(option)}`)];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function flag({ name, short, takesValue, values, help }: OptionShape): string {
  const value = takesValue ? ` -r ${values === undefined ? "-f" : argument(values)}` : "";
  return `${short === undefined ? "" : `-s ${short} `}-l ${name}${value} -d ${quoted(brief(help))}`;
}

function argument(values: Values): string {
  if (values === "file") return "-F";
  if (values === "folder") return "-f -a '(__fish_complete_directories)'";
  return `-f -a ${quoted(values.join(" "))}`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
