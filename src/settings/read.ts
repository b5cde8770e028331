/** The text of a configuration file -> what it says, and what is wrong with it. */
import { check } from "./check.ts";
import { parseJson } from "./json.ts";
import type { Written } from "./options.ts";
import { parseToml } from "./toml.ts";

/** In the order in which they are looked for: of two in a folder the first one holds. */
export const configNames = ["activation-lens.json", "pyproject.toml"] as const;

export interface Problem {
  /** From 1; undefined: it concerns the file as a whole. */
  readonly line?: number;
  /** A sentence without its full stop, which names the option. */
  readonly message: string;
}

/** A path into the data: names of tables and places in lists. */
export type Path = readonly (string | number)[];

export type Parsed =
  | { readonly data: unknown; lineOf(path: Path): number | undefined }
  | { readonly problem: Problem };

export interface Read {
  readonly written: Written;
  readonly problems: readonly Problem[];
}

/** undefined: a pyproject.toml that says nothing of this. */
export function readConfig(name: string, text: string): Read | undefined {
  const parsed = name.endsWith(".toml") ? parseToml(text) : parseJson(text);
  if (parsed === undefined) return undefined;
  if ("problem" in parsed) return { written: {}, problems: [parsed.problem] };
  const { written, faults } = check(parsed.data);
  const problems = faults.map(({ path, message }): Problem => {
    const line = parsed.lineOf(path);
    return line === undefined ? { message } : { line, message };
  });
  return { written, problems };
}
