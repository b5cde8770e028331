/** The configuration that `init` writes: every option with its default, as a comment. */
import { defaults, type Name, names, options } from "./options.ts";

const WIDTH = 96;

/** What stands for an option until somebody says otherwise, or an example where that would be empty. */
function shown(name: Name): unknown {
  const usual = (defaults as Readonly<Partial<Record<Name, unknown>>>)[name];
  const isEmpty = usual === undefined || (typeof usual === "object" && Object.keys(usual ?? {}).length === 0);
  return isEmpty ? options[name].example : usual;
}

export function starterJson(): string {
  const blocks = names.map((name) =>
    [...comment(name, "  //"), `  // ${JSON.stringify(name)}: ${spaced(shown(name))},`].join("\n"),
  );
  return [
    "// Configuration of Activation Lens for the command line and the editor: all files below this folder.",
    "// Comments and trailing commas are allowed. Nothing is set yet: every option is shown with its default,",
    "// or with an example where the default is empty.",
    `{\n${blocks.join("\n\n")}\n}\n`,
  ].join("\n");
}

export function starterToml(): string {
  const blocks = names.map((name) =>
    [...comment(name, "#"), `# ${name} = ${tomlOf(shown(name))}`].join("\n"),
  );
  return `[tool.activation-lens]\n# For the command line and the editor. Every option is shown with its default,\n# or with an example where the default is empty.\n\n${blocks.join("\n\n")}\n`;
}

/** Markdown has no place in a comment. */
function comment(name: Name, sign: string): readonly string[] {
  const lines: string[] = [];
  let line = sign;
  for (const word of options[name].description.replaceAll("`", "").split(" ")) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = sign;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** JSON in one line, with a space behind commas and colons. */
export function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** TOML's texts and numbers are written as JSON's are. */
export function tomlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${tomlKey(key)} = ${tomlOf(inner)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

export const tomlKey = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));
